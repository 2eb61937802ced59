// Mistakes at the token endpoint, and how a reader follows what the page says about each.
import { Buffer } from 'node:buffer';
import type {
  Advice,
  Answer,
  Case,
  Publisher,
  Step,
  Workshop,
} from '../../support/advice/workshop.js';

/** The headers among the pieces of code: `Name: value`. */
function headersIn({ codes }: Advice): Record<string, string> {
  return Object.fromEntries(
    codes.filter((code) => /^[\w-]+: /.test(code)).map((code) => code.split(': ')),
  ) as Record<string, string>;
}

/** Follows the advice about the answers of the endpoint. */
const sendHeaders: Step[1] = (site, advice) => Object.assign(site.headers, headersIn(advice));

const json = (token: string): string => JSON.stringify({ token });
const answerJson: Step[1] = (site) => {
  site.signedIn = (token) => ({ body: json(token) });
};

/** Sets the attribute among the pieces of code: `name="value"`. */
function setAttribute({ attributes }: Publisher, codes: readonly string[]): void {
  const [, name, value] = codes.map((code) => /^([a-z-]+)="(.*)"$/.exec(code)).find(Boolean)!;
  attributes[name!] = value!;
}

/** A fault in the answer, and the words of the advice that names what to change. */
function answering(
  body: (token: string) => string | Buffer,
  words: RegExp,
  type = 'text/html',
): Case {
  return {
    fault: (site) => (site.signedIn = (token) => ({ type, body: body(token) })),
    steps: [[words, answerJson]],
  };
}

/** An error status, and the words of its advice. Without a pause before a retry. */
function status(number: number, words: RegExp): Case {
  const answer = { status: number, headers: { 'Retry-After': '0' } };
  return { fault: (site) => (site.signedIn = () => answer), steps: [[words, answerJson]] };
}

/** An answer for `part=tag`, to an element that has only a number and an endpoint. */
function answeringTag(tag: (host: string) => unknown, words: RegExp): (site: Workshop) => Case {
  return ({ host }) => ({
    fault: (site) => {
      site.attributes = { ...site.attributes, 'channel-id': undefined, host: undefined };
      const found = tag(host);
      site.tag =
        typeof found === 'string' ? { body: found } : { body: JSON.stringify({ tag: found }) };
    },
    steps: [[words, (site) => (site.tag = { body: JSON.stringify({ tag: { channelId, host } }) })]],
  });
}
const channelId = 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6';

/** Signed-out participants, and how a reader follows what the page says about each answer. */
export const signedOutAnswers: Record<string, [Answer, words: RegExp]> = {
  '403, as Django REST framework answers': [
    { status: 403 },
    /403.*signed out, answer 401, 204 or \{"token": null\}/,
  ],
  'a login page': [
    { type: 'text/html', body: '<!doctype html><title>Log in</title>' },
    /HTML page.*login page, answer 401/,
  ],
  null: [{ body: 'null' }, /with null.*answer 401, 204 or \{"token": null\}/],
  'a redirect to the login page': [
    { status: 302, headers: { Location: '/login' } },
    /redirect.*For a signed-out participant, answer 401/,
  ],
};

export function endpointCases(workshop: Workshop): Record<string, Case> {
  const url = workshop.url.bind(workshop);
  return {
    'an endpoint on another origin, without any header': {
      fault: (site) => {
        site.attributes['auth-endpoint'] = url('/qualifio/token', 'api.publisher.localhost');
      },
      steps: [
        [/does not let this page read its answer.*every answer, errors included/, sendHeaders],
        [/does not let this page send the participant’s cookies/, sendHeaders],
        [
          /preflight, an OPTIONS request.*status 204/,
          (site, advice) => (site.preflight = { status: 204, headers: headersIn(advice) }),
        ],
      ],
    },
    'an endpoint that allows every origin': {
      fault: (site) => {
        site.attributes['auth-endpoint'] = url('/qualifio/token', 'api.publisher.localhost');
        site.headers['Access-Control-Allow-Origin'] = '*';
        site.preflight = { status: 200, headers: { 'Access-Control-Allow-Origin': '*' } };
      },
      steps: [
        [/send the participant’s cookies.*\* does not count/, sendHeaders],
        [
          /in its answer to the preflight/,
          (site, advice) => (site.preflight = { status: 204, headers: headersIn(advice) }),
        ],
      ],
    },
    'an endpoint on another site, whose cookie is not sent': {
      fault: (site) => {
        const { origin } = new URL(url());
        const headers = {
          'Access-Control-Allow-Origin': origin,
          'Access-Control-Allow-Credentials': 'true',
          'Access-Control-Allow-Headers': 'x-requested-with',
        };
        site.attributes['auth-endpoint'] = url('/qualifio/token', '127.0.0.1');
        site.headers = headers;
        site.preflight = { status: 204, headers };
        site.isSignedIn = ({ headers: { cookie } }) => cookie?.includes('session=1') ?? false;
      },
      steps: [
        [
          /signed out.*another site, 127\.0\.0\.1.*SameSite=None/,
          (site, { codes }) => (site.cookie = codes.find((code) => code.startsWith('SameSite'))!),
        ],
      ],
    },
    'a session cookie whose path leaves out the endpoint': {
      fault: (site) => {
        site.pageHeaders['Set-Cookie'] = 'path-session=1; Path=/account';
        site.isSignedIn = ({ headers: { cookie } }) => cookie?.includes('path-session') ?? false;
      },
      steps: [
        [
          /signed out\..*may not reach the endpoint\..*Set that cookie for www\.publisher\.localhost or, with Domain, for its parent domain, with Path=\/ or another Path that \/qualifio\/token begins with/,
          ({ pageHeaders }, { codes }) => {
            const path = codes.find((code) => code.startsWith('Path='))!;
            pageHeaders['Set-Cookie'] = `path-session=1; ${path}`;
          },
        ],
      ],
    },
    'a cache that answers 401 to everyone': {
      fault: (site) => {
        site.headers = { 'Cache-Control': 'public, max-age=300' };
        site.signedIn = () => ({ status: 401 });
      },
      steps: [
        [
          /A cache between page and endpoint.*has Cache-Control: max-age=300.*out of the caches/,
          (site, advice) => {
            site.headers = {};
            answerJson(site, advice);
          },
        ],
      ],
    },
    'a service worker that stores answers': storingWorker,
    'an endpoint that redirects to its address with a slash': {
      fault: (site) => {
        site.path = '/qualifio/token/';
        site.elsewhere = { status: 308, headers: { Location: '/qualifio/token/' } };
      },
      steps: [
        [
          /answers with a redirect to .*\/qualifio\/token\/, which counts as signed out/,
          (site, { codes }) => {
            setAttribute(site, codes);
          },
        ],
      ],
    },
    'an address without an endpoint: 404': {
      fault: (site) => (site.attributes['auth-endpoint'] = '/qualifio/tokens'),
      steps: [
        [
          /404 \(text\/html\).*correct auth-endpoint/,
          (site) => (site.attributes['auth-endpoint'] = site.path),
        ],
      ],
    },
    'an address that a single-page application answers': {
      fault: (site) => {
        site.attributes['auth-endpoint'] = '/qualifio/tokens';
        site.elsewhere = { type: 'text/html', body: '<!doctype html><div id="app"></div>' };
      },
      steps: [
        [
          /with an HTML page.*front page or an error page, correct auth-endpoint/,
          (site) => (site.attributes['auth-endpoint'] = site.path),
        ],
      ],
    },
    'an endpoint that answers only POST: 405': {
      fault: (site) => (site.signedIn = () => ({ status: 405 })),
      steps: [[/405.*Have the endpoint answer GET/, answerJson]],
    },
    'an endpoint that is strict about its query: 400': {
      fault: (site) => (site.signedIn = () => ({ status: 400 })),
      steps: [
        [
          /400.*campaignId=123456 in the query, and must ignore _.*proxy or a CDN.*whole query.*onError/,
          answerJson,
        ],
      ],
    },
    'an endpoint whose check refuses the page: 403': {
      fault: (site) => (site.signedIn = () => ({ status: 403, type: 'text/html' })),
      steps: [
        [
          /403 \(text\/html\).*proxy that removes Origin.*Allow GET with the participant’s cookies/,
          answerJson,
        ],
      ],
    },
    'PHP that prints a notice': answering(
      (token) => `<br />\n<b>Notice</b>: Undefined index<br />\n${json(token)}`,
      /text before its JSON.*display_errors/,
    ),
    'WordPress that prints 0': answering(
      (token) => `${json(token)}0`,
      /text after its JSON.*wp_send_json/,
    ),
    'Python that prints a dict': answering(
      (token) => `{'token': '${token}'}`,
      /broken JSON.*JSON f/,
    ),
    'UTF-16': answering((token) => Buffer.from(json(token), 'utf16le'), /not UTF-8.*in UTF-8/),
    'a token with another name': answering(
      (jwt) => JSON.stringify({ jwt }),
      /its token as "jwt".*Rename the member jwt to token/,
    ),
    'a token inside data': answering(
      (token) => JSON.stringify({ data: { token } }),
      /its token in "data".*at the top of the JSON, not inside data/,
    ),
    'a list of tokens': answering((token) => JSON.stringify([token]), /a list.*Answer an object/),
    nothing: answering(() => '', /an empty body.*Write \{"token": "<JWT>"\} into the answer/),
    'an endpoint that answers 429': status(429, /429.*limits requests: allow one/),
    'an endpoint that fails': status(
      500,
      /500.*See the log of the endpoint’s server.*set onError and print its reason/,
    ),
    'an endpoint that answers 418': status(418, /418.*Answer 200 with a token, or 401/),
    'a page of 100 KB': answering(
      (token) => json(token) + ' '.repeat(100_000),
      /more than 64 KiB.*Answer with the token alone/,
    ),
    'a file of PHP': answering(() => '<?php echo 1;', /XML or source code.*run the endpoint/),
    'a sentence': answering(() => 'Hello', /with no JSON.*Answer \{"token": "<JWT>"\}/),
    'a sentence without a type': answering(
      () => 'Hello',
      /200 \(no Content-Type\) with no JSON/,
      '',
    ),
    'a text in JSON': answering(() => '"abc"', /with a string.*or a whole JWT/),
    'a number': answering(() => '7', /with a number.*Answer an object/),
    true: answering(() => 'true', /with a boolean.*Answer an object/),
    'a token that is an object': answering(
      (token) => JSON.stringify({ token: { token } }),
      /a non-string "token".*compact form, as text/,
    ),
    'an error in JSON': answering(
      () => '{"error": "no"}',
      /JSON without "token".*Call its member token.*an error status/,
    ),
    'hosts that are a text': answering(
      (token) => JSON.stringify({ token, hosts: workshop.host }),
      /invalid "hosts".*Make hosts a list/,
    ),
    'hosts without the campaign’s': answering(
      (token) => JSON.stringify({ token, hosts: ['games.publisher.com'] }),
      /is not in the token endpoint's "hosts".*or to the endpoint's campaigns/,
    ),
    'an empty token': answering(
      () => json(''),
      /The token is empty.*For a signed-out participant, answer 401 or null/,
    ),
    'a token of two parts': answering(
      (token) => json(token.split('.').slice(1).join('.')),
      /it has 2 parts, not 3 or 5.*compact form/,
    ),
    'a token with Bearer before it': answering(
      (token) => json(`Bearer ${token}`),
      /it has characters that no JWT has.*the token alone.*without Bearer before it/,
    ),
    'a token with a line break': answering(
      (token) => json(token.replace('.', '.\n')),
      /it has characters that no JWT has.*compact form/,
    ),
    'a token that is not JSON': answering(
      (token) => json(`a${token}`),
      /it has a part that is not a JSON object.*compact form/,
    ),
    'a token without a signature': answering(
      (token) => json(`eyJhbGciOiJub25lIn0.${token.split('.').slice(1).join('.')}`),
      /it has no alg, or none.*compact form/,
    ),
    'a token whose end is a date': {
      fault: ({ claims }) => (claims.exp = '2030-01-01' as unknown as number),
      steps: [[/an exp that is not in seconds/, ({ claims }) => delete claims.exp]],
    },
    'a token that has expired': {
      fault: ({ claims }) => (claims.exp = 1_700_000_000),
      steps: [
        [/The token has expired.*Sign a token for each request/, ({ claims }) => delete claims.exp],
      ],
    },
    'a token for another campaign': {
      fault: ({ attributes }) => (attributes['token-campaign-id'] = '98766'),
      steps: [
        [
          /campaignId is not 98766, which token-campaign-id.*Sign for the campaign ID/,
          ({ claims }) => (claims['campaignId'] = '98766'),
        ],
      ],
    },
    'a token for the tag number': {
      fault: ({ claims }) => (claims['campaignId'] = '123456'),
      steps: [
        [
          /is 123456, the tag number.*Sign for the campaign ID/,
          ({ claims }) => delete claims['campaignId'],
        ],
      ],
    },
    ...lifetimes,
    'a token for the tag number that another key has signed': {
      fault: (site) => {
        site.claims['campaignId'] = '123456';
        site.signedIn = async () => ({
          body: json(await workshop.token(new Uint8Array(32).fill(8))),
        });
      },
      steps: [
        [
          /Qualifio refused the token: TOKEN_INVALID_SIGNATURE.*Compare key, kid and alg/,
          answerJson,
        ],
        [/is 123456, the tag number/, ({ claims }) => delete claims['campaignId']],
      ],
    },
    'a token that another key has signed': {
      fault: (site) =>
        (site.signedIn = async () => ({
          body: json(await workshop.token(new Uint8Array(32).fill(8))),
        })),
      steps: [[/Qualifio answered TOKEN_INVALID_SIGNATURE.*Compare key, kid and alg/, answerJson]],
    },
    ...Object.fromEntries(
      (
        [
          ['without a sub', { sub: undefined }, /UNKNOWN.*sub must be there/],
          ['of the future', { nbf: now() + 600 }, /UNKNOWN.*nbf must not be in the future/],
        ] as const
      ).map(([what, claims, words]): [string, Case] => [
        `a token ${what}`,
        {
          fault: (site) => Object.assign(site.claims, claims),
          steps: [[words, (site) => (site.claims = {})]],
        },
      ]),
    ),
    'a token that is encrypted for another': answering(
      () =>
        json(
          'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA',
        ),
      /Qualifio answered TOKEN_DECRYPTION_FAILED.*Encrypt with the key/,
    ),
    'an endpoint that does not answer in time': {
      fault: (site) => {
        site.attributes['token-timeout'] = '300';
        site.signedIn = (token) =>
          new Promise((resolve) => setTimeout(() => resolve({ body: json(token) }), 1500));
      },
      steps: [
        [
          /No complete answer within 300 ms.*token-timeout longer/,
          ({ attributes }) => (attributes['token-timeout'] = '5000'),
        ],
      ],
    },
    'an endpoint whose server is not running': {
      fault: ({ attributes }) =>
        (attributes['auth-endpoint'] = 'http://api.publisher.localhost:9/qualifio/token'),
      steps: [
        [
          /No server answers at the token endpoint.*correct auth-endpoint/,
          (site) => (site.attributes['auth-endpoint'] = site.path),
        ],
      ],
    },
    'an endpoint whose answer is cut off': {
      fault: (site) =>
        (site.signedIn = () => ({
          headers: { 'Content-Length': '900' },
          body: '{"tok',
          isCut: true,
        })),
      steps: [[/answered 200 \(application\/json\), but the answer is incomplete/, answerJson]],
    },
    'an endpoint that does not compress what it says': {
      fault: (site) => (site.headers['Content-Encoding'] = 'gzip'),
      steps: [[notCompressed, (site) => delete site.headers['Content-Encoding']]],
    },
    'an endpoint on another origin that does not compress what it says': {
      fault: (site) => {
        const headers = permission(new URL(url()));
        site.attributes['auth-endpoint'] = url('/qualifio/token', 'api.publisher.localhost');
        site.preflight = { status: 204, headers };
        site.headers = { ...headers, 'Content-Encoding': 'gzip' };
      },
      steps: [[notCompressed, (site) => delete site.headers['Content-Encoding']]],
    },
    'an endpoint on another origin that forgets its errors': {
      fault: (site) => {
        const headers = permission(new URL(url()));
        site.attributes['auth-endpoint'] = url('/qualifio/token', 'api.publisher.localhost');
        site.preflight = { status: 204, headers };
        site.headers = headers;
        site.signedOut.headers = { 'Access-Control-Allow-Origin': 'https://other.example' };
        site.isSignedIn = ({ url: asked }) => !asked!.includes('campaignId');
      },
      steps: [
        [
          /some of its answers, but not the one for this campaign.*errors such as 401 and 500/,
          (site) => {
            site.signedOut.headers = {};
            site.isSignedIn = () => true;
          },
        ],
      ],
    },
    'an endpoint that has moved': {
      fault: (site) => {
        site.path = '/api/token';
        site.elsewhere = { status: 302, headers: { Location: '/api/token' } };
      },
      steps: [
        [
          /redirect to .*\/api\/token.*If the endpoint has moved, set auth-endpoint to its final/,
          (site) => (site.attributes['auth-endpoint'] = site.path),
        ],
      ],
    },
    ...Object.fromEntries(Object.entries(tagAnswers).map(([name, of]) => [name, of(workshop)])),
    'an endpoint that moved, asked for the tag': {
      fault: (site) => {
        site.attributes = { ...site.attributes, 'channel-id': undefined, host: undefined };
        site.path = '/api/token';
        site.elsewhere = { status: 302, headers: { Location: '/api/token' } };
        site.tag = { body: JSON.stringify({ tag: { channelId, host: workshop.host } }) };
      },
      steps: [
        [
          /answered with a redirect \(is auth-endpoint its final URL\?\)/,
          (site) => (site.attributes['auth-endpoint'] = site.path),
        ],
      ],
    },
    'an endpoint that does not know part=tag': {
      fault: (site) => {
        site.attributes = { ...site.attributes, 'channel-id': undefined, host: undefined };
      },
      steps: [
        [
          /The token endpoint answered 404.*Set channel-id and host/,
          ({ attributes }) =>
            Object.assign(attributes, { 'channel-id': channelId, host: workshop.host }),
        ],
      ],
    },
    'an endpoint whose tag does not come in time': {
      fault: (site) => {
        site.attributes = {
          ...site.attributes,
          ...{ 'channel-id': undefined, host: undefined, 'kit-timeout': '300' },
        };
        site.tag = new Promise((resolve) => setTimeout(() => resolve({ status: 404 }), 3000));
      },
      steps: [
        [
          /The token endpoint sent no tag within 300 ms \(kit-timeout\)\. Set channel-id and host/,
          ({ attributes }) =>
            Object.assign(attributes, {
              ...{ 'channel-id': channelId, host: workshop.host, 'kit-timeout': '5000' },
            }),
        ],
      ],
    },
    ...providers(),
  };
}

const notCompressed = /browsers drop an answer whose Content-Encoding/;

/** The headers with which an endpoint on another origin lets a page read its answers. */
const permission = ({ origin }: URL): Record<string, string> => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Allow-Headers': 'x-requested-with',
});

const now = (): number => Math.floor(Date.now() / 1000);

/** A service worker that answers from a cache, but not for these paths. */
const cacheFirst = (left: readonly string[], activate: string): string => `
  const left = ${JSON.stringify(left)};
  addEventListener('install', () => skipWaiting());
  addEventListener('activate', (event) => {
    event.waitUntil(clients.claim());
    ${activate}
  });
  addEventListener('fetch', (event) => {
    const { pathname } = new URL(event.request.url);
    if (left.includes(pathname)) return;
    event.respondWith((async () => {
      const cache = await caches.open('site-1');
      const known = await cache.match(event.request, { ignoreSearch: true });
      if (known) return known;
      const answer = await fetch(event.request);
      await cache.put(event.request, answer.clone());
      return answer;
    })());
  });`;

const storingWorker: Case = {
  // The worker must stay out of the page itself, which the next step changes.
  fault: (site) => (site.worker = cacheFirst(['/'], '')),
  steps: [
    [
      /stores answers of the token endpoint.*the cache site-1.*In its fetch listener, return/,
      (site, { codes }) => {
        const path = codes.find((code) => code.startsWith('/'))!;
        site.worker = cacheFirst(
          ['/', path],
          codes.find((code) => code.startsWith('event.'))!,
        );
      },
    ],
  ],
};

/** Lifetimes of tokens that work, but are not safe. */
const lifetimes: Record<string, Case> = Object.fromEntries(
  (
    [
      ['that never expires', () => undefined, /has no exp.*Set exp to five minutes from now/],
      ['in milliseconds', () => Date.now() + 300_000, /in milliseconds.*Set exp, iat and nbf in/],
      [
        'for an hour',
        () => now() + 3600,
        /valid for 60 more minutes.*lifetime is too long.*ten at most/,
      ],
    ] as const
  ).map(([what, exp, words]) => [
    `a token ${what}`,
    {
      fault: ({ claims }: Publisher) => Object.assign(claims, { exp: exp() }),
      steps: [[words, ({ claims }: Publisher) => (claims.exp = now() + 300)]],
    },
  ]),
);

const tagAnswers = {
  'a tag without a channel': answeringTag(
    (host) => ({ host }),
    /no usable "channelId" \(it must be a GUID\).*have the endpoint answer part=tag/,
  ),
  'a tag whose frame style is a list': answeringTag(
    (host) => ({ channelId, host, frameStyle: [] }),
    /no usable "frameStyle"/,
  ),
  'JSON without a tag': answeringTag(() => '{}', /answered JSON without a "tag"/),
  'a tag that is not JSON': answeringTag(
    () => '<!doctype html>',
    /answered 200 \(application\/json\) with an HTML page, not JSON/,
  ),
  'a tag of 100 KB': answeringTag(() => ' '.repeat(100_000), /answered more than 64 KiB/),
};

function providers(): Record<string, Case> {
  const right = `campaign.tokenProvider = async () =>
    (await (await fetch('/qualifio/token?campaignId=123456')).json()).token;`;
  const cases: [what: string, code: string, words: RegExp][] = [
    ['that throws', 'async () => { throw new Error("no") }', /tokenProvider threw or rejected/],
    ['without return', 'async () => {}', /tokenProvider returned nothing\. It must return a token/],
    ['that returns an object', 'async () => ({})', /tokenProvider returned a value of type object/],
    [
      'that is a promise',
      'Promise.resolve("t")',
      /tokenProvider must be a function, not a value of/,
    ],
  ];
  return Object.fromEntries(
    cases.map(([what, code, words]) => [
      `a tokenProvider ${what}`,
      {
        fault: (site) => (site.code = `campaign.tokenProvider = ${code}`),
        steps: [[words, (site) => (site.code = right)]],
      } satisfies Case,
    ]),
  );
}
