// What the doctor says of the place of a fault: which policy, which cache, what it does not see.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Finding } from '../../src/doctor/report.js';
import { examined, wrongIn } from './examined.js';
import { json, SiteServer } from './healthy-site.js';

const server = await SiteServer.forTests();

async function findings(): Promise<readonly Finding[]> {
  return (await examined({ url: new URL(`${server.origin}/contest`) })).findings;
}

async function find(id: string): Promise<Finding> {
  return (await findings()).find((finding) => finding.id === id)!;
}

const meta = (content: string) =>
  server.site.head.unshift(`<meta http-equiv="Content-Security-Policy" content="${content}">`);

describe('of several policies, the report names the one that blocks', () => {
  for (const [what, id, spoil, says] of [
    [
      'the second, in <meta>',
      'policy-frame',
      () => meta("frame-src 'self'"),
      /^frame-src in the page’s <meta> \(policy 2 of 2\) blocks http:\/\/jeux\./,
    ],
    [
      'the first, in the header',
      'policy-frame',
      () => {
        server.site.policy['frame-src'] = "'self'";
        meta("object-src 'none'");
      },
      /^frame-src in the page’s header \(policy 1 of 2\) blocks /,
    ],
    [
      'one for scripts',
      'policy-kit',
      () => meta("script-src 'self'"),
      /^script-src in the page’s <meta> \(policy 2 of 2\) blocks /,
    ],
    [
      'one for requests',
      'policy-endpoint',
      () => meta("connect-src 'none'"),
      /^connect-src in the page’s <meta> \(policy 2 of 2\) blocks /,
    ],
    [
      'one for Trusted Types',
      'policy-trusted-types',
      () => meta('trusted-types lit-html'),
      /^trusted-types in the page’s <meta> \(policy 2 of 2\) does not list qualifio-campaign$/,
    ],
    [
      'none if there is only one',
      'policy-frame',
      () => (server.site.policy['frame-src'] = "'self'"),
      /^frame-src blocks /,
    ],
  ] as const) {
    it(what, async () => {
      spoil();
      const { result, found } = await find(id);
      assert.equal(result, 'fail');
      assert.match(found, says);
    });
  }
});

describe('a cache in front of the endpoint', () => {
  /** Answers everyone with the first token, and lets the guard pass. */
  const store = (headers: Record<string, string> = {}) => {
    let stored: string | undefined;
    const { site } = server;
    site.guard.clear();
    site.signedIn = (token) => ({ headers, body: json({ token: (stored ??= token) }) });
  };

  it('is the first thing that is said, and what follows from it leads there', async () => {
    store({ 'Cache-Control': 'public, max-age=300' });
    const wrong = (await findings()).filter(({ result }) => result === 'fail');
    const [first, ...others] = wrong.filter(({ id }) => /^(endpoint|guard)-/.test(id));
    assert.equal(first!.id, 'endpoint-no-store');
    assert.match(first!.found, /another request got the same token: a cache in front/);
    assert.match(first!.fix, /^Leave the endpoint out of the caches.*Then check again\. If it/);
    assert.ok(others.length > 5, String(others.length));
    for (const { id, fix } of others) {
      assert.match(fix, /^First do what endpoint-no-store says\. If it stays: \w/, id);
    }
  });

  it('is known by the Age of an answer, also if it serves those who are signed out', async () => {
    store({ Age: '12' });
    server.site.signedOut = { headers: { Age: '12' }, body: json({ token: 'e30.e30.AA' }) };
    const { found, fix } = await find('endpoint-signed-out');
    assert.match(found, /^a token, although no cookie was sent; its Age is 12 s: a cache/);
    assert.match(fix, /^Leave the endpoint out.*If it stays: Sign only for a signed-in session\.$/);
  });

  for (const [what, jti] of [
    ['differ', true],
    ['have no jti, and may be equal if they are of one second', false],
  ] as const) {
    it(`is not said if tokens ${what}`, async () => {
      server.site.guard.delete('null-origin');
      if (!jti) Object.assign(server.site.claims, { jti: undefined, iat: 1e9, exp: 1e9 + 60 });
      const { fix } = await find('guard-null-origin');
      assert.match(fix, /^Answer 403 to `Origin: null`/);
    });
  }

  it('may also have replaced the header', async () => {
    server.site.endpointHeaders['Cache-Control'] = 'private';
    assert.match((await find('endpoint-no-store')).fix, /a proxy or CDN replaces it/);
  });
});

it('says of a token with the given cookie that a browser may not send that cookie', async () => {
  const { result, found } = await find('endpoint-signed-in');
  assert.equal(result, 'pass');
  assert.match(found, /not checked: whether browsers send it there \(its Path, /);
});

it('says which key did not sign a token', async () => {
  server.site.change = (token) => token.replace(/\.[^.]{9}([^.]*)$/, '.AAAAAAAAA$1');
  const report = await examined({
    url: new URL(`${server.origin}/contest`),
    jwks: new URL(`${server.origin}/jwks.json`),
  });
  assert.deepEqual(wrongIn(report), ['token-signature fail']);
  const { found } = report.findings.find(({ id }) => id === 'token-signature')!;
  assert.equal(found, 'the key with this kid did not sign the token');
});
