/**
 * `npm run bench`: compares the element with the vendor's tag and some 45 hand-written lines. Prints a
 * table, and writes `bench/results/page.json` and the plots of docs/performance.md. Exits with 1 if a
 * goal is missed, and with 2, without writing anything, if the machine is too noisy: the tag then
 * differs from itself. `KEEP=1` writes such a result too, marked as not conclusive. `BLOCKS` sets the
 * number of blocks (default 40), `ONLY` some scenarios by name, separated by commas; then nothing is
 * written. Needs a build.
 */
import process from 'node:process';
import { launchChromium } from '../../test/support/chromium.js';
import { circumstances, writeResult, writeText } from '../lib/result-file.js';
import { noise, type Interval } from '../lib/statistics.js';
import { intervalPlot, linePlot } from '../lib/svg-plot.js';
import { exchange } from './exchange.js';
import { frameCreated, hundredCampaigns } from './frame-created.js';
import { growth, type Growth, type GrowthPoint } from './growth.js';
import type { Row } from './rows.js';
import { plainCode, scriptCost, waitingElement } from './script-cost.js';
import { siteProxy } from './site-proxy.js';
import { conditions } from './visit.js';

const blocks = Number(process.env.BLOCKS ?? 40);
const only = process.env.ONLY?.split(',');
/** Milliseconds that every answer waits, unless a scenario says otherwise. */
const delay = 50;

const begin = performance.now();
const site = await siteProxy();
const browser = await launchChromium('--site-per-process');
const rows: Row[] = [];
const itself: Record<string, Interval> = {};
let grown: Growth | undefined;

const scenarios: Record<string, () => Promise<void>> = {
  async created() {
    const found = await frameCreated(browser, site, blocks);
    rows.push(...found.rows);
    itself['frame created'] = found.itself;
  },
  async exchange() {
    const found = await exchange(browser, site, blocks);
    rows.push(...found.rows);
    itself['first isLoggedIn'] = found.itself;
  },
  hundred: async () => void rows.push(...(await hundredCampaigns(browser, site, atLeast(4)))),
  script: async () => void rows.push(...(await scriptCost(browser, site, atLeast(3)))),
  async waiting() {
    const plain = await launchChromium(...plainCode);
    rows.push(...(await waitingElement(plain, site, atLeast(3))));
    await plain.close();
  },
  growth: async () => void (grown = await growth(browser, site)),
};

/** A part of the blocks, for scenarios that take long or vary little. */
function atLeast(least: number): number {
  return Math.max(least, Math.round(blocks / 3));
}

try {
  for (const [name, run] of Object.entries(scenarios)) {
    if (only && !only.includes(name)) continue;
    await site.setDelay(delay);
    console.error(`${name} …`);
    await run();
  }
} finally {
  await browser.close();
  site.close();
}

const number = (value: number): string => value.toFixed(Math.abs(value) < 10 ? 3 : 1);
const shown = ({ estimate, low, high }: Interval): string =>
  `${number(estimate)} [${number(low)}, ${number(high)}]`;
console.table(
  rows.map(({ scenario, unit, goal, verdict, ...interval }) => ({
    scenario,
    measured: `${shown(interval)} ${unit}`,
    goal: goal === undefined ? '' : `≤ ${goal}`,
    verdict,
  })),
);
for (const [of, sides] of Object.entries(grown ?? {})) {
  const rounded = ({ count, time, heap }: GrowthPoint) => ({
    [of]: count,
    'time, ms': number(time),
    'heap, kB': number(heap / 1000),
  });
  for (const [side, points] of Object.entries(sides as Growth['exchanges'])) {
    console.log(`Growth: ${side}`);
    console.table(points.map(rounded));
  }
}
const reasons = Object.entries(itself).map(([name, interval]) => {
  console.log(`The tag against itself, ${name}: ${shown(interval)}`);
  const reason = noise(interval);
  return reason && `${name}: ${reason}`;
});
const { waits, timeouts } = conditions;
console.log(
  `${((performance.now() - begin) / 1000).toFixed(0)} s, ${blocks} blocks; load ${conditions.load().toFixed(1)}; ` +
    `${timeouts} of ${waits} visits began on a busy machine.`,
);

const noisy = reasons.filter(Boolean);
if (noisy.length > 0) {
  console.error(`This machine is too noisy to conclude anything. ${noisy.join('; ')}.`);
  process.exitCode = 2;
} else {
  const missed = rows.filter(({ verdict }) => verdict === 'missed');
  for (const { scenario, goal, ...interval } of missed) {
    console.error(`Missed: ${scenario} is ${shown(interval)}, and should be at most ${goal}.`);
  }
  if (missed.length > 0) process.exitCode = 1;
}
if (!only && (noisy.length === 0 || process.env.KEEP)) keep(noisy.length === 0);

function keep(isConclusive: boolean): void {
  const command = blocks === 40 ? 'npm run bench' : `BLOCKS=${blocks} npm run bench`;
  const versions = { Chromium: browser.version() };
  writeResult('bench/results/page.json', {
    ...circumstances(command, versions),
    blocks,
    isConclusive,
    itself,
    rows,
    growth: grown,
  });
  const ratios = rows.filter(({ unit }) => unit === '×');
  const bars = ratios.map(({ scenario, ...rest }) => ({ label: scenario, ...rest }));
  const plots = 'docs/images/performance';
  writeText(
    `${plots}.svg`,
    intervalPlot('Time of the element, relative to the tag (1); red: the goal', bars),
  );
  for (const [name, title, unit] of [
    ['exchanges', 'Time of one exchange', 'ms'],
    ['campaigns', 'Time until the last frame has loaded', 'ms'],
  ] as const) {
    const series = Object.entries(grown![name]).map(([label, points]) => ({
      label,
      points: points.map(({ count, time }: GrowthPoint) => [count, time] as const),
    }));
    const axes = {
      x: { label: `${name} on one page`, isLogarithmic: true },
      y: { label: unit, isLogarithmic: name === 'campaigns' },
    };
    writeText(`${plots}-${name}.svg`, linePlot(title, axes, series));
  }
}
