// Mounts and unmounts a campaign many times in one page, each time with a complete or an interrupted
// exchange, and counts what is left: elements, nodes, listeners, timers, routes, registrations. The heap
// after garbage collection must not grow by more than its noise. SOAK is the number of times: 500 takes
// seconds, 10000 some minutes. Run `npm run build` first.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { createSimulator } from '../dist/simulator/index.js';
import { ChromiumProcess } from '../test/support/engines/chromium-process.mjs';
import { findBrowser } from './find-browser.mjs';
import { soakPage } from './soak-page.mjs';

const mounts = Number(process.env.SOAK ?? 500);
const looks = 10;
/** Bytes of growth for each mount that are accepted. */
const allowance = 16;

const server = serve({ fetch: site().fetch, port: 0, hostname: '127.0.0.1' });
await once(server, 'listening');
// The compiler's output also grows with use, and is not measured here. Playwright would leave more
// behind in the page than the page itself.
const browser = new ChromiumProcess(
  findBrowser(),
  '--js-flags=--no-opt --no-maglev --no-sparkplug',
);
const page = await browser.open(`http://127.0.0.1:${server.address().port}/`);
const problems = [];
await page.call('Performance.enable');

// Creates what exists once and stays. After that, no campaign may be left.
await page.evaluate(`soak(${Math.max(150, mounts / 20)})`);
const before = { ...(await look()), elements: 0 };
let now;
const points = [];
const begin = performance.now();
for (let taken = 0; taken < looks; taken++) {
  await page.evaluate(`soak(${mounts / looks})`);
  now = await look();
  points.push([((taken + 1) * mounts) / looks, now.heap]);
  for (const what of Object.keys(now).filter((name) => name !== 'heap')) {
    const more = now[what] - before[what];
    if (more > 0) problems.push(`After ${points.at(-1)[0]} mounts ${more} more ${what}.`);
  }
}
const seconds = ((performance.now() - begin) / 1000).toFixed(0);
await browser.close();
server.close();

const { slope, error } = fit(points);
console.log(`${mounts} mounts and unmounts, ${seconds} s; left over:`, now);
console.log(
  `Heap after collection: ${points.map(([, heap]) => (heap / 1024).toFixed(0)).join(', ')} KiB; ` +
    `slope ${slope.toFixed(1)} ± ${(2 * error).toFixed(1)} bytes for each mount`,
);
if (slope - 2 * error > allowance)
  problems.push(`The heap grows by ${slope} bytes for each mount.`);
for (const problem of new Set(problems)) console.error(problem);
console.log(problems.length > 0 ? '0 passed, 1 failed' : '1 passed, 0 failed');
process.exitCode = problems.length > 0 ? 1 : 0;

/** Collects garbage, and counts what is left. */
async function look() {
  for (let time = 0; time < 3; time++) await page.call('HeapProfiler.collectGarbage');
  const { metrics } = await page.call('Performance.getMetrics');
  const metric = (name) => metrics.find((each) => each.name === name).value;
  return {
    ...(await page.evaluate('leftOver()')),
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    frames: metric('Frames'),
    heap: metric('JSHeapUsedSize'),
  };
}

/** The regression line through points, by least squares, and the standard error of its slope. */
function fit(points) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, heap]) => heap))];
  const spread = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  const slope = points.reduce((sum, [at, heap]) => sum + (at - x) * (heap - y), 0) / spread;
  const rest = points.reduce((sum, [at, heap]) => sum + (heap - y - slope * (at - x)) ** 2, 0);
  return { slope, error: Math.sqrt(rest / (points.length - 2) / spread) };
}

/** The page, the library, a kit, a frame that asks by itself, and a token endpoint. */
function site() {
  const simulator = createSimulator();
  const library = readFileSync('dist/qualifio-campaign.min.js');
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  let serial = 0;
  return new Hono()
    .get('/', (c) => c.html(html('<script src="/library.js"></script>', soakPage)))
    .get('/library.js', (c) => c.body(library, 200, { 'Content-Type': 'text/javascript' }))
    .get('/20/*', (c) => c.html(html('', askingFrame)))
    .get('/401', (c) => c.body(null, 401))
    .get('/hold', () => new Promise(() => {}))
    .get('/token', (c) => {
      const claims = { jti: ++serial, exp: Math.floor(Date.now() / 1000) + 300 };
      const token = `${part({ alg: 'RS256' })}.${part(claims)}.c2ln`;
      return c.body(token, 200, { 'Content-Type': 'application/jwt' });
    })
    .all('*', (c) => simulator.fetch(c.req.raw));
}

function html(head, run) {
  return `<!doctype html><html lang="en"><title>Soak</title>${head}<body><script>(${run})();</script>`;
}

/** Runs in the campaign's frame. */
function askingFrame() {
  const divId = new URLSearchParams(location.search).get('divId');
  onload = () =>
    parent.postMessage({ 'qualifio-simulator': 1, name: 'isLoggedIn', data: { divId } }, '*');
}
