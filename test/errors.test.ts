import { expect } from '@open-wc/testing';
import type {
  QualifioCampaign,
  QualifioErrorCode,
  QualifioErrorEvent,
  QualifioErrorPhase,
} from '../src/index.js';
import { errorGuide } from '../src/error-guide.js';
import { errorPages } from '../src/errors.js';
import { kitUrl, OwnPage } from './support/own-page.js';
import { warningsDuring } from './support/watch.js';
import { endpoint, giving, next, Puppet, stageHost, token, type Answer } from './support/stage.js';

/** One way to make an error happen, and what is told of it. */
interface Case {
  phase: QualifioErrorPhase;
  recoverable?: true;
  httpStatus?: number;
  /** What the message names. */
  names: RegExp | string;
  /** Address of the kit. Default: one that works. */
  kit?: string;
  /** Attributes beside those that make a campaign run. */
  attributes?: Record<string, string> | (() => Promise<Record<string, string>>);
  /** Before the element is inserted. */
  before?: (page: OwnPage, element: QualifioCampaign) => void;
  /** Once the campaign is ready. */
  act?: (element: QualifioCampaign) => unknown;
}

/** The campaign reaches its form. */
const ask = (element: QualifioCampaign): Promise<void> =>
  new Puppet(element.frame!).say('isLoggedIn');

/** The campaign reaches its form, and Qualifio answers each token that it gets by `code`. */
function refuse(code: unknown, tokens = 1): (element: QualifioCampaign) => Promise<void> {
  return async (element) => {
    const puppet = new Puppet(element.frame!);
    await puppet.say('isLoggedIn');
    for (let count = 1; count <= tokens; count++) {
      await puppet.awaitMessages(count);
      await puppet.say('error', { code });
    }
  };
}

/** An endpoint that answers so, asked. */
function answered(answer: Answer | (() => Promise<Answer>), more: Record<string, string> = {}) {
  const attributes = async () => ({
    'auth-endpoint': endpoint(typeof answer === 'function' ? await answer() : answer).url,
    ...more,
  });
  return { attributes, act: ask };
}

/** An element that gives a fresh, valid token each time. */
const provided = (_: OwnPage, element: QualifioCampaign): void => {
  element.tokenProvider = () => token();
};

const closedPort = `http://${stageHost.split(':')[0]}:9`;
const inThePast = Math.floor(Date.now() / 1000) - 100;

const cases = {
  CONFIG_INVALID: [
    { phase: 'config', names: /^host /, attributes: { host: 'a/b' } },
    { phase: 'config', names: /^auth-endpoint .*tokenProvider/, act: ask },
  ],
  HOST_NOT_ALLOWED: [
    {
      phase: 'config',
      names: stageHost,
      before: (page) => (page.element.allowedHosts = ['jeux.publisher.com']),
    },
    {
      phase: 'config',
      names: stageHost,
      ...answered(giving('t', { hosts: ['jeux.publisher.com'] })),
    },
  ],
  DUPLICATE_CAMPAIGN: [
    {
      phase: 'config',
      names: /\b31\b/,
      attributes: { 'campaign-id': '31' },
      before: (page) => page.document.body.append(page.campaign({ 'campaign-id': '31' })),
    },
    {
      phase: 'config',
      names: /\b32\b/,
      attributes: { 'campaign-id': '32' },
      before: ({ document }) => {
        const pasted = document.createElement('div');
        pasted.id = 'qualifio_insert_place_32';
        document.body.append(pasted);
      },
    },
  ],
  KIT_LOAD_FAILED: [
    { phase: 'kit', names: `${stageHost}/kit`, kit: kitUrl({ kit: '404' }) },
    { phase: 'kit', names: `${closedPort}/kit`, kit: `${closedPort}/kit/qualp.2.min.js` },
  ],
  KIT_TIMEOUT: [
    {
      phase: 'kit',
      names: '200',
      kit: kitUrl({ kit: 'never' }),
      attributes: { 'kit-timeout': '200' },
    },
    {
      phase: 'kit',
      names: '200',
      kit: kitUrl({ frame: 'none' }),
      attributes: { 'kit-timeout': '200' },
    },
  ],
  FRAME_REMOVED: [{ phase: 'kit', names: 'frame', act: (element) => element.frame!.remove() }],
  ENDPOINT_UNREACHABLE: [
    { phase: 'token', recoverable: true, names: 'endpoint', ...answered({ reset: true }) },
    {
      phase: 'token',
      recoverable: true,
      names: 'CORS',
      ...answered({ headers: { 'Access-Control-Allow-Origin': 'https://other.example' } }),
    },
  ],
  ENDPOINT_TIMEOUT: [
    {
      phase: 'token',
      recoverable: true,
      names: /200.*token-timeout/,
      ...answered({ hold: 'headers' }, { 'token-timeout': '200' }),
    },
  ],
  ENDPOINT_FORBIDDEN: [
    { phase: 'token', httpStatus: 403, names: '403', ...answered({ status: 403 }) },
  ],
  ENDPOINT_FAILED: [
    { phase: 'token', httpStatus: 404, names: '404', ...answered({ status: 404 }) },
    {
      phase: 'token',
      recoverable: true,
      httpStatus: 500,
      names: '500',
      ...answered({ status: 500 }),
    },
  ],
  ENDPOINT_BAD_RESPONSE: [
    {
      phase: 'token',
      httpStatus: 200,
      names: 'endpoint',
      ...answered({ type: 'text/html', body: '<h1>Hi</h1>' }),
    },
    { phase: 'token', httpStatus: 200, names: '"token"', ...answered({ body: '{"jwt":"t"}' }) },
    { phase: 'token', httpStatus: 200, names: 'endpoint', ...answered({ flood: true }) },
  ],
  PROVIDER_FAILED: [
    {
      phase: 'token',
      recoverable: true,
      names: 'tokenProvider',
      before: (_, element) => (element.tokenProvider = () => Promise.reject(new Error('no'))),
      act: ask,
    },
    {
      phase: 'token',
      recoverable: true,
      names: 'tokenProvider',
      before: (_, element) => (element.tokenProvider = async () => undefined as unknown as null),
      act: ask,
    },
  ],
  TOKEN_WRONG_CAMPAIGN: [
    {
      phase: 'token',
      names: /\b33\b/,
      ...answered(async () => giving(await token()), { 'token-campaign-id': '33' }),
    },
  ],
  TOKEN_EXPIRED: [
    {
      phase: 'token',
      recoverable: true,
      names: 'expired',
      ...answered(async () => giving(await token({ exp: inThePast }))),
    },
    {
      phase: 'qualifio',
      names: 'TOKEN_EXPIRED',
      before: provided,
      act: refuse('TOKEN_EXPIRED', 2),
    },
  ],
  TOKEN_INVALID_FORMAT: [
    { phase: 'token', names: 'JWT', ...answered(giving('opaque')) },
    {
      phase: 'qualifio',
      names: 'TOKEN_INVALID_FORMAT',
      before: provided,
      act: refuse('TOKEN_INVALID_FORMAT'),
    },
  ],
  TOKEN_EMPTY: [
    { phase: 'token', recoverable: true, names: 'empty', ...answered(giving('')) },
    { phase: 'qualifio', names: 'TOKEN_EMPTY', before: provided, act: refuse('TOKEN_EMPTY', 2) },
  ],
  TOKEN_INVALID_SIGNATURE: [
    {
      phase: 'qualifio',
      names: 'TOKEN_INVALID_SIGNATURE',
      before: provided,
      act: refuse('TOKEN_INVALID_SIGNATURE'),
    },
  ],
  TOKEN_DECRYPTION_FAILED: [
    {
      phase: 'qualifio',
      names: 'TOKEN_DECRYPTION_FAILED',
      before: provided,
      act: refuse('TOKEN_DECRYPTION_FAILED'),
    },
  ],
  UNKNOWN: [
    { phase: 'qualifio', names: 'UNKNOWN', before: provided, act: refuse('UNKNOWN') },
    { phase: 'qualifio', names: 'UNKNOWN', before: provided, act: refuse('SOMETHING_NEW') },
    { phase: 'qualifio', names: 'UNKNOWN', before: provided, act: refuse({ code: 7 }) },
  ],
  // The type check fails here as soon as a code has no case.
} satisfies Record<QualifioErrorCode, [Case, ...Case[]]>;

let page: OwnPage;

/** Makes `given` happen on an element of its own page, and waits until its page has been told. */
async function provoke(given: Case, listener: (event: QualifioErrorEvent) => void) {
  const { kit, attributes = {}, before, act } = given;
  page.element.kitUrl = kit ?? kitUrl();
  const element = page.campaign(typeof attributes === 'function' ? await attributes() : attributes);
  before?.(page, element);
  element.addEventListener('qualifio-error', listener);
  const failed = next<QualifioErrorEvent>(page.document, 'qualifio-error');
  page.document.body.append(element);
  if (act) {
    await element.load();
    await act(element);
  }
  const event = await failed;
  await element.updateComplete;
  return { element, event };
}

function panelOf(element: QualifioCampaign): HTMLElement {
  return element.shadowRoot!.querySelector<HTMLElement>('[part=panel]')!;
}

for (const [code, { phases }] of Object.entries(errorGuide)) {
  const ways: readonly Case[] = cases[code as QualifioErrorCode];

  it(`the error guide lists the phases of ${code}`, () => {
    expect([...new Set(ways.map(({ phase }) => phase))]).to.deep.equal([...phases]);
  });

  ways.forEach((given, index) => {
    describe(`the error ${code} in phase ${given.phase}, case ${index + 1},`, () => {
      before(async () => {
        page = await OwnPage.open();
        page.window.Math.random = () => 0;
        page.window.console.warn = () => {};
      });
      afterEach(() => page.document.body.replaceChildren());
      after(() => page.close());

      // @holds P10
      it('is reported, in the panel and in the console with a link to its page', async () => {
        let provoked!: Awaited<ReturnType<typeof provoke>>;
        const warnings = await warningsDuring(async () => {
          provoked = await provoke(given, () => {});
        }, page.window);
        const { element, event } = provoked;
        const { error } = event;
        expect(error).to.be.instanceOf(page.window.Error);
        expect(error).to.include({
          name: 'QualifioError',
          code,
          phase: given.phase,
          recoverable: given.recoverable ?? false,
        });
        expect(error.httpStatus).to.equal(given.httpStatus);
        expect(error.message).to.match(pattern(given.names));
        expect(event.campaignId).to.equal(element.campaignId);
        expect(element.error).to.equal(error);
        expect(element.status).to.equal('error');
        expect(element.matches(':state(error)')).to.equal(true);
        const panel = panelOf(element);
        expect(panel.checkVisibility()).to.equal(true);
        expect(panel.textContent).to.match(/\w/);
        const { link, lines } = await docsPage(code);
        expect(warnings).to.deep.equal([`<qualifio-campaign>: ${error.message} ${link}`]);
        const shown = lines.map(outline);
        expect(shown).to.include(outline(`<qualifio-campaign>: ${error.message}`));
        const { phase, recoverable, httpStatus } = error;
        const members = [`code: '${code}'`, `phase: '${phase}'`, `recoverable: ${recoverable}`];
        if (httpStatus) members.push(`httpStatus: ${httpStatus}`);
        expect(shown).to.include(outline(`{${members.join(', ')}}`));
      });

      it('shows no panel and no warning if a listener prevents it', async () => {
        const warnings = await warningsDuring(async () => {
          const { element } = await provoke(given, (event) => event.preventDefault());
          expect(element.status).to.equal('error');
          expect(element.error?.code).to.equal(code);
          expect(panelOf(element).checkVisibility()).to.equal(false);
        }, page.window);
        expect(warnings).to.deep.equal([]);
      });
    });
  });
}

/** The page of an error: its address, and its lines. */
async function docsPage(code: string): Promise<{ link: string; lines: string[] }> {
  const link = `${errorPages}${code}.md`;
  const answer = await fetch(link.slice(link.indexOf('/docs/')));
  expect(answer.status).to.equal(200);
  return { link, lines: (await answer.text()).split('\n') };
}

/** A message without what differs from case to case: words with a digit, a slash or a dot inside. */
function outline(message: string): string {
  return message.replace(/\S*(\d|\/|\.\w)[^\s}]*/g, '*');
}

function pattern(names: RegExp | string): RegExp {
  return typeof names === 'string' ? new RegExp(names.replaceAll('.', '\\.')) : names;
}
