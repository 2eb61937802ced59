// A publisher's page and endpoint, both written by hand, on which advice is followed exactly.
import assert from 'node:assert/strict';
import type { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, type JWTPayload } from 'jose';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { serveSimulator, type ServedSimulator } from '../../../src/simulator/index.js';
import { launchChromium } from '../chromium.js';
import { atStep, campaignOf, playToForm } from '../simulator-stage.js';

export interface Answer {
  status?: number;
  type?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Closes the connection after the body. */
  isCut?: true;
}

/** What a publisher has written. */
export interface Publisher {
  /** Headers of the page. */
  pageHeaders: Record<string, string>;
  /** Markup before the library's script tag, and its attributes. */
  before: string;
  script: Record<string, string | undefined>;
  /** Parameters of the kit's URL: knobs of the simulator. */
  kit: string;
  /** The element: its attributes, the markup in it, and its end tag with what follows. */
  attributes: Record<string, string | undefined>;
  inside: string;
  end: string;
  /** Script that runs when the page is loaded. `campaign` is the element, `Campaign` its class. */
  code: string;
  inspector: string;
  /** The path of the endpoint; `elsewhere` answers other paths. */
  path: string;
  elsewhere: Answer;
  /** Where every path below `/20/` leads, if set, and after how many milliseconds. */
  redirectTo?: string;
  redirectAfter: number;
  /** The endpoint's answers to participants who are signed in and signed out. */
  signedIn: (token: string) => Answer | Promise<Answer>;
  signedOut: Answer;
  isSignedIn: (request: IncomingMessage) => boolean;
  /** The answer to `part=tag`. */
  tag: Answer | Promise<Answer>;
  claims: JWTPayload;
  /** Headers of every answer of the endpoint except that to a preflight. */
  headers: Record<string, string>;
  preflight: Answer;
  /** Attributes of the session cookie. */
  cookie: string;
  /** Script of the service worker, which the page registers, if there is one. */
  worker: string;
}

/** What the page shows its developer, in the inspector and in the console. */
export interface Advice {
  readonly text: string;
  /** The pieces of code in the inspector's faults that have the words. */
  readonly codes: readonly string[];
}

/** One step: what the page shows, and how a reader follows it. */
export type Step = readonly [words: RegExp, follow: (publisher: Publisher, advice: Advice) => void];

/** A mistake, and the steps that lead from it to a page that works. */
export interface Case {
  fault: (publisher: Publisher) => void;
  steps: Step[];
}

const secret = new Uint8Array(32).fill(7);

/** A browser with the pages of one publisher. */
export class Workshop {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #simulator: ServedSimulator;
  readonly #files = new Map<string, Buffer>();
  readonly port: number;
  /** The campaign host. */
  readonly host: string;
  publisher: Publisher;
  /** Everything that pages have shown. */
  readonly shown: string[] = [];
  #context: BrowserContext | undefined;
  /** Attributes of the session cookie that the browser has. */
  #cookie = '';

  private constructor(browser: Browser, server: Server, simulator: ServedSimulator) {
    this.#browser = browser;
    this.#server = server;
    this.#simulator = simulator;
    this.port = (server.address() as AddressInfo).port;
    this.host = `jeux.publisher.localhost:${new URL(simulator.url).port}`;
    this.publisher = this.faultless();
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void this.#answer(request, response);
    });
  }

  static async open(): Promise<Workshop> {
    const simulator = await serveSimulator({ lang: 'en', secret }, { port: 0 });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const workshop = new Workshop(await launchChromium(), server, simulator);
    for (const name of ['qualifio-campaign', 'qualifio-inspector']) {
      workshop.#files.set(`/${name}.min.js`, await readFile(`dist/${name}.min.js`));
    }
    return workshop;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#simulator.close();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** The address of a path on a host of this publisher. */
  url(path = '/', host = 'www.publisher.localhost'): string {
    return `http://${host}:${this.port}${path}`;
  }

  /** A page and an endpoint without a fault. */
  faultless(): Publisher {
    return {
      ...{ pageHeaders: {}, before: '', script: {}, kit: '', inside: '', code: '', inspector: '' },
      attributes: {
        ...{ 'campaign-id': '123456', 'channel-id': 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6' },
        ...{ host: this.host, 'pre-login': 'never' },
        ...{ 'auth-endpoint': '/qualifio/token', 'login-url': '/login' },
      },
      end: '</qualifio-campaign>',
      path: '/qualifio/token',
      elsewhere: { status: 404, type: 'text/html', body: '<!doctype html><h1>Not found</h1>' },
      signedIn: (token) => ({ body: JSON.stringify({ token }) }),
      signedOut: { status: 401 },
      isSignedIn: () => true,
      tag: { status: 404 },
      redirectAfter: 0,
      claims: {},
      headers: {},
      preflight: { status: 404 },
      cookie: 'SameSite=Lax',
      worker: '',
    };
  }

  /** A token for the participant, with the publisher's claims. */
  async token(key = secret): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: '7', campaignId: '98765', exp: now + 300, ...this.publisher.claims };
    return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: '1' }).sign(key);
  }

  /** A page of another visit, by the same person. */
  async visit(): Promise<Page> {
    if (!this.#context) {
      this.#context = await this.#browser.newContext({ reducedMotion: 'reduce' });
      this.#context.setDefaultTimeout(10_000);
      await this.#context.addInitScript(noteWhatIsShown);
    }
    return this.#context.newPage();
  }

  /** Opens the page and plays, until the page shows these words. */
  async advice(words: RegExp): Promise<Advice> {
    const page = await this.visit();
    await this.#open(page);
    const playing = playToForm(campaignOf(page)).catch(() => undefined);
    const { source } = words;
    const read = (expression: string) => (window as unknown as Shown).read(expression);
    const found = await page.waitForFunction(read, source).catch(async (error: unknown) => {
      const text = await page.evaluate(read, '');
      assert.fail(`The page does not show ${source}, but: ${text?.text}\n${String(error)}`);
    });
    const advice = (await found.jsonValue())!;
    // The console may be faster than the inspector, which shows more in its next update.
    const later = await page.evaluate(async (expression) => {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return (window as unknown as Shown).read(expression)?.text ?? '';
    }, '');
    this.shown.push(advice.text, later);
    await page.close();
    await playing;
    return advice;
  }

  /** Plays to the form, and checks that the page shows none of these words any more. */
  async play(...gone: RegExp[]): Promise<void> {
    const page = await this.visit();
    await this.#open(page);
    const read = (expression: string) => (window as unknown as Shown).read(expression);
    try {
      await playToForm(campaignOf(page));
      await atStep(campaignOf(page), 'form');
    } catch (error) {
      assert.fail(`${(await page.evaluate(read, ''))?.text}\n${String(error)}`);
    }
    for (const { source } of gone) {
      assert.equal(await page.evaluate(read, source), null);
    }
    await page.close();
  }

  /** Follows what the page shows, step by step, until the campaign shows its form. */
  async follow({ fault, steps }: Case): Promise<void> {
    this.publisher = this.faultless();
    fault(this.publisher);
    try {
      for (const [words, follow] of steps) follow(this.publisher, await this.advice(words));
      await this.play(...steps.map(([words]) => words));
    } finally {
      if (this.publisher.worker) await this.#forgetVisits();
    }
  }

  /** The next visit is by another person: a service worker would answer the requests of later cases. */
  async #forgetVisits(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
    this.#cookie = '';
  }

  async #open(page: Page): Promise<void> {
    if (this.#cookie !== this.publisher.cookie) {
      await page.goto(this.url('/sign-in', '127.0.0.1'));
      this.#cookie = this.publisher.cookie;
    }
    // Not `load`: the campaign’s frame may be slow.
    await page.goto(this.url(), { waitUntil: 'domcontentloaded' });
    if (!this.publisher.worker) return;
    await page.evaluate(newestWorker);
    await page.reload({ waitUntil: 'domcontentloaded' });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, 'http://publisher');
    const isForPage =
      pathname === '/' || this.#files.has(pathname) || /^\/(sign-in|sw\.js)$/.test(pathname);
    const given = isForPage
      ? this.#pageAnswer(pathname)
      : await this.#endpointAnswer(pathname, searchParams, request);
    const { status = 200, type = 'application/json', headers = {}, body = '', isCut } = given;
    response.writeHead(status, { ...(type && { 'Content-Type': type }), ...headers });
    if (isCut) response.write(body, () => response.destroy());
    else response.end(body);
  }

  #pageAnswer(pathname: string): Answer {
    const { publisher, host } = this;
    if (pathname === '/sign-in') {
      return { headers: { 'Set-Cookie': `session=1; Path=/; ${publisher.cookie}` } };
    }
    if (pathname === '/sw.js') return { type: 'text/javascript', body: publisher.worker };
    const body = this.#files.get(pathname);
    if (body) return { type: 'text/javascript', body };
    const { pageHeaders, before, script, kit, attributes, inside, end, code, inspector } =
      publisher;
    const kitUrl = { 'data-kit-url': `http://${host}/kit/qualp.2.min.js?${kit}` };
    const nonce = script['nonce'] ? ` nonce="${script['nonce']}"` : '';
    return {
      type: 'text/html; charset=utf-8',
      headers: pageHeaders,
      body: `<!doctype html><html lang="en"><title>Publisher</title><body>${before}
        <script${nonce} src="${this.url('/qualifio-inspector.min.js')}"></script>
        <script ${markup({ src: this.url('/qualifio-campaign.min.js'), ...kitUrl, ...script })}></script>
        <qualifio-campaign ${markup(attributes)}>${inside}${end}<qualifio-inspector ${inspector}></qualifio-inspector>
        <script${nonce}>{
          const campaign = document.querySelector('qualifio-campaign');
          const Campaign = customElements.get('qualifio-campaign');
          ${code}
          ${publisher.worker && "navigator.serviceWorker.register('/sw.js');"}
        }</script>`,
    };
  }

  async #endpointAnswer(
    pathname: string,
    query: URLSearchParams,
    request: IncomingMessage,
  ): Promise<Answer> {
    const given = await this.#routedAnswer(pathname, query, request);
    if (request.method === 'OPTIONS') return given;
    return { ...given, headers: { ...this.publisher.headers, ...given.headers } };
  }

  async #routedAnswer(
    pathname: string,
    query: URLSearchParams,
    request: IncomingMessage,
  ): Promise<Answer> {
    const { publisher } = this;
    if (pathname.startsWith('/20/') && publisher.redirectTo) {
      await new Promise((resolve) => setTimeout(resolve, publisher.redirectAfter));
      return { status: 302, headers: { Location: publisher.redirectTo + request.url } };
    }
    if (pathname !== publisher.path) return publisher.elsewhere;
    if (request.method === 'OPTIONS') return publisher.preflight;
    if (query.get('part') === 'tag') return publisher.tag;
    if (!publisher.isSignedIn(request)) return publisher.signedOut;
    return publisher.signedIn(await this.token());
  }
}

function markup(attributes: Record<string, string | undefined>): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}='${value}'`)
    .join(' ');
}

/** Waits until the page's service worker, as the site has it now, is active; runs in the page. */
async function newestWorker(): Promise<void> {
  const registration = await navigator.serviceWorker.ready;
  await registration.update();
  const worker = registration.installing ?? registration.waiting;
  while (worker && worker.state !== 'activated') {
    await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
  }
}

/** What {@link noteWhatIsShown} adds to a page. */
interface Shown {
  read(expression: string): Advice | null;
}

/** Runs in the page before its own scripts; self-contained. */
function noteWhatIsShown(): void {
  const told: string[] = [];
  const { warn } = console;
  console.warn = (...words: unknown[]) => {
    told.push(String(words[0]));
    warn.apply(console, words);
  };
  // Retries without a pause.
  Math.random = () => 0;
  addEventListener('error', ({ message }) => told.push(message));
  addEventListener('unhandledrejection', ({ reason }) => told.push(String(reason)));
  (window as unknown as Shown).read = (expression) => {
    const words = new RegExp(expression);
    const root = document.querySelector('qualifio-inspector')?.shadowRoot;
    const lines = [...(root?.querySelectorAll('li, p') ?? [])].map((line) => ({
      text: line.textContent.replace(/\s+/g, ' ').trim(),
      codes: [...line.querySelectorAll('code')].map(({ textContent }) => textContent),
    }));
    const text = [...told, ...lines.map((line) => line.text)].join('\n');
    const codes = lines.filter((line) => words.test(line.text)).flatMap((line) => line.codes);
    return words.test(text) ? { text, codes } : null;
  };
}
