/**
 * A contest shown on television: all participants reach the form within a minute, and the endpoint makes
 * fewer tokens than they ask for. Prints the table of docs/endpoint-load.md, and writes its plot. One
 * tenth of the real size, which takes several minutes for each row: 10,000 participants and 50 tokens a second, or 100,000 and
 * 500 with `--full`.
 */
import process from 'node:process';
import { playHerd, policies, type Herd } from './herd/herd.js';
import { writeText } from './lib/result-file.js';
import { linePlot, type Series } from './lib/svg-plot.js';

const size = process.argv.includes('--full') ? 10 : 1;
const herd: Herd = { participants: 10_000 * size, duration: 60, rate: 50 * size, seed: 1 };
const number = (value: number): string => Math.round(value).toLocaleString('en');

const columns = ['Pages and endpoint', 'All served after', 'Peak', 'Most that wait'];
columns.push('Requests', 'Without a token', 'Clicks on “Try again”');
console.log(`| ${columns.join(' | ')} |\n| --- |${' --: |'.repeat(columns.length - 1)}`);
const series: Series[] = [];
for (const policy of policies) {
  const outcome = await playHerd(herd, policy);
  const { served, servedAt, peak, waiting, requests, wasted, clicks, perSecond } = outcome;
  if (served !== herd.participants) throw new Error(`${policy.name}: ${served} served`);
  const cells = [policy.name, `${number(servedAt)} s`, `${number(peak)}/s`, number(waiting)];
  cells.push(number(requests), `${(wasted * 100).toFixed(0)} %`, number(clicks));
  console.log(`| ${cells.join(' | ')} |`);
  // The last policy looks like the one before it; the plot has room for four.
  if (series.length === 4) series.pop();
  const points = perSecond
    .map((count, second) => [second, count] as const)
    .filter(([second]) => second % 5 === 0);
  series.push({ label: policy.name, points });
}
const axes = { x: { label: 'seconds' }, y: { label: 'requests in a second' } };
const title = `${number(herd.participants)} participants within a minute, ${herd.rate} tokens a second`;
writeText('docs/images/herd.svg', linePlot(title, axes, series));
