import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startDemo, type Demo } from '../support/demo-site.js';

let demo: Demo;
let site: string;
before(async () => {
  demo = await startDemo();
  site = demo.url.replace('www.publisher.localhost', '127.0.0.1');
});
after(() => demo.close());

const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';

function logIn(fields: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const body = new URLSearchParams({ email: 'anna@example.com', password: 'demo', ...fields });
  return fetch(`${site}/login`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { Origin: site, ...headers },
  });
}

function askForToken(cookie: string) {
  return fetch(`${site}/qualifio/token?campaignId=810001`, {
    headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' },
  });
}

test('the token endpoint answers 401 before the login and a token after it', async () => {
  assert.equal((await askForToken('')).status, 401);
  const answer = await askForToken(cookieOf(await logIn()));
  assert.equal(answer.status, 200);
  const { token } = (await answer.json()) as { token: string };
  assert.equal(token.split('.').length, 3);
});

test('the session cookie cannot be forged, is HttpOnly and only for this host', async () => {
  const [cookie = ''] = (await logIn()).headers.getSetCookie();
  assert.match(cookie, /HttpOnly/);
  assert.match(cookie, /SameSite=Lax/);
  assert.doesNotMatch(cookie, /Domain=/i);
  const forged = cookie.split(';')[0]?.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) ?? '';
  assert.equal((await askForToken(forged)).status, 401);
});

// @holds S25
test('a session id from before the login is invalid after it', async () => {
  const first = cookieOf(await logIn());
  const second = cookieOf(await logIn({ email: 'bruno@example.com' }, { Cookie: first }));
  assert.notEqual(first, second);
  assert.equal((await askForToken(first)).status, 401);
  assert.equal((await askForToken(second)).status, 200);
});

test('a logout ends the session', async () => {
  const cookie = cookieOf(await logIn());
  const headers = { Cookie: cookie, Origin: site };
  const answer = await fetch(`${site}/logout`, { method: 'POST', headers, redirect: 'manual' });
  assert.equal(answer.status, 303);
  assert.equal((await askForToken(cookie)).status, 401);
});

for (const [what, fields] of [
  ['a wrong password', { password: 'Demo' }],
  ['an unknown address', { email: 'nobody@example.com' }],
  ['no password', { password: '' }],
] as const) {
  test(`${what} is refused and starts no session`, async () => {
    const answer = await logIn(fields);
    assert.equal(answer.status, 401);
    assert.match(await answer.text(), /E-mail address or password is wrong/);
    assert.deepEqual(answer.headers.getSetCookie(), []);
  });
}

for (const origin of ['https://evil.example', 'null', 'http://jeux.publisher.localhost:4400']) {
  // @holds S25
  test(`a login form sent from ${origin} is refused`, async () => {
    assert.equal((await logIn({}, { Origin: origin })).status, 403);
  });
}

test('a login without an Origin is refused', async () => {
  assert.equal((await logIn({}, { Origin: '' })).status, 403);
});

for (const returnTo of [
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  'javascript:alert(1)',
  'popin',
  '',
]) {
  // @holds T17
  test(`return_to ${JSON.stringify(returnTo)} leads to the front page`, async () => {
    assert.equal((await logIn({ return_to: returnTo })).headers.get('location'), '/');
  });
}

test('return_to keeps path, query and hash of a page of the site', async () => {
  const answer = await logIn({ return_to: '/popin?from=mail#play' });
  assert.equal(answer.headers.get('location'), '/popin?from=mail#play');
});

test('a host name that is not the demo’s is refused', async () => {
  const { port } = new URL(site);
  const { request } = await import('node:http');
  const status = await new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, headers: { Host: 'evil.example' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
  assert.equal(status, 421);
});

/** Logs in at the accounts' origin, and returns where that sends the browser: to the site, with a code. */
async function codeFromAccounts(state: string): Promise<string> {
  const fields = { email: 'anna@example.com', password: 'demo', return_to: '/popin', state };
  const answer = await fetch(`${site}/accounts/login`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
    headers: { Origin: site },
  });
  return (answer.headers.get('location') ?? '').replace('www.publisher.localhost', '127.0.0.1');
}

// @holds S25
test('single sign-on logs in once, and only the browser that began it', async () => {
  const begun = await fetch(`${site}/sso?return_to=/popin`, { redirect: 'manual' });
  const toAccounts = new URL(begun.headers.get('location') ?? '');
  assert.equal(toAccounts.hostname, 'accounts.publisher.localhost');
  const Cookie = cookieOf(begun);
  const come = (url: string, headers = {}) => fetch(url, { redirect: 'manual', headers });
  const state = toAccounts.searchParams.get('state') ?? '';
  const url = await codeFromAccounts(state);
  const answer = await come(url, { Cookie });
  assert.equal(answer.headers.get('location'), '/popin');
  const session = answer.headers.getSetCookie().find((cookie) => /session/.test(cookie));
  assert.equal((await askForToken(session?.split(';')[0] ?? '')).status, 200);
  assert.equal((await come(url, { Cookie })).status, 403);
  assert.equal((await come(await codeFromAccounts(state))).status, 403);
  assert.equal((await come(await codeFromAccounts('other'), { Cookie })).status, 403);
});
