import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { serveSimulator, type ServedSimulator } from '../../src/simulator/index.js';
import { launchChromium } from '../support/chromium.js';
import { assertBuilt, repository } from '../support/installed-package.js';
import { atStep, campaignOf, playToForm } from '../support/simulator-stage.js';

const folder = `${repository}docs/examples/csp/`;
const names = readdirSync(folder).sort();
assertBuilt();
const library = readFileSync(`${repository}dist/qualifio-campaign.min.js`);
const hash = createHash('sha384').update(library).digest('base64');

/** A documented answer: its policy and its page. */
interface Example {
  policy: string;
  html: string;
}

let browser: Browser;
let simulator: ServedSimulator;
let site: Server;
let shown: Example;
/** The answer of the token endpoint. */
let token: { status: number; body: (path: string) => Promise<string> };

before(async () => {
  browser = await launchChromium();
  simulator = await serveSimulator({}, { port: 0 });
  site = createServer((request, response) => void answer(request.url ?? '/', response));
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
});
after(async () => {
  await browser.close();
  await simulator.close();
  site.close();
});

const pageUrl = (host = 'www.publisher.localhost', path = '/'): string =>
  `http://${host}:${(site.address() as AddressInfo).port}${path}`;

async function answer(path: string, response: ServerResponse): Promise<void> {
  if (path === '/js/qualifio-campaign.min.js') {
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(library);
  } else if (path.startsWith('/qualifio/token')) {
    response.writeHead(token.status, { 'Content-Type': 'application/json' });
    response.end(await token.body(path.replace('/qualifio', '')));
  } else if (path === '/outer') {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end(`<!doctype html><iframe src="${pageUrl()}"></iframe>`);
  } else {
    const { policy, html } = shown;
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
    });
    response.end(html);
  }
}

/** A documented answer, with the hosts of this machine and the hash of the file. */
function read(name: string): Example {
  const host = `jeux.publisher.localhost:${new URL(simulator.url).port}`;
  const text = readFileSync(folder + name, 'utf8')
    .replaceAll('https://jeux.publisher.com', `http://${host}`)
    .replaceAll('jeux.publisher.com', host)
    .replaceAll('https://files.qualifio.com', `http://${host}`)
    .replaceAll('HASH', hash);
  const [head = '', ...rest] = text.split('\n\n');
  const kit = `data-kit-url="http://${host}/kit/qualp.2.min.js" src=`;
  return {
    policy: head.replace('Content-Security-Policy: ', ''),
    html: rest.join('\n\n').replace('src=', kit),
  };
}

/** Opens the page, and records what its policy blocks and the codes of its errors. */
async function open(example: Example): Promise<Page> {
  shown = example;
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.addInitScript(() => {
    const kept = { violations: [] as string[], codes: [] as string[] };
    Object.assign(window, { kept });
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      kept.violations.push(effectiveDirective);
    });
    document.addEventListener('qualifio-error', (event) => {
      kept.codes.push((event as Event & { error: { code: string } }).error.code);
    });
  });
  await page.goto(pageUrl());
  return page;
}

const kept = (page: Page): Promise<{ violations: string[]; codes: string[] }> =>
  page.evaluate(() => (window as unknown as { kept: Awaited<ReturnType<typeof kept>> }).kept);

async function errorCode(page: Page): Promise<string> {
  await page.waitForFunction(
    () => (window as unknown as { kept: { codes: string[] } }).kept.codes.length > 0,
  );
  return (await kept(page)).codes[0] ?? '';
}

const good = {
  status: 200,
  body: async (path: string) =>
    (await simulator.fetch(new Request(new URL(path, simulator.url)))).text(),
};

describe('docs/csp.md', () => {
  it('contains every example exactly as in its file', () => {
    const page = readFileSync(`${repository}docs/csp.md`, 'utf8');
    const blocks = /\(examples\/csp\/([\w.-]+)\)\n\n```http\n([^]*?)```\n/g;
    const found = new Map([...page.matchAll(blocks)].map(([, name, text]) => [name, text]));
    assert.deepEqual([...found.keys()].sort(), names);
    for (const [name, text] of found) {
      assert.equal(text, readFileSync(folder + name!, 'utf8'), name);
    }
  });

  for (const name of names) {
    // @holds P7, T1, T21
    it(`allows a whole campaign without a violation with ${name}`, async (t) => {
      token = good;
      const page = await open(read(name));
      t.after(() => page.context().close());
      const campaign = campaignOf(page);
      await playToForm(campaign);
      await campaign.getByRole('button', { name: 'Continue' }).click();
      await atStep(campaign, 'form');
      assert.equal(await campaign.getByLabel('First name').inputValue(), 'Camille');
      assert.deepEqual(await kept(page), { violations: [], codes: [] });
    });

    // @holds P7
    it(`allows the error panel without a violation with ${name}`, async (t) => {
      token = { status: 200, body: async () => '{"token":"no.token"}' };
      const page = await open(read(name));
      t.after(() => page.context().close());
      const campaign = campaignOf(page);
      await playToForm(campaign);
      await campaign.getByRole('button', { name: 'Continue' }).click();
      assert.equal(await errorCode(page), 'TOKEN_INVALID_FORMAT');
      await page.getByRole('button', { name: 'Try again' }).waitFor();
      assert.deepEqual((await kept(page)).violations, []);
    });
  }

  for (const [directive, without, code] of [
    ['script-src', (policy) => policy.replace(/ http:\S+(?=;)/, ''), 'KIT_LOAD_FAILED'],
    [
      'trusted-types',
      (policy) => policy.replace('types qualifio-campaign', 'types other'),
      'KIT_LOAD_FAILED',
    ],
    [
      'connect-src',
      (policy) => policy.replace("connect-src 'self'", "connect-src 'none'"),
      'ENDPOINT_UNREACHABLE',
    ],
  ] as const satisfies readonly [string, (policy: string) => string, string][]) {
    // @holds T16
    it(`names ${directive} if it is wrong`, async (t) => {
      token = good;
      const { policy, html } = read('trusted-types.http');
      const page = await open({ policy: without(policy), html });
      t.after(() => page.context().close());
      if (directive === 'connect-src') {
        const campaign = campaignOf(page);
        await playToForm(campaign);
        await campaign.getByRole('button', { name: 'Continue' }).click();
      }
      assert.equal(await errorCode(page), code);
    });
  }

  // @holds T7
  it('has frame-src, base-uri and frame-ancestors in every policy', () => {
    assert.ok(names.length >= 5);
    for (const name of names) {
      const directives = read(name).policy.split('; ');
      assert.ok(directives.includes("base-uri 'none'"), name);
      assert.ok(directives.includes("frame-ancestors 'none'"), name);
      const frames = directives.filter((directive) => directive.startsWith('frame-src '));
      assert.match(frames.join(), /^frame-src http:\/\/jeux\.publisher\.localhost:\d+$/, name);
    }
  });

  for (const name of names) {
    it(`has a page that an injected <base> cannot change with ${name}`, async (t) => {
      token = good;
      const { policy, html } = read(name);
      const base = '<base href="//evil.publisher.localhost/"><title>';
      const page = await open({ policy, html: html.replace('<title>', base) });
      t.after(() => page.context().close());
      assert.equal(await page.evaluate(() => document.baseURI), page.url());
      assert.deepEqual((await kept(page)).violations, ['base-uri']);
    });

    it(`has a page that another page cannot embed with ${name}`, async (t) => {
      token = good;
      const { policy, html } = read(name);
      const page = await open({ policy, html });
      t.after(() => page.context().close());
      const campaigns = async (): Promise<number | undefined> => {
        await page.goto(pageUrl('another.localhost', '/outer'));
        return page.mainFrame().childFrames()[0]?.locator('qualifio-campaign').count();
      };
      assert.equal(await campaigns(), 0);
      shown = { policy: policy.replace("; frame-ancestors 'none'", ''), html };
      assert.equal(await campaigns(), 1);
    });
  }

  // @holds P12, T23
  it('allows a whole campaign without cookies', async (t) => {
    token = good;
    const page = await open(read('host-list.http'));
    t.after(() => page.context().close());
    const campaign = campaignOf(page);
    await playToForm(campaign);
    await campaign.getByRole('button', { name: 'Continue' }).click();
    await atStep(campaign, 'form');
    assert.deepEqual(await page.context().cookies(), []);
  });

  // @holds T7
  it('names frame-src if it does not allow the campaign', async (t) => {
    const { policy, html } = read('host-list.http');
    const page = await open({
      policy: policy.replace(/frame-src \S+;/, "frame-src 'none';"),
      html,
    });
    t.after(() => page.context().close());
    assert.equal(await errorCode(page), 'KIT_TIMEOUT');
    assert.deepEqual((await kept(page)).violations, ['frame-src']);
  });
});
