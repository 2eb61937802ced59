import { expect } from '@open-wc/testing';
import { setupWorker } from 'msw/browser';
import { http, HttpResponse } from 'msw';
import { kitUrl, library, OwnPage } from '../support/own-page.js';
import {
  campaign,
  endpoint,
  freshId,
  giving,
  next,
  stageHost,
  stagePuppet,
  token,
} from '../support/stage.js';
import { eventually } from '../support/watch.js';
import type { QualifioCampaign } from '../../src/index.js';

const folder = '/test/support/';
const inspecting = '<script type="module" src="/src/inspector/index.ts"></script>';

describe('on a device whose service worker keeps every answer', () => {
  let registration: ServiceWorkerRegistration;
  let page: OwnPage;
  /** All participants use the same tag number, so their requests have the same address. */
  const id = freshId();
  before(async () => {
    registration = await navigator.serviceWorker.register(`${folder}cache-first-worker.js`);
    const { installing, waiting } = registration;
    const worker = installing ?? waiting;
    while (worker && worker.state !== 'activated') await next(worker, 'statechange');
  });
  beforeEach(async () => {
    page = await OwnPage.open();
    page.element.kitUrl = kitUrl();
    expect(page.window.navigator.serviceWorker.controller).to.not.equal(null);
  });
  afterEach(() => page.close());
  after(async () => {
    await registration.unregister();
    await caches.delete('cache-first');
  });

  /**
   * Plays a campaign to its form with this endpoint, and returns the token that the campaign
   * received, if any.
   */
  async function play(url: string): Promise<unknown[]> {
    const element = page.campaign({ 'auth-endpoint': url, 'campaign-id': id });
    const puppet = await stagePuppet(element, page.document.body);
    const settled = new Promise((resolve) => {
      for (const name of ['token-sent', 'login-required', 'error']) {
        element.addEventListener(`qualifio-${name}`, resolve);
      }
    });
    await puppet.say('isLoggedIn');
    await settled;
    const received = element.status === 'token-sent' ? await puppet.awaitMessages(1) : [];
    element.remove();
    return received.map(({ data }) => data);
  }

  it('each participant gets their own token: A, then none, then B', async () => {
    const [a, b] = [await token({ sub: 'A' }), await token({ sub: 'B' })];
    const source = endpoint(giving(a), { status: 401 }, giving(b));
    expect(await play(source.url)).to.deep.equal([a]);
    expect(await play(source.url)).to.deep.equal([]);
    expect(await play(source.url)).to.deep.equal([b]);
    expect(await source.requests()).to.have.length(3);
  });

  it('a corrected tag is seen by reload()', async () => {
    const channelId = '00000000-0000-0000-0000-00000000ABCD';
    const tag = (host: string) => ({ body: JSON.stringify({ tag: { channelId, host } }) });
    const source = endpoint(tag('https://wrong'), tag(stageHost));
    const element: QualifioCampaign = page.campaign({ 'auth-endpoint': source.url });
    element.removeAttribute('channel-id');
    element.removeAttribute('host');
    element.addEventListener('qualifio-error', (event) => event.preventDefault());
    const failed = next(element, 'qualifio-error');
    page.document.body.append(element);
    await failed;
    await element.reload();
    expect(element.status).to.equal('ready');
  });

  for (const [what, query] of [
    ['ignores the query', '&ignoreSearch'],
    ['only stores answers', ''],
  ] as const) {
    it(`the inspector names a worker that ${what}, and does not show an old token as fresh`, async () => {
      const then = Date.now() - 3_600_000;
      const exp = Math.floor(then / 1000) + 300;
      const [a, b] = [await token({ exp }), await token()];
      const headers = { Date: new Date(then).toUTCString() };
      const source = endpoint({ ...giving(a), headers }, giving(b));
      const url = source.url + query;
      expect(await play(url)).to.deep.equal([a]);
      page.close();
      page = await OwnPage.open(library + inspecting);
      page.element.kitUrl = kitUrl();
      const element = page.campaign({ 'auth-endpoint': url, 'campaign-id': id });
      const inspector = page.document.createElement('qualifio-inspector');
      page.document.body.append(inspector);
      const puppet = await stagePuppet(element, page.document.body);
      const sent = next(element, 'qualifio-token-sent');
      await puppet.say('isLoggedIn');
      await sent;
      const [message] = await puppet.awaitMessages(1);
      expect(message!.data).to.equal(query ? a : b);
      const words = query ? 'perhaps from a cache, seconds left not known' : 's left, for';
      await eventually(() => inspector.toText().includes(words));
      const text = inspector.toText();
      if (query) expect(text).not.to.match(/\d s left/);
      expect(text).to.include('stores answers of the token endpoint');
      expect(text).to.include(`for \`${source.url.split('?')[0]}\``);
      expect(text).to.include("caches.delete('cache-first')");
    });
  }
});

describe('if msw answers for the endpoint', () => {
  const url = `http://${stageHost}/msw/token`;
  const worker = setupWorker();
  let registration: ServiceWorkerRegistration | undefined;
  before(async () => {
    registration = await worker.start({
      quiet: true,
      onUnhandledRequest: 'bypass',
      serviceWorker: { url: '/node_modules/msw/lib/mockServiceWorker.js', options: { scope: '/' } },
    });
  });
  afterEach(() => worker.resetHandlers());
  // The worker is not stopped: a request that it has passed on to a stopped page never ends.
  after(() => registration?.unregister());

  for (const [what, respond, sent] of [
    ['a token', (jwt: string) => HttpResponse.json({ token: jwt }), true],
    ['null', () => HttpResponse.json({ token: null }), false],
    ['401', () => new HttpResponse(null, { status: 401 }), false],
  ] as const) {
    it(`its ${what} ${sent ? 'is handed over' : 'is signed out'}`, async () => {
      const jwt = await token();
      worker.use(http.get(url, () => respond(jwt)));
      const element = campaign({ 'auth-endpoint': url });
      const puppet = await stagePuppet(element);
      const told = next(element, sent ? 'qualifio-token-sent' : 'qualifio-login-required');
      await puppet.say('isLoggedIn');
      await told;
      if (sent) expect((await puppet.awaitMessages(1))[0]?.data).to.equal(jwt);
      element.remove();
    });
  }
});
