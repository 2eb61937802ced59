/** What the library's script costs the main thread, and what an element costs that never starts. */
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { quantile, median } from '../lib/statistics.js';
import { elementPage } from './pages.js';
import { row, type Row } from './rows.js';
import type { SiteProxy } from './site-proxy.js';
import { measureBlocks, visit, type Sample, type Visit } from './visit.js';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Microseconds in which the thread had a processor: other programs do not count. */
  readonly tdur?: number;
  readonly args: { readonly data?: { readonly url?: string } };
}

/** What an element needs of Lit, and nothing of ours: it is defined, and upgraded. */
const litAlone = `
import { ReactiveElement, css } from '@lit/reactive-element';
class Campaign extends ReactiveElement {
  static styles = css\`:host { display: block }\`;
  static properties = { campaignId: { attribute: 'campaign-id' } };
}
customElements.define('qualifio-campaign', Campaign);`;

async function bundleOf(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.cwd() },
    ...{ bundle: true, minify: true, format: 'iife', target: 'es2022', write: false },
    conditions: ['production'],
  });
  return outputFiles[0]!.text;
}

/**
 * Milliseconds of main thread from a trace: the task in which the script was evaluated and its
 * elements were upgraded, and the longest task in which any of its functions ran.
 */
export function tasksOf(events: readonly TraceEvent[], url: string): Sample {
  const tasks = events.filter(({ name, dur }) => /RunTask$/.test(name) && dur !== undefined);
  const ofScript = events.filter(({ args }) => args?.data?.url === url);
  const around = ({ pid, tid, ts }: TraceEvent): number => {
    const task = tasks.find(
      (each) => each.pid === pid && each.tid === tid && each.ts <= ts && ts < each.ts + each.dur!,
    );
    return (task?.tdur ?? task?.dur ?? 0) / 1000;
  };
  const evaluated = ofScript.find(({ name }) => name === 'EvaluateScript');
  if (!evaluated) throw new Error(`The trace has no evaluation of ${url}.`);
  const calls = ofScript.filter(({ name }) => ['EvaluateScript', 'FunctionCall'].includes(name));
  return { script: around(evaluated), longest: Math.max(...calls.map(around)) };
}

export async function traced(
  browser: Browser,
  site: SiteProxy,
  html: string,
  frames: number,
): Promise<Sample> {
  await browser.startTracing(undefined, {
    categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel'],
  });
  await visit(browser, site, html, async () => {}, { slowdown: 4, frames });
  const text = (await browser.stopTracing()).toString();
  const { traceEvents } = JSON.parse(text) as { traceEvents: TraceEvent[] };
  return tasksOf(traceEvents, site.addresses.library);
}

/** Script and first upgrade at 4x CPU throttle, beside Lit alone. */
export async function scriptCost(
  browser: Browser,
  site: SiteProxy,
  blocks: number,
): Promise<Row[]> {
  const lit = await bundleOf(litAlone);
  const { addresses } = site;
  const samples = await measureBlocks(
    {
      element: () => traced(browser, site, elementPage(addresses), 1),
      async lit() {
        await site.replaceLibrary(lit);
        try {
          return await traced(browser, site, elementPage(addresses, { isOtherLibrary: true }), 0);
        } finally {
          await site.replaceLibrary();
        }
      },
    },
    blocks,
    1,
  );
  const figures = (variant: string, metric: string) => {
    const values = samples(variant, metric);
    return {
      estimate: median(values),
      low: quantile(values, 0.25),
      high: quantile(values, 0.75),
    };
  };
  return [
    row(
      'script and first upgrade, main thread, 4x CPU throttle',
      'ms',
      figures('element', 'script'),
      25,
    ),
    row('the same, Lit alone', 'ms', figures('lit', 'script')),
    row('longest task with our code, 4x CPU throttle', 'ms', figures('element', 'longest'), 50),
  ];
}

/** Flags without what V8 compiles for code that runs often: it is no cost of one more element. */
export const plainCode = ['--js-flags=--no-opt --no-maglev --no-sparkplug'];

/** The heap of a page after garbage collection, in bytes, and the time that its tasks took, in milliseconds. */
export async function usage({ session }: Visit): Promise<{ heap: number; time: number }> {
  await session.send('Performance.enable');
  for (let times = 0; times < 3; times++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((each) => each.name === name)!.value;
  return { heap: metric('JSHeapUsedSize'), time: metric('TaskDuration') * 1000 };
}

/** What an element costs that waits below the viewport. */
export async function waitingElement(
  browser: Browser,
  site: SiteProxy,
  blocks: number,
): Promise<Row[]> {
  const more = 100;
  const look = (campaigns: number) => (): Promise<Sample> =>
    visit(
      browser,
      site,
      elementPage(site.addresses, { campaigns, above: 5000, attributes: 'loading="lazy"' }),
      usage,
      { frames: 0 },
    );
  const samples = await measureBlocks({ few: look(1), many: look(1 + more) }, blocks, 1);
  const perElement = (metric: string, unit: number) => {
    const values = samples('many', metric).map(
      (value, block) => (value - samples('few', metric)[block]!) / more / unit,
    );
    return { estimate: median(values), low: quantile(values, 0.25), high: quantile(values, 0.75) };
  };
  return [
    row('lazy element below the viewport: heap', 'kB', perElement('heap', 1000), 2),
    row('lazy element below the viewport: main thread', 'ms', perElement('time', 1), 0.3),
  ];
}
