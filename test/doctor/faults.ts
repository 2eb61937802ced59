import { createHash, generateKeyPairSync } from 'node:crypto';
import { json, kid, type Site } from './healthy-site.js';

/** One fault, and what is found. */
export interface Fault {
  /** The check that finds it. */
  readonly id: string;
  readonly result: 'fail' | 'warn';
  readonly what: string;
  readonly spoil: (site: Site) => void;
  /** Checks that are left out: those that need a DNS. */
  readonly skip: readonly string[];
}

const now = () => Math.floor(Date.now() / 1000);
const header = (site: Site, name: string, value?: string) => {
  if (value === undefined) delete site.endpointHeaders[name];
  else site.endpointHeaders[name] = value;
};
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({
  format: 'jwk',
});
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
  format: 'jwk',
});
const tag = (host: string, number = '123456') => `<div id="qualifio_insert_place_${number}"></div>
<script>(function(d,u){var s=d.createElement('script');s.src=u;d.head.appendChild(s)})(document,'//${host}/kit/qualp.2.min.js');
_qual_async.push(['createIframe','qualifio_insert_place_${number}','${host}','20','B7FDCFDA-C477-C4BA-3C54-728AD8594DE6','100%','1200','','','','']);</script>`;

const library = (type?: string, options?: string) => ({
  headers: {
    ...(type && { 'Content-Type': type }),
    ...(options && { 'X-Content-Type-Options': options }),
  },
});

type FaultRow = readonly [
  id: string,
  what: string,
  spoil: (site: Site) => void,
  result?: 'warn' | undefined,
  skip?: readonly string[],
];
const rows: readonly FaultRow[] = [
  ['page-element', 'no element', (s) => (s.page.body = '<!doctype html><p>Nothing here')],
  ['page-element', 'not a page', (s) => (s.page = { ...s.page, status: 404, body: 'gone' })],
  [
    'page-element',
    'a redirect',
    (s) => {
      s.page.status = 302;
      s.page.headers['Location'] = 'https://login.example/?return=1';
    },
  ],
  [
    'page-element',
    'a pasted tag that is cut off',
    (s) => {
      s.attributes = { 'auth-endpoint': '/token' };
      s.inside = `<template>${tag(s.host).slice(0, -60)}</template>`;
    },
  ],
  [
    'page-element',
    'a tag in the page that is cut off',
    (s) => {
      const cut = tag(s.host).replace(/,'100%'.*<.script>/s, '</script>');
      s.page.body = `<!doctype html><body>${cut}<qualifio-sign-in auth-endpoint="/token"></qualifio-sign-in>`;
    },
  ],
  ['page-attributes', 'an invalid channel', (s) => (s.attributes['channel-id'] = 'B7FDCFDA')],
  ['page-attributes', 'an unknown word', (s) => (s.attributes['loading'] = 'manuel')],
  ['page-attributes', 'an invalid duration', (s) => (s.attributes['token-timeout'] = '10 s')],
  [
    'page-attributes',
    'a login page over http',
    (s) => (s.attributes['login-url'] = 'http://login.example/'),
  ],
  ['page-misspelt', 'a misspelt attribute', (s) => (s.attributes['login-ulr'] = '/login'), 'warn'],
  [
    'page-kit',
    'the kit in the page',
    (s) => (s.after = `<script src="${s.kitUrl}"></script>`),
    'warn',
  ],
  [
    'page-kit',
    'a tag of another kit',
    (s) => {
      s.policy['script-src'] += " 'unsafe-inline'";
      s.after = tag(s.host, '7');
    },
    'warn',
  ],
  [
    'page-allowed-hosts',
    'a list with another port',
    (s) =>
      s.head.push(
        '<script defer src="/qualifio-campaign.min.js" data-allowed-hosts="jeux.publisher.localhost"></script>',
      ),
  ],
  ['page-height', 'no reserved height', (s) => (s.styles = 'body { margin: 0 }'), 'warn'],
  [
    'page-height',
    'a rule in a <style> that the policy blocks',
    (s) => {
      s.styles = 'body { margin: 0 }';
      s.head.push('<style>qualifio-campaign { min-height: 9px }</style>');
      s.policy['style-src'] = "'self'";
    },
    'warn',
  ],
  [
    'page-height',
    'a style attribute that the policy blocks',
    (s) => {
      s.styles = 'body { margin: 0 }';
      s.attributes['style'] = 'min-height: 9px';
      s.policy['style-src'] = "'self' 'nonce-r4nd0m'";
    },
    'warn',
  ],
  ...['require-corp', 'credentialless'].map((value): FaultRow => [
    'page-coep',
    value,
    (s) => (s.page.headers['Cross-Origin-Embedder-Policy'] = value),
  ]),
  [
    'page-integrity',
    'another hash',
    (s) => {
      const hash = 'sha384-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
      s.head.push(
        `<script src="/qualifio-campaign.min.js" integrity="${hash}" data-kit-url="${s.kitUrl}"></script>`,
      );
    },
  ],
  [
    'page-integrity',
    'a hash without crossorigin',
    (s) => {
      const hash = `sha384-${createHash('sha384').update(s.library.body).digest('base64')}`;
      const at = s.kitUrl.replace('kit/qualp.2.min.js', 'qualifio-campaign.min.js');
      s.head.push(`<script src="${at}" integrity="${hash}" data-kit-url="${s.kitUrl}"></script>`);
    },
  ],
  ...(
    [
      ['no file', { status: 404 }],
      ['a page', { body: '\n<!doctype html><h1>Not found</h1>' }],
      ['text with nosniff', library('text/plain', 'nosniff')],
      ['bytes with nosniff', library('application/octet-stream', 'nosniff')],
      ['no media type with nosniff', library(undefined, 'nosniff')],
      ['a picture', library('image/svg+xml')],
    ] as const
  ).map(([what, reply]): FaultRow => [
    'page-integrity',
    `${what} in place of the library`,
    (s) => Object.assign(s.library, reply),
  ]),
  [
    'page-integrity',
    'a module as text',
    (s) => {
      s.library.headers = { 'Content-Type': 'text/plain' };
      s.scriptAttributes = ' type="module"';
    },
  ],
  ...['type="text/plain"', 'type="text/javascript; charset=utf-8"', 'nomodule'].map(
    (mark): FaultRow => [
      'page-integrity',
      `a library with ${mark}`,
      (s) => (s.scriptAttributes = ` ${mark}`),
    ],
  ),
  ...['data-src', 'data-cmp-src'].map((name): FaultRow => [
    'page-integrity',
    `a library with ${name} in place of src`,
    (s) => (s.scriptSource = name),
  ]),
  ['policy-present', 'no policy', (s) => (s.policy = {}), 'warn'],
  [
    'policy-present',
    'a policy that only reports',
    (s) => {
      s.policy = {};
      s.page.headers['Content-Security-Policy-Report-Only'] = "default-src 'none'";
    },
    'warn',
  ],
  ['policy-kit', 'script-src without the kit', (s) => (s.policy['script-src'] = "'self'")],
  [
    'policy-kit',
    'script-src without the library',
    (s) => (s.policy['script-src'] = `http://${s.host}`),
  ],
  [
    'policy-kit',
    'script-src without the tag in the page',
    (s) => {
      s.attributes['auth-endpoint'] = '/token';
      s.page.body = `<!doctype html><body>${tag(s.host)}<qualifio-sign-in auth-endpoint="/token"></qualifio-sign-in>`;
    },
  ],
  [
    'policy-frame',
    'frame-src with another port',
    (s) => (s.policy['frame-src'] = 'http://jeux.publisher.localhost:1'),
  ],
  [
    'policy-frame',
    'a second policy in <meta>',
    (s) => s.head.unshift('<meta http-equiv="Content-Security-Policy" content="frame-src https:">'),
  ],
  [
    'policy-frame',
    'a sandbox without an origin',
    (s) => (s.policy['sandbox'] = 'allow-scripts allow-forms'),
  ],
  ['policy-endpoint', 'no connect-src', (s) => delete s.policy['connect-src']],
  ['policy-trusted-types', 'another name', (s) => (s.policy['trusted-types'] = 'lit-html')],
  [
    'policy-frame-src',
    'no frame-src',
    (s) => {
      delete s.policy['frame-src'];
      delete s.policy['default-src'];
    },
    'warn',
  ],
  ['policy-base-uri', 'no base-uri', (s) => delete s.policy['base-uri'], 'warn'],
  [
    'policy-frame-ancestors',
    'no frame-ancestors',
    (s) => delete s.policy['frame-ancestors'],
    'warn',
  ],
  [
    'policy-frame-ancestors',
    'frame-ancestors in <meta> alone',
    (s) => {
      delete s.policy['frame-ancestors'];
      s.head.unshift(
        `<meta http-equiv="content-security-policy" content="frame-ancestors 'none'">`,
      );
    },
    'warn',
  ],
  [
    'host-resolves',
    'a host without an address',
    (s) => moveTo(s, 'jeux.publisher.invalid'),
    undefined,
    ['host-site', 'host-https'],
  ],
  ['host-kit', 'a page in place of the kit', (s) => (s.kit.body = '<!doctype html><h1>404</h1>')],
  ['host-kit', 'no kit', (s) => (s.kit.status = 404)],
  [
    'host-kit',
    'a redirect',
    (s) => Object.assign(s.kit, { status: 302, headers: { Location: '/elsewhere.js' } }),
  ],
  ['host-site', 'another site', (s) => moveTo(s, s.host.replace('publisher', 'agency')), 'warn'],
  [
    'host-vendor',
    'a host of Qualifio',
    (s) => moveTo(s, 'tenant.qualifioapp.com'),
    'warn',
    ['host-resolves', 'host-https', 'host-certificate'],
  ],
  [
    'endpoint-signed-out',
    'a page with 200',
    (s) =>
      (s.signedOut = { headers: { 'Content-Type': 'text/html' }, body: '<!doctype html>Log in' }),
  ],
  [
    'endpoint-signed-out',
    'a redirect',
    (s) => (s.signedOut = { status: 302, headers: { Location: '/login' } }),
    'warn',
  ],
  [
    'endpoint-signed-out',
    '401 that caches may store',
    (s) => (s.signedOut = { status: 401, headers: { 'Cache-Control': 'public, max-age=300' } }),
    'warn',
  ],
  ['endpoint-signed-out', '403', (s) => (s.signedOut = { status: 403 }), 'warn'],
  ['endpoint-signed-out', '500', (s) => (s.signedOut = { status: 500 })],
  ['endpoint-signed-out', '404', (s) => (s.signedOut = { status: 404 })],
  [
    'endpoint-signed-out',
    'a token for no one',
    (s) => (s.signedOut = { body: json({ token: 'e30.e30.AA' }) }),
  ],
  ['endpoint-signed-in', '401 with a cookie', (s) => (s.signedIn = () => ({ status: 401 }))],
  [
    'endpoint-signed-in',
    'a redirect',
    (s) => (s.signedIn = () => ({ status: 302, headers: { Location: '/login' } })),
  ],
  [
    'endpoint-signed-in',
    'a token under another name',
    (s) => (s.signedIn = (jwt) => ({ body: json({ jwt }) })),
  ],
  [
    'endpoint-hosts',
    'another host',
    (s) => (s.signedIn = (token) => ({ body: json({ token, hosts: ['play.example'] }) })),
  ],
  [
    'endpoint-tag',
    'no tag',
    (s) => {
      s.attributes = { 'campaign-id': '123456', 'auth-endpoint': '/token' };
      s.tag = { status: 404 };
    },
  ],
  [
    'endpoint-tag',
    'a tag without its channel',
    (s) => {
      s.attributes = { 'campaign-id': '123456', 'auth-endpoint': '/token' };
      s.tag = { body: json({ tag: { host: s.host } }) };
    },
  ],
  ['endpoint-no-store', 'no no-store', (s) => header(s, 'Cache-Control', 'private')],
  ['endpoint-nosniff', 'no nosniff', (s) => header(s, 'X-Content-Type-Options'), 'warn'],
  ['endpoint-vary', 'no Vary', (s) => header(s, 'Vary'), 'warn'],
  ['endpoint-vary', 'a Vary without Cookie', (s) => header(s, 'Vary', 'Origin'), 'warn'],
  ['guard-navigation', 'a navigation', (s) => s.guard.delete('navigation')],
  ['guard-foreign-origin', 'a stranger', (s) => s.guard.delete('foreign-origin')],
  ['guard-null-origin', 'no origin', (s) => s.guard.delete('null-origin')],
  ['guard-cross-site', 'cross-site', (s) => s.guard.delete('cross-site')],
  ['guard-same-site', 'same-site', (s) => s.guard.delete('same-site')],
  ['guard-no-headers', 'no headers', (s) => s.guard.delete('no-headers')],
  ['guard-post', 'a POST', (s) => s.guard.delete('method')],
  ['guard-unknown-campaign', 'an unknown campaign', (s) => s.guard.delete('unknown-campaign')],
  ['guard-malformed-campaign', 'a malformed campaign', (s) => s.guard.delete('malformed-campaign')],
  ['guard-cors', 'every origin', (s) => (s.cors = () => ({ 'Access-Control-Allow-Origin': '*' }))],
  [
    'guard-cors',
    'a reflected origin',
    (s) => (s.cors = (o) => ({ 'Access-Control-Allow-Origin': o })),
  ],
  [
    'guard-cors',
    'origins that end like its own',
    (s) =>
      (s.cors = (o) =>
        o.endsWith('publisher.localhost') ? { 'Access-Control-Allow-Origin': o } : {}),
  ],
  ['guard-cors', 'null', (s) => (s.cors = () => ({ 'Access-Control-Allow-Origin': 'null' }))],
  [
    'guard-cors',
    'origins that begin like its own',
    (s) =>
      (s.cors = (o) =>
        /^https?:\/\/www\.publisher/.test(o) ? { 'Access-Control-Allow-Origin': o } : {}),
  ],
  ['token-form', 'two parts', (s) => (s.change = (t) => t.split('.').slice(0, 2).join('.'))],
  ['token-form', 'Bearer before it', (s) => (s.change = (t) => `Bearer ${t}`)],
  ['token-form', 'no signature', (s) => (s.change = (t) => t.replace(/\.[^.]*$/, '.'))],
  [
    'token-form',
    'a payload that is no JSON',
    (s) => (s.change = (t) => t.replace(/\.[^.]+\./, '.AAAA.')),
  ],
  ['token-form', 'alg none', (s) => (s.change = (t) => t.replace(/^[^.]+/, 'eyJhbGciOiJub25lIn0'))],
  [
    'token-alg',
    'an alg that is not documented',
    (s) => {
      s.tokenHeader['alg'] = 'PS256';
      s.jwks.keys[0]!.alg = 'PS256';
    },
    'warn',
  ],
  ['token-kid', 'another kid', (s) => (s.tokenHeader['kid'] = 'doctor-2')],
  ['token-kid', 'no kid', (s) => delete s.tokenHeader['kid']],
  [
    'token-kid',
    'a kid that is not text, in the JWKS as well',
    (s) => {
      Object.assign(s.tokenHeader, { kid: false });
      for (const key of s.jwks.keys) Object.assign(key, { kid: false });
    },
    undefined,
    ['jwks-kid'],
  ],
  [
    'token-signature',
    'another signature',
    (s) => (s.change = (t) => t.replace(/\.[^.]{9}([^.]*)$/, '.AAAAAAAAA$1')),
  ],
  ['token-lifetime', 'no exp', (s) => (s.claims['exp'] = undefined)],
  ['token-lifetime', 'an hour', (s) => (s.claims['exp'] = now() + 3600)],
  ['token-lifetime', 'milliseconds', (s) => (s.claims['exp'] = Date.now() + 300_000)],
  [
    'token-time',
    'expired',
    (s) => Object.assign(s.claims, { iat: now() - 400, exp: now() - 100, nbf: now() - 500 }),
  ],
  ['token-time', 'not yet valid', (s) => (s.claims['nbf'] = now() + 100)],
  ['token-sub', 'no sub', (s) => (s.claims['sub'] = undefined)],
  ['token-sub', 'an empty sub', (s) => (s.claims['sub'] = '')],
  ['token-sub', 'a number', (s) => (s.claims['sub'] = 7)],
  ['token-campaign', 'no campaignId', (s) => (s.claims['campaignId'] = undefined)],
  ['token-campaign', 'another campaign', (s) => (s.claims['campaignId'] = '98766')],
  ['token-campaign', 'the number in the tag', (s) => (s.claims['campaignId'] = '123456')],
  ['token-jti', 'no jti', (s) => (s.claims['jti'] = undefined), 'warn'],
  ['token-jti-twice', 'the same jti', (s) => (s.claims['jti'] = 'always-the-same-one')],
  [
    'token-size',
    'a large answer',
    (s) => (s.signedIn = (token) => ({ body: json({ token, more: 'x'.repeat(70_000) }) })),
  ],
  ['token-payload', 'a large payload', (s) => (s.claims['custom'] = 'x'.repeat(9000)), 'warn'],
  [
    'token-personal-data',
    'an address',
    (s) => (s.claims['form'] = { email: 'ada.lovelace@example.com' }),
    'warn',
  ],
  [
    'token-clock',
    'a clock that is five minutes slow',
    (s) => {
      header(s, 'Date', new Date(Date.now() - 300_000).toUTCString());
      Object.assign(s.claims, { iat: now() - 300, nbf: now() - 420, exp: now() });
    },
    'warn',
  ],
  [
    'token-clock',
    'a clock that is five minutes fast',
    (s) => {
      header(s, 'Date', new Date(Date.now() + 300_000).toUTCString());
      Object.assign(s.claims, { iat: now() + 300, nbf: now() + 180, exp: now() + 600 });
    },
    'warn',
  ],
  ['jwks-answers', 'not found', (s) => (s.jwks.status = 404)],
  ['jwks-answers', 'no keys', (s) => (s.jwks.body = '{"keys":[]}')],
  ['jwks-answers', 'a page', (s) => (s.jwks.body = '<!doctype html>')],
  ['jwks-redirect', 'a redirect', (s) => (s.jwks.status = 301)],
  ['jwks-private', 'a private key', (s) => (s.jwks.keys[0]!.d = 'AAAA')],
  [
    'jwks-symmetric',
    'a secret',
    (s) => s.jwks.keys.push({ kty: 'oct', k: 'AAAA', kid: 'secret-1' }),
  ],
  ['jwks-kid', 'one kid twice', (s) => s.jwks.keys.push({ ...other, kid } as never)],
  ['jwks-kid', 'a key without one', (s) => s.jwks.keys.push(other as never)],
  ['jwks-rsa', 'a short key', (s) => s.jwks.keys.push({ ...weak, kid: 'doctor-2' } as never)],
  ['jwks-alg', 'an alg of another kind', (s) => (s.jwks.keys[0]!.alg = 'ES256')],
  ['jwks-alg', 'a key for encryption', (s) => (s.jwks.keys[0]!.use = 'enc')],
  [
    'jwks-alg',
    'a key that may not verify',
    (s) => Object.assign(s.jwks.keys[0]!, { key_ops: ['encrypt'] }),
  ],
  ['jwks-content-type', 'text', (s) => (s.jwks.headers['Content-Type'] = 'text/plain'), 'warn'],
  ['jwks-max-age', 'none', (s) => delete s.jwks.headers['Cache-Control'], 'warn'],
  ['jwks-max-age', 'ten seconds', (s) => (s.jwks.headers['Cache-Control'] = 'max-age=10'), 'warn'],
  ['jwks-max-age', 'a week', (s) => (s.jwks.headers['Cache-Control'] = 'max-age=604800'), 'warn'],
  ['jwks-no-store', 'no-store', (s) => (s.jwks.headers['Cache-Control'] = 'no-store'), 'warn'],
  [
    'page-duplicate',
    'a second element of the same campaign',
    (s) => {
      s.after =
        '<qualifio-campaign campaign-id="123456" channel-id="B7FDCFDA-C477-C4BA-3C54-728AD8594DE6" host="' +
        s.host +
        '"></qualifio-campaign>';
    },
  ],
  [
    'page-duplicate',
    'a tag in the page of the same campaign',
    (s) => {
      s.policy['script-src'] += " 'unsafe-inline'";
      s.after = tag(s.host);
    },
    undefined,
    ['page-kit'],
  ],
  [
    'page-duplicate',
    'two elements that sign in',
    (s) => {
      const signIn = '<qualifio-sign-in auth-endpoint="/token"></qualifio-sign-in>';
      s.policy['script-src'] += " 'unsafe-inline'";
      delete s.policy['require-trusted-types-for'];
      s.page.body = `<!doctype html><body>${tag(s.host)}${signIn}${signIn}`;
    },
  ],
];

/** The campaign, its frames and its kit's permission on another host; the kit stays. */
function moveTo(site: Site, host: string): void {
  site.attributes['host'] = host;
  site.policy['frame-src'] = `http://${host}`;
  site.signedIn = (token) => ({ body: json({ token, hosts: [host] }) });
}

export const faults: readonly Fault[] = rows.map(([id, what, spoil, warns, skip = []]) => {
  const result = warns ?? 'fail';
  return { id, what, spoil, skip, result };
});

/** Other right set-ups, in which nothing is found. */
export const variants: Readonly<Record<string, (site: Site) => void>> = {
  'as the healthy one': () => undefined,
  'with a sandbox that keeps the origin': (s) =>
    (s.policy['sandbox'] = 'allow-scripts Allow-Same-Origin'),
  'with its library as text, without nosniff': (s) =>
    Object.assign(s.library, library('text/plain')),
  'with its library as a page by its media type': (s) =>
    Object.assign(s.library, library('text/html')),
  'with its library without a media type': (s) => Object.assign(s.library, library()),
  'with its library after a redirect': (s) =>
    Object.assign(s.library, { status: 302, headers: { Location: '/v1.js' }, body: '' }),
  'with a type that browsers know': (s) => (s.scriptAttributes = ' type=" Text/JavaScript "'),
  'with its library as a module': (s) => (s.scriptAttributes = ' type="module"'),
  'with the hash of its library': (s) =>
    (s.scriptAttributes = ` integrity="sha384-${createHash('sha384').update(s.library.body).digest('base64')}"`),
  'with two attributes': (s) =>
    (s.attributes = { 'campaign-id': '123456', 'auth-endpoint': '/token' }),
  'with 204 for a signed-out participant': (s) => (s.signedOut = { status: 204 }),
  'with {"token": null} for one': (s) => (s.signedOut = { body: '{"token":null}' }),
  'with the JWT alone': (s) => (s.signedIn = (token) => ({ body: token })),
  'with a pasted tag': (s) => {
    s.attributes = { 'auth-endpoint': '/token' };
    s.page.body = `<!doctype html><head><link rel="stylesheet" href="/site.css"><script defer src="/qualifio-campaign.min.js" data-kit-url="${s.kitUrl}"></script></head><qualifio-campaign auth-endpoint="/token"><template>${tag(s.host)}</template></qualifio-campaign>`;
  },
  'with <qualifio-sign-in> and a tag of Qualifio': (s) => {
    s.policy['script-src'] += " 'unsafe-inline'";
    delete s.policy['require-trusted-types-for'];
    s.page.body = `<!doctype html><body>${tag(s.host)}<qualifio-sign-in auth-endpoint="/token" login-url="/login"></qualifio-sign-in>`;
  },
  'with the script of <qualifio-sign-in>, and no policy for Trusted Types': (s) => {
    s.policy['script-src'] += " 'unsafe-inline'";
    s.policy['trusted-types'] = 'lit-html';
    delete s.policy['require-trusted-types-for'];
    s.page.body = `<!doctype html><head><script defer src="/qualifio-sign-in.min.js" data-allowed-hosts="${s.host}"></script></head><body>${tag(s.host)}<qualifio-sign-in auth-endpoint="/token" login-url="/login"></qualifio-sign-in>`;
  },
  'with its height in a <style> with a nonce': (s) => {
    s.styles = 'body { margin: 0 }';
    s.head.push('<style nonce="r4nd0m">qualifio-campaign { min-height: 9px }</style>');
    s.policy['style-src'] = "'self' 'nonce-r4nd0m'";
  },
  'with its height in a style attribute': (s) => {
    s.styles = 'body { margin: 0 }';
    s.attributes['style'] = 'min-height: 9px';
  },
  'with a nonce and strict-dynamic': (s) => {
    s.policy['script-src'] = "'nonce-r4nd0m' 'strict-dynamic'";
    s.page.body = `<!doctype html><head><style>qualifio-campaign{min-height:1px}</style><script nonce="r4nd0m" src="/qualifio-campaign.min.js" data-kit-url="${s.kitUrl}"></script></head><qualifio-campaign campaign-id="123456" channel-id="B7FDCFDA-C477-C4BA-3C54-728AD8594DE6" host="${s.host}" auth-endpoint="/token"></qualifio-campaign>`;
  },
};
