/**
 * Attacks from real pages. One loopback server has the role of every host: browsers resolve
 * `*.localhost` themselves, treat it as secure, and separate its sites as those of real names.
 */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { decodeJwt } from 'jose';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createTokenEndpoint, type TokenEndpoint } from '../../src/server/index.js';
import { TAG_NUMBER, workingOptions } from '../support/server/fixtures.js';
import { launchChromium } from '../support/chromium.js';
import { ATTACKS, type Attack } from './attacks.js';

const OWN = 'www.publisher.localhost';
const LISTED = 'app.publisher.localhost';
const SAME_SITE = 'jeux.publisher.localhost';
const CROSS_SITE = 'evil.localhost';

interface Arrival {
  readonly attack: string | null;
  readonly method: string;
  readonly status: number;
  readonly hasCookie: boolean;
}

let server: Server;
let browser: Browser;
let context: BrowserContext;
let port: number;
let endpoint: TokenEndpoint;
const arrivals: Arrival[] = [];
let asked = 0;

before(async () => {
  server = createServer(getRequestListener(serve, { overrideGlobalObjects: false }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  endpoint = createTokenEndpoint({
    ...(await workingOptions()),
    allowedOrigins: [origin(LISTED)],
    participant: ({ headers }) => {
      asked += 1;
      const sub = /session=(\w+)/.exec(headers.get('cookie') ?? '')?.[1];
      return sub === undefined ? null : { sub };
    },
  });
  browser = await launchChromium();
});

beforeEach(async () => {
  await context?.close();
  context = await browser.newContext();
  await signIn('ada');
  arrivals.length = 0;
  asked = 0;
});

after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const origin = (host: string): string => `http://${host}:${port}`;
const target = (attack: string): string =>
  `${origin(OWN)}/token?campaignId=${TAG_NUMBER}&attack=${encodeURIComponent(attack)}`;

async function serve(request: Request): Promise<Response> {
  const { pathname, hostname, searchParams } = new URL(request.url);
  if (pathname === '/redirect') return redirect(searchParams.get('to')!);
  if (pathname !== '/token' || hostname !== OWN) {
    return new Response('<!doctype html><title>page</title>', {
      headers: { 'content-type': 'text/html' },
    });
  }
  const response = await endpoint(request);
  arrivals.push({
    attack: searchParams.get('attack'),
    method: request.method,
    status: response.status,
    hasCookie: (request.headers.get('cookie') ?? '').includes('session='),
  });
  return response;
}

const redirect = (to: string): Response =>
  new Response(null, { status: 302, headers: { location: to } });

/** The weakest possible session cookie, so that only the endpoint can stop an attack. */
async function signIn(user: string): Promise<void> {
  const weakest = { sameSite: 'None', secure: true } as const;
  await context.addCookies([{ name: 'session', value: user, url: `https://${OWN}`, ...weakest }]);
}

async function open(host: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${origin(host)}/`);
  return page;
}

/** Runs an attack in the page; returns everything that its script could read. */
function attempt(page: Page, attack: Attack, url: string): Promise<string> {
  const given = [url, attack.option].map((value) => JSON.stringify(value));
  return page.evaluate<string>(`(${attack.run.toString()})(${given.join()})`);
}

function tokenFetch(page: Page, init: RequestInit = {}): Promise<{ status: number; sub?: string }> {
  return page
    .evaluate(
      async ([url, options]) => {
        const response = await fetch(url, options);
        return { status: response.status, body: await response.text() };
      },
      [target('none'), init] as const,
    )
    .then(({ status, body }) => {
      const { token } = JSON.parse(body) as { token?: string };
      return token === undefined ? { status } : { status, sub: decodeJwt(token).sub! };
    });
}

describe('in a real browser', { timeout: 120_000 }, () => {
  it('sends a token to a fetch from our own page, like that of the element', async () => {
    const page = await open(OWN);
    const headers = { 'X-Requested-With': 'qualifio-campaign', Accept: 'application/json' };
    const init: RequestInit = {
      credentials: 'include',
      cache: 'no-store',
      redirect: 'manual',
      headers,
    };
    assert.deepEqual(await tokenFetch(page, init), { status: 200, sub: 'ada' });
  });

  // @holds S12
  it('S12: sends a token to a fetch with preflight from an allowed origin', async () => {
    const page = await open(LISTED);
    const headers = { 'X-Requested-With': 'qualifio-campaign' };
    const init: RequestInit = { credentials: 'include', headers };
    assert.deepEqual(await tokenFetch(page, init), { status: 200, sub: 'ada' });
    assert.deepEqual(
      arrivals.map(({ method, status }) => [method, status]),
      [
        ['OPTIONS', 204],
        ['GET', 200],
      ],
    );
  });

  for (const [site, host] of [
    ['same-site', SAME_SITE],
    ['cross-site', CROSS_SITE],
  ] as const) {
    for (const attack of ATTACKS) {
      // @holds P15, S12
      it(`S12, S13, S14: a ${site} page can neither read nor trigger a token with ${attack.name}`, async () => {
        const page = await open(host);
        const direct = target(attack.name);
        const encoded = encodeURIComponent(direct);
        const routes = [
          direct,
          `${origin(host)}/redirect?to=${encoded}`,
          `${origin(OWN)}/redirect?to=${encoded}`,
          `${origin(host)}/redirect?to=${encodeURIComponent(`${origin(OWN)}/redirect?to=${encoded}`)}`,
        ];
        for (const url of routes) {
          const seen = await attempt(page, attack, url);
          assert.ok(!/eyJ|token/.test(seen), `read: ${seen}`);
        }
        assert.equal(asked, 0, 'participant() is not asked');
        assert.deepEqual(
          arrivals.filter(({ status }) => status < 400),
          [],
        );
        assert.ok(arrivals.length > 0, 'the attack reached the endpoint');
        if (attack.withCookie && site === 'same-site') {
          assert.ok(
            arrivals.some(({ hasCookie }) => hasCookie),
            'and brought the session along',
          );
        }
      });
    }
  }

  // @holds S13, S14
  it('S13, S14: sends our own page a token only for a fetch', async () => {
    for (const attack of ATTACKS.filter(({ isFetch }) => !isFetch)) {
      const page = await open(OWN);
      const seen = await attempt(page, attack, target(attack.name));
      assert.ok(!/eyJ|"token"/.test(seen), `${attack.name} read: ${seen}`);
      await page.close();
    }
    assert.equal(asked, 0);
    assert.deepEqual(
      arrivals.filter(({ status }) => status < 400),
      [],
    );
  });

  // @holds S13
  it('S13: refuses a navigation, whether typed, linked or redirected', async () => {
    const page = await open(CROSS_SITE);
    await page.goto(target('typed'));
    assert.equal(await page.innerText('body'), '{"error":"FORBIDDEN"}');
    for (const host of [OWN, SAME_SITE, CROSS_SITE]) {
      await page.goto(`${origin(host)}/`);
      await Promise.all([
        page.waitForURL(/\/token\?/),
        page.evaluate(
          (url) => {
            location.href = url;
          },
          `${origin(host)}/redirect?to=${encodeURIComponent(target('linked'))}`,
        ),
      ]);
      assert.equal(await page.innerText('body'), '{"error":"FORBIDDEN"}');
    }
    assert.equal(asked, 0);
  });

  // @holds S15
  it('S15: leaves no token in the browser cache, even with force-cache', async () => {
    const page = await open(OWN);
    assert.deepEqual(await tokenFetch(page, { cache: 'force-cache' }), { status: 200, sub: 'ada' });
    await signIn('grace');
    assert.deepEqual(await tokenFetch(page, { cache: 'force-cache' }), {
      status: 200,
      sub: 'grace',
    });
    await context.clearCookies();
    assert.deepEqual(await tokenFetch(page, { cache: 'force-cache' }), { status: 401 });
  });
});
