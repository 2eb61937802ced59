/** How long a campaign waits for its token. */
import type { Browser } from 'playwright-core';
import { pairedRatio, type Interval } from '../lib/statistics.js';
import { elementPage, tagPage } from './pages.js';
import { differenceRow, ratioRow, type Row } from './rows.js';
import type { SiteProxy } from './site-proxy.js';
import { campaignFrame, measureBlocks, visit, type Sample } from './visit.js';

/** The element answers four requests a minute: the first, and three more. */
const laterAsks = 3;
/** Milliseconds after the page has loaded, in which a participant would read. */
const reading = 200;

declare global {
  /** In the campaign's frame: milliseconds from `isLoggedIn` to `userInfo`. */
  function ask(): Promise<number>;
}

async function answersOf(browser: Browser, site: SiteProxy, html: string): Promise<Sample> {
  return visit(browser, site, html, async ({ page }) => {
    await page.evaluate((pause) => new Promise((done) => setTimeout(done, pause)), reading);
    return campaignFrame(page).evaluate(async (count) => {
      const first = await ask();
      let all = 0;
      for (let times = 0; times < count; times++) all += await ask();
      return { first, later: all / count };
    }, laterAsks);
  });
}

/** @returns the rows, and how the hand-written exchange compares with itself. */
export async function exchange(
  browser: Browser,
  site: SiteProxy,
  blocks: number,
): Promise<{ rows: Row[]; itself: Interval }> {
  const { addresses } = site;
  const pages = {
    tag: tagPage(addresses),
    'tag again': tagPage(addresses),
    element: elementPage(addresses),
    prefetched: elementPage(addresses, { attributes: 'prefetch-token' }),
  };
  const samples = await measureBlocks(
    Object.fromEntries(
      Object.entries(pages).map(([name, html]) => [name, () => answersOf(browser, site, html)]),
    ),
    blocks,
  );
  const first = { samples, ours: 'element', baseline: 'tag', metric: 'first' };
  return {
    rows: [
      ratioRow('first isLoggedIn to userInfo', first, 1.1),
      differenceRow('the same, in milliseconds', first, 2),
      ratioRow('later isLoggedIn to userInfo', { ...first, metric: 'later' }, 1.05),
      ratioRow('first, with prefetch-token', { ...first, ours: 'prefetched' }, 0.3),
    ],
    itself: pairedRatio(samples('tag again', 'first'), samples('tag', 'first')),
  };
}
