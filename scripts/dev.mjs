// The demo from its sources, for `npm run dev`. `tsx watch` restarts it when a file that the server
// imports changes. It rebuilds the element and the inspector when one of their files changes, and
// reloads open pages after each of these changes and after a change to a page or a style sheet.
import { context, stop } from 'esbuild';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { watch } from 'node:fs';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { accounts, demoPassword } from '../demo/accounts.js';
import { startDemo } from '../demo/app.js';

const { values: flags } = parseArgs({
  options: {
    port: { type: 'string', default: '3000' },
    'campaign-port': { type: 'string', default: '4400' },
  },
});
/** Where the bundles are. */
const folder = '.cache/dev';

/** Loaded by every page; a page that connects again after a restart gets another version. */
const reloadPath = '/dev/reload.js';
const reloadScript = `let version;
new EventSource('/dev/changes').onmessage = ({ data }) => {
  version ??= data;
  if (version !== data) location.reload();
};`;
let version = Date.now();
/** Send the version to each open page. */
const open = new Set();
function changed() {
  version++;
  for (const send of open) send();
}

/** esbuild prints errors itself. */
function bundled({ errors }) {
  if (errors.length === 0) changed();
}

const before = new Hono()
  .get(reloadPath, (c) => c.body(reloadScript, 200, { 'Content-Type': 'text/javascript' }))
  .get('/dev/changes', (c) =>
    streamSSE(c, async (stream) => {
      const send = () => stream.writeSSE({ data: String(version), retry: 300 });
      open.add(send);
      await send();
      await new Promise((resolve) => stream.onAbort(resolve));
      open.delete(send);
    }),
  );

/** Answers the paths above, and puts the script into the demo's pages. */
async function withReload(c, next) {
  const own = await before.fetch(c.req.raw);
  if (own.status !== 404) return own;
  await next();
  if (!c.res.headers.get('Content-Type')?.startsWith('text/html')) return undefined;
  const html = await c.res.text();
  c.res = new Response(
    html.replace('</head>', `<script src="${reloadPath}"></script></head>`),
    c.res,
  );
  c.res.headers.delete('Content-Length');
  return undefined;
}

/** What pages load, from the sources, with the file names of dist/. */
const bundles = await Promise.all(
  [
    ['src/define.ts', 'qualifio-campaign.min.js', undefined],
    ['src/inspector/index.ts', 'qualifio-inspector.min.js', 'qualifioInspector'],
    ['src/sign-in/index.ts', 'qualifio-sign-in.min.js', 'qualifioSignIn'],
  ].map(([entry, name, globalName]) =>
    context({
      ...{ bundle: true, format: 'iife', target: 'es2022', sourcemap: 'inline', globalName },
      entryPoints: [entry],
      outfile: `${folder}/${name}`,
      // `sideEffects` of package.json names files of dist/: if it applied here, define.ts would be dropped.
      ignoreAnnotations: true,
      logLevel: 'warning',
      plugins: [{ name: 'reload', setup: ({ onEnd }) => onEnd(bundled) }],
    }),
  ),
);
await Promise.all(bundles.map((each) => each.watch()));
watch('demo', { recursive: true }, changed);

const demo = await startDemo({
  port: Number(flags.port),
  campaignPort: Number(flags['campaign-port']),
  library: pathToFileURL(`${folder}/`),
  before: withReload,
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    // Otherwise, esbuild's process can outlive this one.
    await Promise.all([demo.close(), ...bundles.map((each) => each.dispose())]);
    await stop();
    process.exit();
  });
}
console.log(`Log in as ${accounts[0].email}; password ${demoPassword}
Reloads on a change of src/ or demo/; Ctrl+C ends it. Open this in a browser:
${demo.url}/`);
