// Follows the inspector's advice exactly, until the campaign gets its token. Advice that names the
// wrong cause, or only a part of it, does not help.
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { serveSimulator, type ServedSimulator } from '../../src/simulator/index.js';
import { launchChromium } from '../support/chromium.js';
import { assertBuilt } from '../support/installed-package.js';
import { atStep, campaignOf, playToForm } from '../support/simulator-stage.js';

assertBuilt();

/** A publisher's page and endpoint, both written by hand. */
interface Publisher {
  /** Attributes of the element, except those of the campaign. */
  attributes: Record<string, string>;
  /** The path of the endpoint; `elsewhere` answers other paths. */
  path: string;
  elsewhere: Answer;
  /** The endpoint's answers to participants who are signed in and signed out. */
  signedIn: (token: string) => Answer;
  signedOut: Answer;
  isSignedIn: (request: IncomingMessage) => boolean;
  /** Headers of every answer except that to a preflight. */
  headers: Record<string, string>;
  preflight: Answer;
  /** Attributes of the session cookie. */
  cookie: string;
}

interface Answer {
  status?: number;
  type?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** A fault that the inspector shows: its id, its words, and its pieces of code. */
interface Advice {
  readonly fault: string;
  readonly text: string;
  readonly codes: readonly string[];
}

/** One step: what the inspector shows, and how a reader follows it. */
type Step = readonly [words: RegExp, follow: (publisher: Publisher, advice: Advice) => void];

let browser: Browser;
let simulator: ServedSimulator;
let server: Server;
let port: number;
let host: string;
let publisher: Publisher;
const files = new Map<string, Buffer>();

before(async () => {
  simulator = await serveSimulator({ lang: 'en' }, { port: 0 });
  host = `jeux.publisher.localhost:${new URL(simulator.url).port}`;
  for (const name of ['qualifio-campaign', 'qualifio-inspector']) {
    files.set(`/${name}.min.js`, await readFile(`dist/${name}.min.js`));
  }
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await simulator.close();
  server.closeAllConnections();
  server.close();
});

/** A page and an endpoint without a fault. */
function faultless(): Publisher {
  return {
    attributes: { 'auth-endpoint': '/qualifio/token', 'login-url': '/login' },
    path: '/qualifio/token',
    elsewhere: { status: 404, type: 'text/html', body: '<!doctype html><h1>Not found</h1>' },
    signedIn: (token) => ({ body: JSON.stringify({ token }) }),
    signedOut: { status: 401 },
    isSignedIn: () => true,
    headers: {},
    preflight: { status: 404 },
    cookie: 'SameSite=Lax',
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url!, 'http://publisher');
  const isForPage = pathname === '/' || files.has(pathname) || pathname === '/sign-in';
  const given = isForPage ? pageAnswer(pathname) : await endpointAnswer(pathname, request);
  const { status = 200, type = 'application/json', headers = {}, body = '' } = given;
  response.writeHead(status, { 'Content-Type': type, ...headers }).end(body);
}

function pageAnswer(pathname: string): Answer {
  if (pathname === '/sign-in') {
    return { headers: { 'Set-Cookie': `session=1; Path=/; ${publisher.cookie}` } };
  }
  const script = files.get(pathname);
  if (script) return { type: 'text/javascript', body: script };
  const attributes = Object.entries({
    ...{ 'campaign-id': '123456', 'channel-id': 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6' },
    ...{ host, 'pre-login': 'never', ...publisher.attributes },
  });
  const markup = attributes.map(([name, value]) => `${name}='${value}'`).join(' ');
  return {
    type: 'text/html; charset=utf-8',
    body: `<!doctype html><html lang="en"><title>Publisher</title><body>
      <script src="/qualifio-inspector.min.js"></script>
      <script src="/qualifio-campaign.min.js" data-kit-url="http://${host}/kit/qualp.2.min.js"></script>
      <qualifio-campaign ${markup}></qualifio-campaign><qualifio-inspector></qualifio-inspector>`,
  };
}

async function endpointAnswer(pathname: string, request: IncomingMessage): Promise<Answer> {
  const given = await routedAnswer(pathname, request);
  if (request.method === 'OPTIONS') return given;
  return { ...given, headers: { ...publisher.headers, ...given.headers } };
}

async function routedAnswer(pathname: string, request: IncomingMessage): Promise<Answer> {
  if (pathname !== publisher.path) return publisher.elsewhere;
  if (request.method === 'OPTIONS') return publisher.preflight;
  if (!publisher.isSignedIn(request)) return publisher.signedOut;
  const token = await fetch(`${simulator.url}/token?campaignId=123456`);
  return publisher.signedIn(((await token.json()) as { token: string }).token);
}

/**
 * Opens the page, plays to the form, and returns what the inspector shows; null if the form
 * appears. The inspector says more once it has asked the endpoint itself, so this waits a while for
 * the words.
 */
async function play(page: Page, words = /./): Promise<Advice | null> {
  await page.goto(`http://127.0.0.1:${port}/sign-in`);
  await page.goto(`http://www.publisher.localhost:${port}/`);
  await playToForm(campaignOf(page));
  const fault = page.locator('[part=faults] > [data-fault^=endpoint]').first();
  const form = atStep(campaignOf(page), 'form').then(() => true);
  const isForm = await Promise.race([form, fault.waitFor().then(() => false)]);
  form.catch(() => undefined);
  if (isForm) return null;
  await fault
    .filter({ hasText: words })
    .waitFor({ timeout: 5000 })
    .catch(() => undefined);
  return {
    fault: (await fault.getAttribute('data-fault'))!,
    text: (await fault.innerText()).replace(/\s+/g, ' '),
    codes: await fault.locator('code').allInnerTexts(),
  };
}

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
/** A fault in the answer, and the words of the advice that names what to change. */
function answering(body: (token: string) => string | Buffer, words: RegExp): Case {
  return {
    fault: (site) => (site.signedIn = (token) => ({ type: 'text/html', body: body(token) })),
    steps: [[words, answerJson]],
  };
}

interface Case {
  fault: (site: Publisher) => void;
  steps: Step[];
}

const cases: Record<string, Case> = {
  'an endpoint on another origin, without any header': {
    fault: (site) => {
      site.attributes['auth-endpoint'] = `http://api.publisher.localhost:${port}/qualifio/token`;
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
      site.attributes['auth-endpoint'] = `http://api.publisher.localhost:${port}/qualifio/token`;
      site.headers['Access-Control-Allow-Origin'] = '*';
      site.preflight = { status: 200, headers: { 'Access-Control-Allow-Origin': '*' } };
    },
    steps: [
      [/send the participant’s cookies.*\* does not count/, sendHeaders],
      [
        /preflight/,
        (site, advice) => (site.preflight = { status: 204, headers: headersIn(advice) }),
      ],
    ],
  },
  'an endpoint on another site, whose cookie is not sent': {
    fault: (site) => {
      const origin = `http://www.publisher.localhost:${port}`;
      const headers = {
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Allow-Headers': 'x-requested-with',
      };
      site.attributes['auth-endpoint'] = `http://127.0.0.1:${port}/qualifio/token`;
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
  'an endpoint that redirects to its address with a slash': {
    fault: (site) => {
      site.path = '/qualifio/token/';
      site.elsewhere = { status: 308, headers: { Location: '/qualifio/token/' } };
    },
    steps: [
      [
        /answers with a redirect to .*\/qualifio\/token\/, which counts as signed out/,
        (site, { codes }) => {
          const [, address] = /^auth-endpoint="(.*)"$/.exec(codes[0]!)!;
          site.attributes['auth-endpoint'] = address!;
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
    steps: [[/400.*campaignId=123456 in the query, and must ignore _/, answerJson]],
  },
  'an endpoint whose check refuses the page: 403': {
    fault: (site) => (site.signedIn = () => ({ status: 403, type: 'text/html' })),
    steps: [[/403 \(text\/html\).*Allow GET with the participant’s cookies/, answerJson]],
  },
  'PHP that prints a notice': answering(
    (token) => `<br />\n<b>Notice</b>: Undefined index<br />\n${json(token)}`,
    /text before its JSON.*display_errors/,
  ),
  'WordPress that prints 0': answering(
    (token) => `${json(token)}0`,
    /text after its JSON.*wp_send_json/,
  ),
  'Python that prints a dict': answering((token) => `{'token': '${token}'}`, /broken JSON.*JSON f/),
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
};

for (const [what, { fault, steps }] of Object.entries(cases)) {
  test(`what the inspector says leads from ${what} to the form`, async (t) => {
    publisher = faultless();
    fault(publisher);
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    t.after(() => context.close());
    const page = await context.newPage();
    for (const [words, follow] of steps) {
      const advice = await play(page, words);
      assert.ok(advice, 'There is no fault any more.');
      assert.match(advice.text, words);
      follow(publisher, advice);
    }
    assert.equal(await play(page), null);
  });
}

describe('for a participant who is signed out', () => {
  const answers: Record<string, [Answer, words: RegExp]> = {
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
  for (const [what, [signedOut, words]] of Object.entries(answers)) {
    test(`what the inspector says leads from ${what} to the login panel, and on`, async (t) => {
      let isSignedIn = false;
      publisher = { ...faultless(), signedOut, isSignedIn: () => isSignedIn };
      const page = await browser.newPage({ reducedMotion: 'reduce' });
      t.after(() => page.close());
      const advice = await play(page, words);
      assert.match(advice!.text, words);
      publisher.signedOut = { status: 401 };
      await page.reload();
      await playToForm(campaignOf(page));
      await page.getByRole('link', { name: 'Log in' }).waitFor();
      isSignedIn = true;
      await page.evaluate("document.querySelector('qualifio-campaign').resume()");
      await atStep(campaignOf(page), 'form');
    });
  }
});

describe('a page that is opened with a user name and password', () => {
  for (const attribute of ['/qualifio/token', 'qualifio/token']) {
    test(`has its token from auth-endpoint="${attribute}"`, async (t) => {
      publisher = faultless();
      publisher.attributes['auth-endpoint'] = attribute;
      const page = await browser.newPage({ reducedMotion: 'reduce' });
      t.after(() => page.close());
      await page.goto(`http://user:pass@www.publisher.localhost:${port}/`);
      await playToForm(campaignOf(page));
      await atStep(campaignOf(page), 'form');
    });
  }
});
