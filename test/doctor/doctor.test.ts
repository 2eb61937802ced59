// Each check finds its fault, and only that, in a set-up that is otherwise right.
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { beforeEach, describe, it } from 'node:test';
import { publisherKeys } from '../support/publisher-keys.js';
import { checks } from '../../src/doctor/check-table.js';
import { examined, wrongIn } from './examined.js';
import { faults, variants } from './faults.js';
import { json, SiteServer, type Site } from './healthy-site.js';

const server = await SiteServer.forTests();

const jwe = `${Buffer.from('{"alg":"RSA-OAEP-256","enc":"A256GCM"}').toString('base64url')}.AAAA.AAAA.AAAA.AAAA`;
const whole = () => ({
  url: new URL(`${server.origin}/contest`),
  jwks: new URL(`${server.origin}/jwks.json`),
});

describe('nothing is wrong with a set-up', () => {
  for (const [what, change] of Object.entries(variants)) {
    it(what, async () => {
      change(server.site);
      const report = await examined(whole());
      assert.deepEqual(wrongIn(report), []);
      assert.ok(report.summary.pass > 40, JSON.stringify(report.summary));
      assert.ok(server.requests.length <= 40);
    });
  }
});

describe('exactly one thing is wrong:', () => {
  for (const { id, what, spoil, result, skip } of faults) {
    it(`${id}: ${what}`, async () => {
      spoil(server.site);
      const report = await examined(whole(), { skip });
      assert.deepEqual(
        wrongIn(report),
        [`${id} ${result}`],
        JSON.stringify(report.findings.filter((f) => ['fail', 'warn'].includes(f.result))),
      );
      const finding = report.findings.find((one) => one.id === id && one.result === result);
      assert.ok(finding!.fix.length > 10 && finding!.docs.endsWith(`#${id}`));
      const printed = JSON.stringify(report.findings);
      for (const secret of ['a-secret-of', 'reader-7-of', 'ada.lovelace']) {
        assert.ok(!printed.includes(secret), secret);
      }
    });
  }
});

it('says that a cache may have an old JWKS', async () => {
  server.site.tokenHeader['kid'] = 'doctor-2';
  server.site.jwks.keys[0] = (await publisherKeys('RS256')).publicJwk;
  Object.assign(server.site.jwks.keys[0]!, { kid: 'doctor-1' });
  server.site.jwks.headers!['Age'] = '7200';
  const { findings } = await examined(whole());
  const { found, fix } = findings.find(({ id }) => id === 'token-kid')!;
  assert.match(found, /which has doctor-1; a cache has had the JWKS for 7200 s$/);
  assert.match(fix, /empty the cache.*If not, publish the key that signs/);
});

it('says of a wrong key that a cache has it', async () => {
  server.site.jwks.keys[0]!.use = 'enc';
  server.site.jwks.headers!['Age'] = '30';
  const { findings } = await examined(whole());
  const { found, fix } = findings.find(({ id }) => id === 'jwks-alg')!;
  assert.equal(found, 'key doctor-1: use is not sig; a cache has had the JWKS for 30 s');
  assert.match(fix, /empty the cache/);
});

for (const [what, sub, words] of [
  ['null', null, 'sub is null'],
  ['a number', 7, 'sub is not text'],
  ['only spaces', ' ', 'sub is empty'],
] as const) {
  it(`says that sub is ${what}`, async () => {
    server.site.claims['sub'] = sub;
    const { findings } = await examined(whole());
    const { found, fix } = findings.find(({ id }) => id === 'token-sub')!;
    assert.equal(found, words);
    assert.match(fix, /look at the account of this one/);
  });
}

it('says what a sandbox of the policy lacks', async () => {
  server.site.policy['sandbox'] = 'allow-scripts';
  const { findings } = await examined(whole());
  const { found, fix } = findings.find(({ id }) => id === 'policy-frame')!;
  assert.equal(found, 'sandbox without allow-same-origin: page and frame have no origin');
  assert.match(fix, /^Add `allow-same-origin` to `sandbox`/);
});

it('names a Content-Encoding that is not that of the body', async () => {
  const headers = { 'Content-Encoding': 'gzip' };
  server.site.signedIn = (token) => ({ headers, body: json({ token }) });
  const signedIn = await examined(whole());
  const wrong = signedIn.findings.find(({ id }) => id === 'endpoint-signed-in')!;
  assert.equal(wrong.found, 'the body is not gzip, which Content-Encoding names');
  assert.match(wrong.fix, /^Leave out `Content-Encoding`, or compress/);
  server.site.endpointHeaders['Content-Encoding'] = 'gzip';
  const { findings } = await examined(whole());
  const first = findings.find(({ id }) => id === 'endpoint-answers')!;
  assert.equal(first.result, 'fail');
  assert.equal(first.found, wrong.found);
  assert.equal(first.fix, wrong.fix);
});

for (const prefix of ['Bearer ', 'bearer\n']) {
  it(`names ${JSON.stringify(prefix)} before a token`, async () => {
    server.site.change = (token) => prefix + token;
    const { findings } = await examined(whole());
    const { found, fix } = findings.find(({ id }) => id === 'token-form')!;
    assert.equal(found, '`Bearer` is before the token');
    assert.match(fix, /^Answer the token alone, without `Bearer`/);
  });
}

for (const [what, keyId, shown] of [
  ['with the publisher’s name, as in claims and the cookie', 'com.publisher__Host-se', undefined],
  ['that repeats the cookie is hidden', 'key-a-secret-of-the-session', '(hidden)'],
] as const) {
  it(`names the kid that the JWKS does not have, beside those it has: one ${what}`, async () => {
    server.site.tokenHeader['kid'] = keyId;
    const { findings } = await examined(whole());
    const { found } = findings.find(({ id }) => id === 'token-kid')!;
    assert.equal(found, `${shown ?? keyId} is not in the JWKS, which has doctor-1`);
  });
}

for (const [what, spoil, fix] of [
  [
    'is published under another name',
    () => undefined,
    /^The key that signs is published as doctor-1: give the token and the JWKS the same `kid`\.$/,
  ],
  [
    'is not published',
    (site: Site) => (site.change = (token) => token.replace(/\.[^.]{9}([^.]*)$/, '.AAAAAAAAA$1')),
    /^Publish the key that signs/,
  ],
] as const) {
  it(`says what to do about a kid that the JWKS does not have, if the key ${what}`, async () => {
    server.site.tokenHeader['kid'] = 'doctor-2';
    spoil(server.site);
    const { findings } = await examined(whole());
    assert.match(findings.find(({ id }) => id === 'token-kid')!.fix, fix);
  });
}

describe('the requests', () => {
  it('are GET, OPTIONS and one POST, and the cookie goes to page and endpoint alone', async () => {
    server.site.attributes['host'] = `jeux.publisher.localhost:${server.port}`;
    await examined(whole());
    const lines = server.requests.map(({ line }) => line);
    assert.deepEqual(
      lines.filter((line) => !/^(GET|OPTIONS) /.test(line)),
      ['POST /token'],
    );
    const withCookie = server.requests.filter(({ hasCookie }) => hasCookie);
    assert.deepEqual([...new Set(withCookie.map(({ line }) => line))].sort(), [
      'GET /contest',
      'GET /token',
      'POST /token',
    ]);
    assert.ok(withCookie.every(({ host }) => host === 'www.publisher.localhost'));
  });

  it('bring no cookie to an endpoint of another site', async () => {
    server.site.attributes['auth-endpoint'] = `http://www.stranger.localhost:${server.port}/token`;
    await examined(whole());
    const elsewhere = server.requests.filter(({ host }) => host === 'www.stranger.localhost');
    assert.ok(elsewhere.length > 0);
    assert.ok(elsewhere.every(({ hasCookie }) => !hasCookie));
  });

  it('are at most 40, however many campaigns there are', async () => {
    const campaigns = Array.from({ length: 60 }, (_, index) => String(index + 1));
    const endpoint = new URL(`${server.origin}/token`);
    await examined({ endpoint, campaigns: ['123456', ...campaigns] });
    assert.equal(server.requests.length, 40);
  });

  it('end with the first that an endpoint does not answer in time', async () => {
    const endpoint = new URL(`${server.origin}/slow`);
    const never = await examined({ endpoint, campaigns: ['1'] }, { patience: 100 });
    assert.deepEqual(wrongIn(never), ['endpoint-answers fail']);
    assert.equal(server.requests.length, 1);
    server.requests.length = 0;
    server.site.signedIn = () => null;
    const campaigns = ['123456', '7', '8'];
    server.site.guard.delete('unknown-campaign');
    const late = await examined({ ...whole(), campaigns }, { patience: 3000 });
    assert.deepEqual(wrongIn(late), ['endpoint-signed-in fail']);
    const ofToken = server.requests.filter((one) => one.line.endsWith('/token') && one.hasCookie);
    assert.equal(ofToken.length, 1);
  });

  it('have one POST, also where a page has two endpoints', async () => {
    const second = Object.entries({ ...server.site.attributes, 'auth-endpoint': '/token?two' });
    const attributes = second.map(([name, value]) => ` ${name}="${value}"`).join('');
    server.site.after = `<qualifio-campaign${attributes}></qualifio-campaign>`;
    assert.deepEqual(wrongIn(await examined(whole())), ['page-duplicate fail']);
    assert.equal(server.requests.filter(({ line }) => line.startsWith('POST')).length, 1);
  });

  it('are cut off after 1 MB of an answer', async () => {
    server.site.signedIn = () => ({ body: Buffer.alloc(3_000_000, ' ') });
    const report = await examined(whole());
    assert.deepEqual(wrongIn(report), ['endpoint-signed-in fail']);
    assert.ok(report.findings.some(({ found }) => found === '200 with more than 1 MB'));
  });
});

describe('an endpoint on another origin', () => {
  const api = () => `http://api.publisher.localhost:${server.port}`;
  const permit = (origin: string) => ({
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Headers': 'x-requested-with',
  });
  beforeEach(() => {
    server.site.attributes['auth-endpoint'] = `${api()}/token`;
    server.site.policy['connect-src'] = api();
  });

  it('that permits its page has nothing wrong', async () => {
    server.site.cors = (origin): Record<string, string> =>
      origin === server.origin ? permit(origin) : {};
    assert.deepEqual(wrongIn(await examined(whole())), []);
  });

  it('that permits its page twice is found, and that a proxy may do it', async () => {
    server.site.cors = (origin): Record<string, string> =>
      origin === server.origin ? permit(`${origin}, ${origin}`) : {};
    const report = await examined(whole());
    assert.deepEqual(wrongIn(report), ['endpoint-cors fail']);
    const { found, fix } = report.findings.find(({ id }) => id === 'endpoint-cors')!;
    assert.match(found, /more than once/);
    assert.match(fix, /once, .*the proxy in front of it/);
  });

  it('that permits none is found', async () => {
    assert.deepEqual(wrongIn(await examined(whole())), ['endpoint-cors fail']);
  });
});

describe('without a cookie', () => {
  it('a stranger who may read answers is found', async () => {
    server.site.cors = (origin) => ({ 'Access-Control-Allow-Origin': origin });
    const report = await examined({ ...whole(), cookie: undefined });
    assert.deepEqual(wrongIn(report), ['guard-cors fail']);
  });

  it('nothing is wrong, and what needs a token is skipped', async () => {
    const { findings } = await examined({ ...whole(), cookie: undefined });
    const wrong = findings.filter(({ result }) => result === 'fail' || result === 'warn');
    assert.deepEqual(wrong, []);
    const ofToken = findings.filter(({ id }) => /^(token-|guard-post)/.test(id));
    assert.ok(ofToken.length > 10 && ofToken.every(({ result }) => result === 'skipped'));
  });
});

describe('a technical ID that is also the number in the tag passes with a remark', () => {
  const noToken = ['endpoint-signed-in fail'];
  for (const [what, options, spoil, wrong = []] of [
    ['as the token’s campaignId', { tokenCampaign: undefined }, () => undefined],
    ['also as --token-campaign', { tokenCampaign: '123456' }, () => undefined],
    ['without a cookie', { tokenCampaign: '123456', cookie: undefined }, () => undefined],
    [
      'as token-campaign-id',
      { tokenCampaign: undefined, cookie: undefined },
      (site: Site) => (site.attributes['token-campaign-id'] = '123456'),
    ],
    [
      'of an encrypted token',
      { tokenCampaign: '123456' },
      (site: Site) => (site.change = () => jwe),
    ],
    [
      'that the endpoint does not know',
      { tokenCampaign: '123456' },
      (site: Site) => (site.signedIn = () => ({ status: 404 })),
      noToken,
    ],
  ] as const) {
    it(what, async () => {
      server.site.claims['campaignId'] = '123456';
      spoil(server.site);
      const report = await examined({ ...whole(), ...options });
      assert.deepEqual(wrongIn(report), wrong);
      const [first, ...others] = report.findings.filter(({ id }) => id === 'token-campaign');
      assert.equal(first!.result, 'pass');
      assert.match(first!.found, /^123456, which is also the number in the tag.*`campaign-id`/);
      assert.deepEqual(others, []);
    });
  }
});

it('a page whose script builds the element is a warning if --endpoint is given', async () => {
  server.site.page.body = '<!doctype html><p>Nothing here yet';
  const endpoint = new URL(`${server.origin}/token`);
  const report = await examined({ ...whole(), endpoint, campaigns: ['123456'] });
  assert.deepEqual(wrongIn(report), ['page-element warn']);
});

it('an encrypted token passes, and what is in it is skipped', async () => {
  server.site.change = () => jwe;
  const report = await examined(whole());
  assert.deepEqual(wrongIn(report), []);
  const of = (id: string) => report.findings.find((finding) => finding.id === id)!;
  assert.match(of('token-form').found, /^JWE RSA-OAEP-256: only Qualifio can read it$/);
  assert.deepEqual([of('token-form').result, of('token-sub').result], ['pass', 'skipped']);
});

it('finds an endpoint over http that is not on loopback', async () => {
  const endpoint = new URL(`http://0.0.0.0:${server.port}/token`);
  const report = await examined({ endpoint, campaigns: ['123456'], cookie: undefined });
  assert.deepEqual(wrongIn(report), ['host-https fail']);
});

it('verifies signatures with a public key, and finds another', async () => {
  const endpoint = new URL(`${server.origin}/token`);
  const { publicPem } = await publisherKeys('RS256');
  const own = createPublicKey({ key: server.site.jwks.keys[0]!, format: 'jwk' });
  const pem = own.export({ type: 'spki', format: 'pem' }).toString();
  const given = { endpoint, campaigns: ['123456'] };
  assert.deepEqual(wrongIn(await examined({ ...given, publicKey: pem })), []);
  const wrong = await examined({ ...given, publicKey: publicPem });
  assert.deepEqual(wrongIn(wrong), ['token-signature fail']);
});

it('verifies signatures with the bytes of a secret, and finds others', async () => {
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const given = { endpoint: new URL(`${server.origin}/token`), campaigns: ['123456'] };
  server.site.secret = secret;
  server.site.tokenHeader = { alg: 'HS256' };
  assert.deepEqual(wrongIn(await examined({ ...given, secret })), []);
  const wrong = await examined({ ...given, secret: secret.map((byte) => byte ^ 1) });
  assert.deepEqual(wrongIn(wrong), ['token-signature fail']);
});

it('has a test for every check', () => {
  const tested = new Set(faults.map(({ id }) => id));
  const elsewhere = ['host-https', 'host-certificate', 'endpoint-answers', 'endpoint-cors'];
  assert.deepEqual(
    checks.map(({ id }) => id).filter((id) => !tested.has(id)),
    elsewhere,
  );
});
