/** What further exchanges and further campaigns on one page cost. */
import type { Browser } from 'playwright-core';
import { elementPage, tagPage, type PageOptions } from './pages.js';
import { usage } from './script-cost.js';
import type { SiteProxy } from './site-proxy.js';
import { campaignFrame, visit } from './visit.js';
import type { Addresses } from './site.js';

/** A number of exchanges or campaigns, and what they cost. */
export interface GrowthPoint {
  readonly count: number;
  /** Milliseconds: of one exchange, or until the last frame had loaded. */
  readonly time: number;
  /** Bytes of the page's heap after garbage collection. */
  readonly heap: number;
}

export interface Growth {
  readonly exchanges: Readonly<Record<'tag' | 'element', readonly GrowthPoint[]>>;
  readonly campaigns: Readonly<Record<'tag' | 'element', readonly GrowthPoint[]>>;
}

const exchangeCounts = [10, 100, 1000];
const campaignCounts = [1, 10, 100];

/**
 * The page's clock goes on by a minute before each exchange: the element answers four requests a
 * minute.
 */
const fastClock = `
const now = performance.now.bind(performance);
let skipped = 0;
performance.now = () => now() + skipped;
addEventListener('message', ({ data }) => {
  if (data === 'a minute later') skipped += 60_001;
}, true);`;

async function growthOfExchanges(
  browser: Browser,
  site: SiteProxy,
  html: string,
): Promise<GrowthPoint[]> {
  return visit(browser, site, html, async (seen) => {
    const points: GrowthPoint[] = [];
    let done = 0;
    for (const count of exchangeCounts) {
      const times = count - done;
      const taken = await campaignFrame(seen.page).evaluate(async (more) => {
        const start = performance.now();
        for (let made = 0; made < more; made++) {
          parent.postMessage('a minute later', '*');
          await ask();
        }
        return performance.now() - start;
      }, times);
      done = count;
      points.push({ count, time: taken / times, heap: (await usage(seen)).heap });
    }
    return points;
  });
}

async function growthOfCampaigns(
  browser: Browser,
  site: SiteProxy,
  make: (addresses: Addresses, options: PageOptions) => string,
): Promise<GrowthPoint[]> {
  const points: GrowthPoint[] = [];
  for (const count of campaignCounts) {
    const html = make(site.addresses, { campaigns: count });
    const point = await visit(
      browser,
      site,
      html,
      async (seen) => {
        const time = await seen.page.evaluate(() => Math.max(...window.framesLoaded!));
        return { count, time, heap: (await usage(seen)).heap };
      },
      { frames: count },
    );
    points.push(point);
  }
  return points;
}

/** Measures with answers that do not wait. */
export async function growth(browser: Browser, site: SiteProxy): Promise<Growth> {
  await site.setDelay(0);
  const before = fastClock;
  return {
    exchanges: {
      tag: await growthOfExchanges(browser, site, tagPage(site.addresses, { before })),
      element: await growthOfExchanges(browser, site, elementPage(site.addresses, { before })),
    },
    campaigns: {
      tag: await growthOfCampaigns(browser, site, tagPage),
      element: await growthOfCampaigns(browser, site, elementPage),
    },
  };
}
