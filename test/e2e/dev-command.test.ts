import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Command } from '../support/command.js';
import { startDemo } from '../support/demo-site.js';

const reload = '<script src="/dev/reload.js"></script>';

test('`npm run dev` prints its URL, serves the demo from source, and ends with 0', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
    scripts: { dev: string };
  };
  const [, ...words] = scripts.dev.replaceAll("'", '').split(' ');
  const args = [...words, '--port', '0', '--campaign-port', '0'];
  const dev = new Command('node_modules/tsx/dist/cli.mjs', args);
  const url = await dev.printed(/^http:\/\/www\.publisher\.localhost:\d+/m);
  const local = url.replace('www.publisher.localhost', '127.0.0.1');
  const page = await fetch(`${local}/attributes`);
  assert.equal(page.status, 200);
  assert.ok((await page.text()).includes(reload));
  assert.match(await (await fetch(`${local}/dev/reload.js`)).text(), /EventSource/);
  const library = await (await fetch(`${local}/qualifio-campaign.min.js`)).text();
  assert.match(library, /src\/define\.ts/);
  assert.equal((await fetch(`${local}/jwks.json`)).status, 200);
  const { code } = await dev.end('SIGINT');
  assert.equal(code, 0);
});

test('the demo does not contain the reload script', async (t) => {
  const demo = await startDemo();
  t.after(() => demo.close());
  const local = demo.url.replace('www.publisher.localhost', '127.0.0.1');
  assert.ok(!(await (await fetch(`${local}/attributes`)).text()).includes('/dev/'));
  assert.equal((await fetch(`${local}/dev/reload.js`)).status, 404);
});
