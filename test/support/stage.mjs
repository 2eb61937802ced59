// The other origin of the browser tests: the simulator (its kit, its frames), a frame that a test
// moves by hand over the simulator's kit, and token endpoints that answer as their URL tells them.
import { getRequestListener } from '@hono/node-server';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

const puppet = readFileSync(new URL('./puppet.html', import.meta.url));

/**
 * Starts the stage on a free port of 127.0.0.1, which the test page's `localhost` is cross-origin to.
 * `leakScans` counts how often tests looked for leaks, and the milliseconds that took.
 */
export async function startStage(simulator) {
  const endpoints = new Map();
  const relay = getRequestListener(simulator.fetch, { overrideGlobalObjects: false });
  const leakScans = { count: 0, milliseconds: 0 };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, `http://${request.headers.host}`);
    // A campaign that is on its way for good: no answer.
    if (/^\/20\/1{8}-/.test(url.pathname)) return;
    if (/^\/20\/0{8}-/.test(url.pathname)) {
      response.setHeader('Content-Type', 'text/html');
      response.end(puppet);
    } else if (url.pathname.startsWith('/endpoint/')) {
      await answer(endpointOf(endpoints, url), request, response);
    } else if (url.pathname.startsWith('/answers/')) {
      endpointOf(endpoints, url).answer(await json(request));
      response.end();
    } else if (url.pathname.startsWith('/requests/')) {
      response.setHeader('Access-Control-Allow-Origin', '*');
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(endpointOf(endpoints, url).requests));
    } else if (url.pathname === '/login') {
      showLogin(url, response);
    } else if (url.pathname === '/scans') {
      const { scans, milliseconds } = await json(request);
      leakScans.count += scans;
      leakScans.milliseconds += milliseconds;
      response.end();
    } else {
      // A kit that is late by so many milliseconds: the simulator's own is for people, who are slower.
      const delay = Number(url.searchParams.get('delay'));
      if (delay) await new Promise((resolve) => setTimeout(resolve, delay));
      // A frame that navigates away ends its requests.
      if (!request.destroyed) await relay(request, response);
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return { host: `127.0.0.1:${server.address().port}`, leakScans };
}

/**
 * A login page on another origin. It goes back to `site`, unless the participant stays (`stay`); with
 * `coop`, its policy cuts it off from the page that opened it.
 */
function showLogin({ searchParams }, response) {
  const back = searchParams.get('site') + searchParams.get('return_to');
  if (searchParams.has('coop')) response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Content-Type', 'text/html');
  const leave = searchParams.has('stay') ? '' : `location.replace(${JSON.stringify(back)})`;
  response.end(`<!doctype html><title>Log in</title><script>${leave}</script>`);
}

/** A test's endpoint, which may be asked before its answers are here. */
function endpointOf(endpoints, { pathname }) {
  const id = pathname.split('/')[2];
  if (!endpoints.has(id)) {
    let answer;
    const answers = new Promise((resolve) => (answer = resolve));
    endpoints.set(id, { requests: [], answers, answer });
  }
  return endpoints.get(id);
}

/** One of its answers after the other; the last one for good. */
async function answer({ requests, answers }, request, response) {
  response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.setHeader('Access-Control-Allow-Headers', 'x-requested-with');
  response.setHeader('Access-Control-Expose-Headers', 'Date, Retry-After');
  if (request.method === 'OPTIONS') return response.writeHead(204).end();
  const { method, url } = request;
  const entry = { method, url, headers: request.headers, aborted: false };
  const index = requests.push(entry) - 1;
  request.on('close', () => (entry.aborted = !response.writableEnded));
  const given = (await answers).slice(0, index + 1).at(-1);
  const { status = 200, type = 'application/json', headers = {}, body } = given;
  const { hold, reset, cut, flood } = given;
  if (reset) request.socket.destroy();
  if (reset || hold === 'headers') return;
  if (type) response.setHeader('Content-Type', type);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.writeHead(status);
  if (flood) {
    // Without end, but not so fast that an engine does nothing else.
    const timer = setInterval(() => {
      if (!response.writableNeedDrain) response.write('x'.repeat(65_536));
    }, 5);
    response.on('close', () => clearInterval(timer));
  } else if (hold === 'body') response.write('{');
  else if (cut) response.write('{', () => request.socket.destroy());
  else response.end(body);
}
