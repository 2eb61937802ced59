// What the doctor advises about each answer of an endpoint that is no token.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checks } from '../../src/doctor/check-table.js';
import { examined, wrongIn } from './examined.js';
import { json, SiteServer, type Reply } from './healthy-site.js';

const server = await SiteServer.forTests();

const whole = () => ({
  url: new URL(`${server.origin}/contest`),
  jwks: new URL(`${server.origin}/jwks.json`),
});

const shared = { 'Cache-Control': 'public, max-age=300' };
describe('what is said if a request with the cookie gets no token', () => {
  for (const [what, reply, says, advises] of [
    [
      'a 401 leads to what keeps cookies from an endpoint',
      { status: 401 },
      /^401: signed out, or the session cookie is not among/,
      /current session.*`Path`, `SameSite` and host/,
    ],
    [
      'a 401 that caches may store leads to the cache',
      { status: 401, headers: shared },
      /^401: signed out, maybe from a cache/,
      /^Leave the endpoint out of the caches/,
    ],
    [
      'a 401 that is a minute old leads to the cache',
      { status: 401, headers: { 'Cache-Control': 'private', Age: '60' } },
      /^401: signed out, maybe from a cache/,
      /^Leave the endpoint out of the caches/,
    ],
    [
      'a 401 that shared caches may store leads to the cache',
      { status: 401, headers: { 'Cache-Control': 's-maxage=300, max-age=0' } },
      /^401: signed out, maybe from a cache/,
      /^Leave the endpoint out of the caches/,
    ],
    [
      'a 401 with no-store does not lead to the cache',
      { status: 401, headers: { 'Cache-Control': 'no-store, max-age=300' } },
      /^401: signed out, or the session cookie is not among/,
      /^Check that the cookie/,
    ],
  ] as const) {
    it(what, async () => {
      server.site.signedIn = () => reply;
      const { findings } = await examined(whole());
      const { found, fix } = findings.find(({ id }) => id === 'endpoint-signed-in')!;
      assert.match(found, says);
      assert.match(fix, advises);
    });
  }

  it('a 401 that caches may store leads to the cache without the cookie too', async () => {
    server.site.signedOut = { status: 401, headers: shared };
    const { findings } = await examined(whole());
    const { found, fix } = findings.find(({ id }) => id === 'endpoint-signed-out')!;
    assert.match(found, /^401, which a cache may give to participants who are signed in/);
    assert.match(fix, /^Leave the endpoint out of the caches/);
  });

  it('a 403 that caches may store leads to the cache as well', async () => {
    server.site.signedOut = { status: 403, headers: shared };
    const { findings } = await examined(whole());
    const { fix } = findings.find(({ id }) => id === 'endpoint-signed-out')!;
    assert.match(fix, /pass on `Origin`.*may come from a cache: Leave the endpoint out/);
  });

  it('a 403 without the cookie leads there as well', async () => {
    server.site.signedOut = { status: 403 };
    const { findings } = await examined(whole());
    const { fix } = findings.find(({ id }) => id === 'endpoint-signed-out')!;
    assert.match(fix, /^Answer 401 if.*pass on `Origin`/);
  });
});

const page = { headers: { 'Content-Type': 'text/html' }, body: '<!doctype html><h1>Hello</h1>' };
const prefix = ")]}',\n";
const query =
  /must receive `campaignId` and `_` in the query.*each proxy and CDN.*whole query.*`onError` receives the cause/;
const log = /See the log of the endpoint’s server.*`onError` and print its `reason`/;
const headers = /pass on `Origin`, `Sec-Fetch-\*`, `X-Requested-With`.*`allowedOrigins`/;
const number =
  /Correct `auth-endpoint`, or `campaign-id`: it is the number in the tag, not the campaign’s technical ID.*add the campaign/;
const guards = /^Print nothing before the JSON/;
const bodiless = /`GET` without a body/;
const otherwise = /200 with a token, or 401 for a signed-out participant.*a proxy or firewall/;
const address = /does not lead to a login page, correct `auth-endpoint`.*follow redirects/;
const wall =
  /^If it is a login page, or leads to one, leave the endpoint out of your site’s login wall.*correct `auth-endpoint`/;
const refused = /^Answer 401 without a redirect and without a page/;
const session = /the cookie is of a current session/;

describe('each answer without a token', () => {
  const skip = checks.map(({ id }) => id).filter((id) => !/^endpoint-signed/.test(id));
  // What is answered, what to do with the cookie, and without it if that differs. A `null` passes.
  // prettier-ignore
  const rows: readonly (readonly [what: string, reply: Reply, signedIn: RegExp, signedOut?: RegExp | null])[] = [
    ['200 with text', { body: 'Welcome' }, /^Answer `\{"token": "<JWT>"\}`\.$/, refused],
    ['200 with an empty body', { body: '' }, /^Write `\{"token": "<JWT>"\}` into the answer/, refused],
    ['200 with a page', page, /^Check that the cookie.*your site’s login wall.*correct `auth-endpoint`/, wall],
    ['200 with text before its JSON', { body: `${prefix}{"token":null}` }, guards],
    ['200 with text after its JSON', { body: '{"token":null}0' }, /^Print nothing after the JSON/],
    ['200 with broken JSON', { body: "{'token': None}" }, /^Write it with your language’s JSON function/],
    ['200 with code', { body: '<?php echo 1;' }, /^Have the server run the endpoint/],
    ['200 with bytes', { body: Buffer.from([0x1f, 0x8b, 0, 0xff]) }, /^Answer in UTF-8, and compress once/],
    ['200 with another name', { body: '{"jwt":"e30.e30.AA"}' }, /^Rename the member `jwt` to `token`/, refused],
    ['200 with another name, as a page', { ...page, body: '{"jwt":"e30.e30.AA"}' }, /^Rename the member `jwt` to `token`/, refused],
    ['200 with a wrapper', { body: '{"data":{"token":"e30.e30.AA"}}' }, /^Put `token` at the top/, refused],
    ['200 with an error', { body: '{"error":"no session"}' }, /^Call its member `token`.*for a signed-out participant, 401/, refused],
    ['200 with a list', { body: '[]' }, /^Answer an object/, refused],
    ['200 with more than 1 MB', { body: 'x'.repeat(1_100_000) }, /^Answer with the token alone/, refused],
    ['201 with JSON', { status: 201, body: '{"token":"e30.e30.AA"}' }, otherwise],
    ['204', { status: 204 }, session, null],
    ['301', { status: 301, headers: { Location: '/token/' } }, address],
    ['302', { status: 302, headers: { Location: 'https://login.example/' } }, address],
    ['304', { status: 304 }, address],
    ['307', { status: 307, headers: { Location: '/en/token' } }, address],
    ['400', { status: 400, body: '{"error":"bad-request"}' }, query],
    ['400 with a page', { ...page, status: 400 }, query],
    ['401', { status: 401 }, session, null],
    ['401 with a page', { ...page, status: 401 }, session, null],
    ['402', { status: 402 }, otherwise],
    ['403', { status: 403 }, headers],
    ['403 with a page', { ...page, status: 403 }, headers],
    ['404', { status: 404 }, number],
    ['404 with a page', { ...page, status: 404 }, number],
    ['405', { status: 405 }, /answer `GET`/],
    ['406', { status: 406 }, /JSON if the request has `Accept: application\/json, application\/jwt;q=0\.9`/],
    ['409', { status: 409 }, otherwise],
    ['410', { status: 410 }, number],
    ['411', { status: 411 }, bodiless],
    ['413', { status: 413 }, bodiless],
    ['414', { status: 414 }, /^Shorten `auth-endpoint`/],
    ['415', { status: 415 }, bodiless],
    ['421', { status: 421 }, otherwise],
    ['422', { status: 422, body: '{"errors":[]}' }, query],
    ['429', { status: 429 }, /^Wait a minute.*limits requests: allow one for each participant/],
    ['431', { status: 431 }, /accept larger headers, or set fewer and shorter cookies/],
    ['451', { status: 451 }, otherwise],
    ['500', { status: 500 }, log],
    ['500 with a page', { ...page, status: 500 }, log],
    ['501', { status: 501 }, /answer `GET`/],
    ['502', { ...page, status: 502 }, /^Start the endpoint if it does not run: a proxy.*See the log/],
    ['503', { status: 503 }, /^Start the endpoint if it does not run: a proxy.*See the log/],
    ['504', { status: 504 }, /^Start the endpoint if it does not run: a proxy.*See the log/],
    ['507', { status: 507 }, log],
  ];
  for (const [what, reply, signedIn, signedOut = signedIn] of rows) {
    it(`${what}, with the cookie`, async () => {
      server.site.signedIn = () => reply;
      const { findings } = await examined(whole(), { skip });
      const { result, found, fix } = findings.find(({ id }) => id === 'endpoint-signed-in')!;
      assert.equal(result, 'fail');
      assert.ok(found.startsWith(`${reply.status ?? 200}`), found);
      assert.match(fix, signedIn);
      const isOfCookie = signedIn === session || signedIn === address || reply === page;
      assert.equal(/[Cc]heck .*cookie/.test(fix), isOfCookie, fix);
    });

    it(`${what}, without it`, async () => {
      server.site.signedOut = reply;
      const { findings } = await examined({ ...whole(), cookie: undefined }, { skip });
      const { result, fix } = findings.find(({ id }) => id === 'endpoint-signed-out')!;
      assert.equal(result === 'pass', signedOut === null, fix);
      assert.match(fix, signedOut ?? /^$/);
      assert.doesNotMatch(fix, /[Cc]heck .*cookie/);
    });
  }
});

describe('a page in place of the endpoint’s answer has no other fault', () => {
  // A login wall knows none of the endpoint's headers.
  for (const [what, reply, result] of [
    ['with 200', page, 'fail'],
    ['with 404', { ...page, status: 404 }, 'fail'],
    ['after a redirect', { status: 302, headers: { Location: '/login' } }, 'warn'],
  ] as const) {
    for (const host of ['www', 'api']) {
      it(`${what}, on ${host}`, async () => {
        const api = `http://${host}.publisher.localhost:${server.port}`;
        server.site.attributes['auth-endpoint'] = `${api}/token`;
        server.site.policy['connect-src'] = api;
        server.site.endpointHeaders = {};
        server.site.signedOut = reply;
        const report = await examined({ ...whole(), cookie: undefined });
        assert.deepEqual(wrongIn(report), [`endpoint-signed-out ${result}`]);
        server.site.signedIn = () => reply;
        const signedIn = await examined(whole());
        assert.deepEqual(wrongIn(signedIn), [
          `endpoint-signed-out ${result}`,
          'endpoint-signed-in fail',
        ]);
      });
    }
  }
});

describe('each answer without a tag', () => {
  for (const [what, reply, advises] of [
    ['a page', page, wall],
    ['a redirect', { status: 302, headers: { Location: '/login' } }, wall],
    ['text before its JSON', { body: `${prefix}{"tag":{}}` }, guards],
    ['JSON without a tag', { body: '{"token":null}' }, /^Answer `\{"tag":/],
    ['401', { status: 401 }, /^Answer `\{"tag":/],
    ['400', { status: 400 }, query],
    ['404', { status: 404 }, number],
    ['500', { status: 500 }, log],
  ] as const) {
    it(what, async () => {
      server.site.attributes = { 'campaign-id': '123456', 'auth-endpoint': '/token' };
      server.site.tag = reply;
      const { findings } = await examined(whole());
      const { result, fix } = findings.find(({ id }) => id === 'endpoint-tag')!;
      assert.equal(result, 'fail');
      assert.match(fix, advises);
    });
  }
});

describe('each answer without a JWKS', () => {
  for (const [what, body, says, advises] of [
    ['text before its JSON', `${prefix}{"keys":[]}`, /^text before its JSON$/, guards],
    [
      'text after its JSON',
      '{"keys":[]}0',
      /^text after its JSON$/,
      /^Print nothing after the JSON/,
    ],
    ['a page', page.body, /^an HTML page$/, /^Serve `\{"keys": \[…\]\}`.*without a login/],
    ['text', 'soon', /^no JSON$/, /^Serve `\{"keys"/],
    ['another list', '{"key":[]}', /^JSON without a list of keys$/, /^Serve `\{"keys"/],
  ] as const) {
    it(what, async () => {
      server.site.jwks.body = body;
      const { findings } = await examined(whole());
      const { result, found, fix } = findings.find(({ id }) => id === 'jwks-answers')!;
      assert.equal(result, 'fail');
      assert.match(found, says);
      assert.match(fix, advises);
    });
  }

  it('a JWKS with a byte order mark is read', async () => {
    server.site.jwks.body = `\ufeff${json({ keys: server.site.jwks.keys })}`;
    assert.deepEqual(wrongIn(await examined(whole())), []);
  });
});
