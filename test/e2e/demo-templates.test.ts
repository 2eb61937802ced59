import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { startDemo, type Demo } from '../support/demo-site.js';

let demo: Demo;
let site: string;
before(async () => {
  demo = await startDemo();
  site = demo.url.replace('www.publisher.localhost', '127.0.0.1');
});
after(() => demo.close());

const names = ['x', 'markup', 'masthead', 'accounts', 'element', 'constructor', '__proto__'];
const placeholders = names.map((name) => `{{${name}}}`).join('');
const pages = ['/', '/attributes', '/three', '/errors', '/errors/frame-removed', '/login'];

/** Sends the path unchanged: `fetch` would encode braces. */
function ask(path: string): Promise<{ status: number | undefined; html: string }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(site);
    const asked = request({ host: '127.0.0.1', port, path }, async (answer) => {
      let html = '';
      for await (const chunk of answer.setEncoding('utf8')) html += chunk;
      resolve({ status: answer.statusCode, html });
    });
    asked.on('error', reject).end();
  });
}

for (const path of pages) {
  test(`${path} does not replace a visitor’s {{name}}`, async () => {
    const plain = await ask(path);
    const { status, html } = await ask(`${path}?${placeholders}`);
    assert.equal(status, 200);
    // The links in the masthead contain the address, in an attribute and in a query.
    const encoded = encodeURIComponent(`?${placeholders}`);
    const other = html.replaceAll(`?${placeholders}`, '').replaceAll(encoded, '');
    assert.equal(other, plain.html);
  });
}

for (const path of [`/nothing?${placeholders}`, `/${placeholders}`, '/nothing?$&$1$`']) {
  test(`${path} is a page that does not exist`, async () => {
    const { status, html } = await ask(path);
    assert.equal(status, 404);
    assert.match(html, /This page does not exist/);
    const { pathname, search } = new URL(path, site);
    assert.ok(html.includes(`value="${pathname}${search.replace('&', '&amp;')}"`));
  });
}

test('any return_to is plain text in the login form', async () => {
  for (const returnTo of [`/?${placeholders}`, '/?$&$1$`']) {
    const { status, html } = await ask(`/login?return_to=${encodeURIComponent(returnTo)}`);
    assert.equal(status, 200);
    const escaped = returnTo.replace('&', '&amp;');
    assert.ok(html.includes(`name="return_to" value="${escaped}"`), returnTo);
    assert.doesNotMatch(html, /class="listing"/);
  }
});

test('any refused email address is plain text in the login form', async () => {
  const body = new URLSearchParams({ email: placeholders, password: 'demo' });
  const headers = { Origin: site };
  const answer = await fetch(`${site}/login`, { method: 'POST', body, headers });
  assert.equal(answer.status, 401);
  assert.match(await answer.text(), /name="email"\s+value="\{\{x\}\}\{\{markup\}\}/);
});

test('each page says where it is, and its footer has the groups of the overview', async () => {
  const headings = (html: string, level: string): string[] =>
    html.match(new RegExp(`(?<=<h2>)[^<]+(?=</h2>\\s*<${level})`, 'g')) ?? [];
  const overview = headings((await ask('/')).html, 'p');
  for (const path of ['/attributes', '/gallery', '/configurator', '/errors/frame-removed']) {
    const { html } = await ask(path);
    const footer = html.slice(html.indexOf('<footer'));
    assert.deepEqual(headings(footer, 'ul'), overview.slice(0, 5));
    assert.match(html, /<p class="kicker"><a href="\/">Games<\/a> · /);
  }
});

test('a page’s own elements are listed with their content', async () => {
  for (const [path, count] of [
    ['/attributes', 1],
    ['/three', 3],
    ['/errors/frame-removed', 1],
  ] as const) {
    const { html } = await ask(path);
    const listing = /class="listing"[^]*?<code>([^]*?)<\/code>/.exec(html)?.[1] ?? '';
    assert.equal(listing.match(/^&lt;qualifio-campaign/gm)?.length, count);
    assert.match(listing, /^ {2}campaign-id=&quot;\d+&quot;$/m);
    assert.match(listing, /^&lt;script\n {2}src=[^\n]*\n {2}data-kit-url=[^\n]*\n {2}defer\n&gt;/m);
    assert.doesNotMatch(listing, /\{\{/);
  }
});
