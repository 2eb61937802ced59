// The demo from its sources: bundles the element and the inspector, and runs the demo's server in a
// separate process, behind a proxy. When a file of src/ or demo/ changes, it rebuilds what depends
// on it, and reloads the open pages. It prints a mistake in a file, and tries again after the next
// change.
import { context } from 'esbuild';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, watch } from 'node:fs';
import { createServer, request as requestOf } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { accounts, demoPassword } from '../demo/accounts.js';

const { values: flags } = parseArgs({
  options: {
    port: { type: 'string', default: '3000' },
    'campaign-port': { type: 'string', default: '4400' },
  },
});
/** Where the bundles are. */
const folder = mkdtempSync(join(tmpdir(), 'qualifio-campaign-dev-'));
process.once('exit', () => rmSync(folder, { recursive: true }));
/** Milliseconds in which changes count as one: editors write a file in several steps. */
const pause = 100;

/** Loaded by every page; its path is of no page of the demo. */
const reloadPath = '/dev/reload.js';
const reloadScript = `new EventSource('/dev/changes').onmessage = () => location.reload();\n`;
/** Pages that are open, each by its stream of server-sent events. */
const open = new Set();

/** What pages load, from the sources, with the file names of dist/. */
const shared = { bundle: true, format: 'iife', target: 'es2022', sourcemap: 'inline' };
const bundles = await Promise.all(
  [
    ['src/define.ts', 'qualifio-campaign.min.js', {}],
    ['src/inspector/index.ts', 'qualifio-inspector.min.js', { globalName: 'qualifioInspector' }],
  ].map(([entry, name, more]) =>
    context({
      ...shared,
      ...more,
      entryPoints: [entry],
      outfile: `${folder}/${name}`,
      // `sideEffects` of package.json names files of dist/: respected here, it would drop define.ts.
      ignoreAnnotations: true,
      logLevel: 'warning',
    }),
  ),
);

/** The demo's server, while it runs, and its port. */
let site;
let sitePort;
let campaignPort = flags['campaign-port'];

await bundle();
await startSite();
const front = createServer(answer);
front.on('error', (error) => end(`Port ${flags.port}: ${error.message}`));
front.listen(Number(flags.port), '127.0.0.1', () => {
  console.log(`Log in as ${accounts[0].email}; password ${demoPassword}
Reloads on a change of src/ or demo/; Ctrl+C ends it. Open this in a browser:
http://www.publisher.localhost:${front.address().port}/`);
});

const changed = new Set();
let timer;
const watchers = ['src', 'demo'].map((name) =>
  watch(name, { recursive: true }, (_, file) => {
    if (!file || /(^|\/)\.|~$/.test(file)) return;
    changed.add(`${name}/${file}`);
    clearTimeout(timer);
    timer = setTimeout(update, pause);
  }),
);
/** Updates, one after the other. */
let updating = Promise.resolve();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end());

function update() {
  const files = [...changed];
  changed.clear();
  updating = updating.then(async () => {
    console.log(`Changed: ${files.join(', ')}`);
    if (files.some((file) => file.startsWith('src/')) && !(await bundle())) return;
    if (files.some(isOfSite)) await startSite();
    for (const response of open) response.write('data: changed\n\n');
  });
}

/** Whether the demo's server runs it, rather than reads it for each request. */
function isOfSite(file) {
  return /^src\/(server|simulator|config|errors)|^demo\/[\w-]+\.js$/.test(file);
}

/** Whether the bundles could be built; esbuild prints a mistake itself. */
async function bundle() {
  const results = await Promise.allSettled(bundles.map((each) => each.rebuild()));
  return results.every(({ status }) => status === 'fulfilled');
}

/** Starts the demo's server, in place of the one before; it prints a mistake itself. */
async function startSite() {
  sitePort = undefined;
  if (site?.exitCode === null) {
    site.kill();
    await once(site, 'exit');
  }
  site = fork('scripts/dev/site.mjs', [folder, campaignPort], {
    execArgv: ['--import', 'tsx'],
    // Finds `qualifio-campaign/…` in src/.
    env: {
      ...process.env,
      TSX_TSCONFIG_PATH: fileURLToPath(new URL('dev/tsconfig.json', import.meta.url)),
    },
  });
  const started = await Promise.race([once(site, 'message'), once(site, 'exit')]);
  if (started[0]?.port === undefined) return;
  sitePort = started[0].port;
  // The next server uses the same port, since open pages contain it.
  campaignPort = started[0].campaignPort;
}

function answer(request, response) {
  if (request.url === reloadPath) {
    response.setHeader('Content-Type', 'text/javascript').end(reloadScript);
  } else if (request.url === '/dev/changes') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    open.add(response);
    response.on('close', () => open.delete(response));
  } else if (sitePort === undefined) {
    response.writeHead(503, { 'Content-Type': 'text/html' });
    response.end(withReload('<head></head>The demo does not run: see the terminal.'));
  } else passOn(request, response);
}

/** Has the demo's server answer, and puts the script into its pages. */
function passOn(request, response) {
  const { method, url } = request;
  const headers = { ...request.headers, 'accept-encoding': 'identity' };
  const asked = requestOf({ port: sitePort, host: '127.0.0.1', method, path: url, headers });
  asked.on('error', () => response.writeHead(502).end());
  asked.on('response', async (answer) => {
    const isPage = answer.headers['content-type']?.startsWith('text/html') && method === 'GET';
    const kept = { ...answer.headers };
    if (isPage) for (const name of ['content-length', 'etag']) delete kept[name];
    response.writeHead(answer.statusCode, kept);
    if (!isPage) return answer.pipe(response);
    response.end(withReload(await new Response(answer).text()));
  });
  request.pipe(asked);
}

function withReload(html) {
  return html.replace('</head>', `<script src="${reloadPath}"></script></head>`);
}

async function end(problem) {
  if (problem) console.error(problem);
  watchers?.forEach((watcher) => watcher.close());
  site?.kill();
  await Promise.all(bundles.map((each) => each.dispose()));
  process.exit(problem ? 1 : 0);
}
