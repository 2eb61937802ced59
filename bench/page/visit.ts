/** Visits of a page in a fresh browser context, and blocks of them in random order. */
import { cpus, loadavg } from 'node:os';
import type { Browser, CDPSession, Frame, Page } from 'playwright-core';
import { seededRandom, shuffled } from '../lib/statistics.js';
import type { SiteProxy } from './site-proxy.js';

/** A page that is being measured. */
export interface Visit {
  readonly page: Page;
  readonly session: CDPSession;
}

export interface VisitOptions {
  /** How many times slower the page's processor is; default 1. */
  readonly slowdown?: number;
  /** Frames to wait for; default 1. */
  readonly frames?: number;
}

/** What one visit measured, by name. */
export type Sample = Readonly<Record<string, number>>;

/** All samples of one metric of one variant, in the order of blocks. */
export type Samples = (variant: string, metric: string) => number[];

const idleShare = 0.5;
const longestWait = 1000;
/** After this many time-outs in a row, the machine counts as busy throughout. */
const patience = 10;
let timeoutsInARow = 0;

/** How busy the machine was while it was measured. */
export const conditions = { waits: 0, timeouts: 0, load: (): number => loadavg()[0]! };

/** Opens a page without a cache, waits for its frames, and looks at it. */
export async function visit<Result>(
  browser: Browser,
  site: SiteProxy,
  html: string,
  look: (visit: Visit) => Promise<Result>,
  { slowdown = 1, frames = 1 }: VisitOptions = {},
): Promise<Result> {
  await site.open(html);
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    if (slowdown !== 1) await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await waitForIdle();
    await page.goto(site.url, { waitUntil: 'load' });
    await page.waitForFunction((count) => (window.framesLoaded?.length ?? 0) >= count, frames, {
      polling: 20,
    });
    return await look({ page, session });
  } finally {
    await context.close();
  }
}

declare global {
  interface Window {
    framesCreated?: number[];
    framesLoaded?: number[];
    kitExecutions?: number;
  }
}

/** The frame of a campaign. */
export function campaignFrame(page: Page, index: number = 0): Frame {
  const frame = page.mainFrame().childFrames()[index];
  if (!frame) throw new Error(`The page has no frame ${index}.`);
  return frame;
}

/** Waits until other programs leave half of the processors idle for 40 ms, or one second. */
async function waitForIdle(): Promise<void> {
  conditions.waits++;
  const end = performance.now() + (timeoutsInARow < patience ? longestWait : 0);
  while (performance.now() < end) {
    const before = times();
    await new Promise((resolve) => setTimeout(resolve, 40));
    const after = times();
    if ((after.idle - before.idle) / (after.all - before.all) > idleShare) {
      timeoutsInARow = 0;
      return;
    }
  }
  timeoutsInARow++;
  conditions.timeouts++;
}

function times(): { idle: number; all: number } {
  const all = cpus().map((cpu) => cpu.times);
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    idle: sum(all.map(({ idle }) => idle)),
    all: sum(all.map((each) => sum(Object.values(each)))) || 1,
  };
}

/**
 * Measures variants in blocks: in each block every variant once, in random order.
 *
 * @param warmUp blocks that are measured first, and dropped.
 */
export async function measureBlocks(
  variants: Readonly<Record<string, () => Promise<Sample>>>,
  blocks: number,
  warmUp: number = 2,
): Promise<Samples> {
  const random = seededRandom(blocks);
  const rows: Record<string, Sample>[] = [];
  for (let block = -warmUp; block < blocks; block++) {
    const row: Record<string, Sample> = {};
    for (const name of shuffled(Object.keys(variants), random)) row[name] = await variants[name]!();
    if (block >= 0) rows.push(row);
  }
  return (variant, metric) =>
    rows.map((row) => {
      const value = row[variant]?.[metric];
      if (value === undefined) throw new Error(`${variant} did not measure ${metric}.`);
      return value;
    });
}
