// Mounts and unmounts a campaign again and again in one page, with a whole exchange or a broken-off
// one in each, and looks at what is left: elements, nodes, listeners, timers, routes, registrations,
// and the heap after collection, whose slope has to be no larger than its noise. SOAK says how often;
// 500 takes seconds, 10000 some minutes. Needs `npm run build` before.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import process from 'node:process';
import { createSimulator } from '../dist/simulator/index.js';
import { ChromiumProcess } from '../test/support/engines/chromium-process.mjs';
import { findBrowser } from './find-browser.mjs';
import { soakPage } from './soak-page.mjs';

const mounts = Number(process.env.SOAK ?? 500);
const looks = 10;
/** Bytes for each mount that nobody has to explain. */
const allowance = 16;

const { server, origin } = await serve();
// The compiler's output grows with use, too, and is none of what is measured here.
const flags = '--js-flags=--no-opt --no-maglev --no-sparkplug';
const browser = new ChromiumProcess(findBrowser(), flags);
const { targetId } = await browser.call('Target.createTarget', { url: origin });
const { sessionId } = await browser.call('Target.attachToTarget', { targetId, flatten: true });
const problems = [];
await devtools('Performance.enable');
while ((await inPage('typeof soak')) !== 'function');

// What is made once, and kept, is made here. Of campaigns, not one may be left.
await inPage(`soak(${Math.max(150, mounts / 20)})`);
const before = { ...(await look()), elements: 0 };
let now;
const points = [];
const begin = performance.now();
for (let taken = 0; taken < looks; taken++) {
  await inPage(`soak(${mounts / looks})`);
  now = await look();
  points.push([((taken + 1) * mounts) / looks, now.heap]);
  for (const what of [
    'elements',
    'nodes',
    'listeners',
    'frames',
    'timers',
    'routes',
    'callbacks',
    'errors',
  ]) {
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

function devtools(method, params) {
  return browser.call(method, params, sessionId);
}

/** The value of an expression in the page, awaited. */
async function inPage(expression) {
  const options = { expression, awaitPromise: true, returnByValue: true };
  const { result, exceptionDetails } = await devtools('Runtime.evaluate', options);
  if (exceptionDetails) throw new Error(result.description);
  return result.value;
}

/** Collects garbage, and counts what is left. */
async function look() {
  for (let time = 0; time < 3; time++) await devtools('HeapProfiler.collectGarbage');
  const { metrics } = await devtools('Performance.getMetrics');
  const metric = (name) => metrics.find((each) => each.name === name).value;
  return {
    ...(await inPage('leftOver()')),
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    frames: metric('Frames'),
    heap: metric('JSHeapUsedSize'),
  };
}

/** The line through points, by least squares, and the standard error of its slope. */
function fit(points) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, heap]) => heap))];
  const spread = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  const slope = points.reduce((sum, [at, heap]) => sum + (at - x) * (heap - y), 0) / spread;
  const rest = points.reduce((sum, [at, heap]) => sum + (heap - y - slope * (at - x)) ** 2, 0);
  return { slope, error: Math.sqrt(rest / (points.length - 2) / spread) };
}

/** The page, the library, a kit, a frame that asks by itself, and a token endpoint. */
async function serve() {
  const simulator = createSimulator();
  const library = readFileSync('dist/qualifio-campaign.min.js');
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  let serial = 0;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://soak');
    const send = (type, body) => response.setHeader('Content-Type', type).end(body);
    if (pathname === '/') send('text/html', html('<script src="/library.js"></script>', soakPage));
    else if (pathname === '/library.js') send('text/javascript', library);
    else if (pathname.startsWith('/20/')) send('text/html', html('', askingFrame));
    else if (pathname === '/401') response.writeHead(401).end();
    else if (pathname === '/hold') response.setHeader('Content-Type', 'application/jwt');
    else if (pathname === '/token') {
      const claims = { jti: ++serial, exp: Math.floor(Date.now() / 1000) + 300 };
      send('application/jwt', `${part({ alg: 'RS256' })}.${part(claims)}.c2ln`);
    } else {
      const answer = await simulator.fetch(
        new Request(`http://${request.headers.host}${request.url}`),
      );
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(await answer.text());
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${server.address().port}/` };
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
