/** How long it takes until the campaign's frame is created and loaded. */
import type { Browser } from 'playwright-core';
import { pairedRatio, type Interval } from '../lib/statistics.js';
import { elementPage, tagPage } from './pages.js';
import { differenceRow, ratioRow, type Row } from './rows.js';
import type { SiteProxy } from './site-proxy.js';
import { measureBlocks, visit, type Sample, type VisitOptions } from './visit.js';

/** When the frame was created and when it had loaded, in milliseconds after the navigation began. */
async function timesOf(
  browser: Browser,
  site: SiteProxy,
  html: string,
  options?: VisitOptions,
): Promise<Sample> {
  return visit(
    browser,
    site,
    html,
    async ({ page }) =>
      page.evaluate(() => ({
        created: Math.max(...window.framesCreated!),
        loaded: Math.max(...window.framesLoaded!),
      })),
    options,
  );
}

/** @returns the rows, and how the tag compares with itself. */
export async function frameCreated(
  browser: Browser,
  site: SiteProxy,
  blocks: number,
): Promise<{ rows: Row[]; itself: Interval }> {
  const { addresses } = site;
  const isPreloaded = true;
  const pages = {
    tag: tagPage(addresses),
    'tag again': tagPage(addresses),
    'tag, preloaded': tagPage(addresses, { isPreloaded }),
    element: elementPage(addresses),
    'element, preloaded': elementPage(addresses, { isPreloaded }),
    'element, lazy, preloaded': elementPage(addresses, {
      isPreloaded,
      attributes: 'loading="lazy"',
    }),
    'element, two attributes, preloaded': elementPage(addresses, { isPreloaded, isShort: true }),
  };
  const slow = 'at 4x CPU throttle';
  const samples = await measureBlocks(
    Object.fromEntries(
      Object.entries(pages).map(([name, html]) => [name, () => timesOf(browser, site, html)]),
    ),
    blocks,
  );
  const slowSamples = await measureBlocks(
    Object.fromEntries(
      (['tag, preloaded', 'element, preloaded'] as const).map((name) => [
        name,
        () => timesOf(browser, site, pages[name], { slowdown: 4 }),
      ]),
    ),
    blocks,
  );
  const metric = 'created';
  const ours = 'element, preloaded';
  const bothPreloaded = { samples, metric, baseline: 'tag, preloaded' };
  const hints = { samples, metric, ours, baseline: 'tag' };
  const rows = [
    ratioRow('frame created, both preload the kit', { ...bothPreloaded, ours }, 1.05),
    differenceRow('the same, in milliseconds', { ...bothPreloaded, ours }),
    ratioRow(
      'frame created, both preload, lazy in view',
      { ...bothPreloaded, ours: 'element, lazy, preloaded' },
      1.1,
    ),
    ratioRow(
      `frame created, both preload, ${slow}`,
      { ...bothPreloaded, samples: slowSamples, ours },
      1.15,
    ),
    ratioRow('frame created, our hints, tag as pasted', hints, 1),
    ratioRow('frame created, no hints', { ...hints, ours: 'element' }, 1.25),
    differenceRow('the same, in milliseconds', { ...hints, ours: 'element' }),
    ratioRow('frame loaded, both preload the kit', { ...bothPreloaded, ours, metric: 'loaded' }),
    differenceRow(
      'two attributes alone, against all attributes',
      { ...hints, ours: 'element, two attributes, preloaded', baseline: ours },
      50,
    ),
  ];
  return {
    rows,
    itself: pairedRatio(samples('tag again', metric), samples('tag', metric)),
  };
}

/** One hundred campaigns that load at once. */
export async function hundredCampaigns(
  browser: Browser,
  site: SiteProxy,
  blocks: number,
): Promise<Row[]> {
  const campaigns = 100;
  const { addresses } = site;
  const pages = {
    tag: tagPage(addresses, { campaigns }),
    element: elementPage(addresses, { campaigns }),
  };
  const samples = await measureBlocks(
    Object.fromEntries(
      Object.entries(pages).map(([name, html]) => [
        name,
        () => timesOf(browser, site, html, { frames: campaigns }),
      ]),
    ),
    blocks,
    1,
  );
  const comparison = { samples, ours: 'element', baseline: 'tag', metric: 'loaded' };
  return [ratioRow('100 eager campaigns, last frame loaded', comparison, 1.02)];
}
