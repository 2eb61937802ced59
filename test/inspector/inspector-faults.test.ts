import { expect } from '@open-wc/testing';
import type { QualifioCampaign } from '../../src/index.js';
import type { QualifioInspector, SetUpFault } from '../../src/inspector/index.js';
import { looksSameSite } from '../../src/inspector/site.js';
import { kitUrl, library, OwnPage } from '../support/own-page.js';
import {
  endpoint,
  giving,
  next,
  Puppet,
  stageHost,
  stagePuppet,
  token,
  type SeenRequest,
} from '../support/stage.js';
import { eventually } from '../support/watch.js';

const inspecting = '<script type="module" src="/src/inspector/index.ts"></script>';
const kitOrigin = `http://${stageHost}`;

let page: OwnPage;
let inspector: QualifioInspector;
let element: QualifioCampaign;
afterEach(() => page.close());

/**
 * Opens a page with a campaign and its inspector, and with a Content-Security-Policy if there is
 * one.
 */
async function open(attributes: Record<string, string> = {}, policy?: string): Promise<void> {
  const meta = policy ? `<meta http-equiv="Content-Security-Policy" content="${policy}">` : '';
  page = await OwnPage.open(meta + library + inspecting);
  page.element.kitUrl = kitUrl();
  element = page.campaign({ id: 'here', ...attributes });
  inspector = page.document.createElement('qualifio-inspector');
  inspector.htmlFor = 'here';
  page.document.body.append(inspector);
}

/** Inserts the campaign, and waits until it fails. */
async function fail(): Promise<void> {
  const failed = next(element, 'qualifio-error');
  element.addEventListener('qualifio-error', (event) => event.preventDefault());
  page.document.body.append(element);
  await failed;
}

/** Makes the campaign ask who plays, and waits for the event that the element then dispatches. */
async function ask(event: string): Promise<void> {
  const puppet = await stagePuppet(element, page.document.body);
  const told = next(element, event);
  await puppet.say('isLoggedIn');
  await told;
}

/** An endpoint that answers 401 with headers that pages may read. */
function signedOut(headers: Record<string, string>): ReturnType<typeof endpoint> {
  const names = Object.keys(headers).join(', ');
  return endpoint({ status: 401, headers: { ...headers, 'Access-Control-Expose-Headers': names } });
}

/** Waits until the inspector shows a fault with these words. */
async function shown(id: SetUpFault['id'], ...words: string[]): Promise<void> {
  await eventually(() => {
    const fault = inspector.renderRoot.querySelector(`[part=faults] [data-fault=${id}]`);
    return fault !== null && words.every((part) => fault.textContent!.includes(part));
  });
}

function ids(): string[] {
  return inspector.faults.map(({ id }) => id);
}

describe('the inspector reports', () => {
  it('a campaign host on another site', async () => {
    await open();
    await stagePuppet(element, page.document.body);
    await shown('cross-site-frame', '127.0.0.1, seems to be on another site');
  });

  it('a policy that blocks the kit', async () => {
    await open({}, "script-src 'self'");
    await fail();
    await shown(
      'kit-blocked',
      `Content-Security-Policy blocks Qualifio’s script, ${kitUrl()}`,
      `script-src ${kitOrigin}`,
    );
  });

  it('a policy that blocks the kit of an element with another nonce', async () => {
    await open({ nonce: 'n2' }, "script-src 'self' 'nonce-n1'");
    await fail();
    await shown('kit-blocked', 'the element’s nonce is from another page');
  });

  it('a policy without the Trusted Types policy name', async () => {
    // Each of the two bundles contains lit, which creates a policy.
    const policies = "lit-html 'allow-duplicates'";
    await open({}, `require-trusted-types-for 'script'; trusted-types ${policies}`);
    await fail();
    await shown('kit-blocked', 'trusted-types qualifio-campaign');
  });

  it('a kit that did not load for any other reason', async () => {
    await open();
    page.element.kitUrl = kitUrl({ kit: '404' });
    await fail();
    await shown('kit-blocked', 'did not load');
  });

  it('a policy that blocks the campaign’s frame', async () => {
    await open({ 'kit-timeout': '500' }, "frame-src 'self'");
    page.document.body.append(element);
    await shown('frame-blocked', `frame-src ${kitOrigin}`);
  });

  for (const [what, host] of [
    ['whose name does not resolve', 'jeux.publisher.invalid'],
    ['that refuses connections', '127.0.0.1:59999'],
  ] as const) {
    it(`a campaign host ${what}, although engines have a load event for their error page`, async () => {
      await open({ host, 'kit-timeout': '1000' });
      page.document.body.append(element);
      await shown('host-unreachable', 'no message from the campaign’s frame yet', host);
      expect(element.heard).to.equal(false);
    });
  }

  it('nothing about a host that a policy does not let it try, and tries it only if the frame is silent and not blocked', async () => {
    const allowed = `${kitOrigin} http://127.0.0.1:59999`;
    await open({}, `connect-src 'self'; frame-src ${allowed}`);
    const blocked: string[] = [];
    page.document.addEventListener('securitypolicyviolation', (event) => {
      if (event.effectiveDirective === 'connect-src') blocked.push(event.blockedURI);
    });
    const puppet = await stagePuppet(element, page.document.body);
    await eventually(() => inspector.toText().includes('no message from this frame'));
    await puppet.say('requestParticipantAction');
    await eventually(() => inspector.toText().includes('has sent messages'));
    const inspect = (id: string, host: string): QualifioInspector => {
      const other = page.document.createElement('qualifio-inspector');
      other.htmlFor = id;
      page.document.body.append(other, page.campaign({ id, host }));
      return other;
    };
    const barred = inspect('barred', '127.0.0.1:59998');
    await eventually(() => barred.faults.some(({ id }) => id === 'frame-blocked'));
    // Its time ends after that of the others.
    const silent = inspect('silent', '127.0.0.1:59999');
    await eventually(() => blocked.some((url) => url.includes(':59999')));
    expect(blocked.map((url) => new URL(url).origin)).to.deep.equal(['http://127.0.0.1:59999']);
    const inspectors = [inspector, barred, silent];
    await Promise.all(inspectors.map((each) => each.updateComplete));
    for (const { faults } of inspectors) {
      expect(faults.map(({ id }) => id)).to.not.include('host-unreachable');
    }
  });

  it('a policy that blocks the endpoint', async () => {
    const { url } = endpoint(giving(await token()));
    await open({ 'auth-endpoint': url }, "connect-src 'self'");
    await ask('qualifio-error');
    await shown('endpoint-blocked', `connect-src ${kitOrigin}`);
    expect(ids()).not.to.include('endpoint-cors');
  });

  it('an endpoint on another origin without CORS', async () => {
    await open({ 'auth-endpoint': kitUrl() });
    await ask('qualifio-error');
    await shown(
      'endpoint-cors',
      `on another origin, ${kitOrigin}`,
      `Access-Control-Allow-Origin: ${location.origin}`,
    );
  });

  it('that an answer may not be compressed as it says, or breaks off', async () => {
    const answer = { ...giving(await token()), headers: { 'Content-Encoding': 'gzip' } };
    await open({ 'auth-endpoint': endpoint(answer).url });
    const puppet = await stagePuppet(element, page.document.body);
    await puppet.say('isLoggedIn');
    await eventually(() => /^(error|token-sent)$/.test(element.status));
    // WebKitGTK takes such a body as it is.
    if (element.status === 'token-sent') {
      expect(ids()).to.not.include('endpoint-answer');
      return;
    }
    expect(element.error?.code).to.equal('ENDPOINT_UNREACHABLE');
    await shown('endpoint-answer', 'incomplete', 'Content-Encoding', 'closes the connection');
    expect(ids()).to.not.include('endpoint-cors');
  });

  it('no CORS fault for an unreachable endpoint', async () => {
    await open({ 'auth-endpoint': endpoint({ reset: true }).url });
    await ask('qualifio-error');
    expect(element.error?.code).to.equal('ENDPOINT_UNREACHABLE');
    // When the frame's probe has ended, the probe of the endpoint has ended too.
    await shown('no-frame-src');
    expect(ids()).not.to.include('endpoint-cors');
  });

  for (const [minutes, has] of [
    [10, false],
    [11, true],
  ] as const) {
    it(`${has ? '' : 'no fault for '}a token with a lifetime of ${minutes} minutes`, async () => {
      const jwt = await token({ exp: Math.floor(Date.now() / 1000) + minutes * 60 });
      await open({ 'auth-endpoint': endpoint(giving(jwt)).url });
      await ask('qualifio-token-sent');
      if (has) await shown('token-lifetime', '11 more minutes');
      else expect(ids()).not.to.include('token-lifetime');
    });
  }

  it('a token that never expires', async () => {
    const jwt = await token({ exp: undefined });
    await open({ 'auth-endpoint': endpoint(giving(jwt)).url });
    await ask('qualifio-token-sent');
    await shown('token-without-end', 'Set exp');
  });

  it('a token with the tag number as campaign ID', async () => {
    await open();
    const jwt = await token({ campaignId: element.campaignId });
    element.tokenProvider = async () => jwt;
    await ask('qualifio-token-sent');
    await shown('token-names-tag', element.campaignId, 'technical ID');
  });

  for (const [what, claims, id] of [
    ['the tag number', { campaignId: '77003' }, 'token-names-tag'],
    ['a long lifetime', { exp: Math.floor(Date.now() / 1000) + 3900 }, 'token-lifetime'],
  ] as const) {
    it(`that Qualifio refused a token, before its other fault, ${what}`, async () => {
      const jwt = await token(claims);
      await open({ 'campaign-id': '77003', 'auth-endpoint': endpoint(giving(jwt)).url });
      const puppet = await stagePuppet(element, page.document.body);
      await puppet.say('isLoggedIn');
      await shown(id);
      expect(ids()).to.not.include('token-refused');
      await puppet.say('error', { code: 'TOKEN_INVALID_SIGNATURE' });
      await shown('token-refused', 'refused the token: TOKEN_INVALID_SIGNATURE', 'alg');
      expect(ids().indexOf('token-refused')).to.equal(0);
      expect(ids()).to.include(id);
    });
  }

  it('how a token can be valid for too long, and what says which', async () => {
    const jwt = await token({ exp: Math.floor(Date.now() / 1000) + 3900 });
    await open({ 'auth-endpoint': endpoint(giving(jwt)).url });
    await ask('qualifio-token-sent');
    await shown('token-lifetime', 'lifetime is too long', 'a clock is ahead', 'token-time');
  });

  it('no fault for a token with another number', async () => {
    await open({ 'auth-endpoint': endpoint(giving(await token())).url });
    await ask('qualifio-token-sent');
    await inspector.updateComplete;
    expect(ids()).not.to.include('token-names-tag');
  });

  it('a missing frame-src, and a host that only markup chooses', async () => {
    await open();
    await stagePuppet(element, page.document.body);
    await shown('no-frame-src', `frame-src ${kitOrigin}`);
    await shown('no-allowed-hosts', stageHost);
  });

  it('messages from other senders, and marks them', async () => {
    await open({ 'auth-endpoint': endpoint(giving(await token())).url });
    // The sender can only be checked then.
    page.element.kitUrl = kitUrl({ callbacks: 'sync' });
    await stagePuppet(element, page.document.body);
    const stranger = page.document.createElement('iframe');
    const loaded = next(stranger, 'load');
    stranger.src = element.frame!.src;
    page.document.body.append(stranger);
    await loaded;
    await new Puppet(stranger).say('isLoggedIn');
    await shown('foreign-messages', 'were ignored');
    const line = inspector.renderRoot.querySelector('[data-name=isLoggedIn]')!;
    expect(line.textContent).to.include('ignored: not from the campaign’s frame');
    expect(element.status).to.equal('ready');
  });

  for (const [what, headers, sign] of [
    ['its age', { Age: '60' }, 'Age: 60'],
    ['a hit', { 'X-Cache': 'HIT from edge' }, 'X-Cache: HIT'],
    ['a hit of Cloudflare', { 'CF-Cache-Status': 'HIT' }, 'CF-Cache-Status: HIT'],
    [
      'a time for all caches',
      { 'Cache-Control': 'public, max-age=300' },
      'Cache-Control: max-age=300',
    ],
    ['a time for shared caches', { 'Cache-Control': 's-maxage=9' }, 'Cache-Control: s-maxage=9'],
  ] as const) {
    it(`a cache before the session’s cookie, if a signed-out answer has ${what}`, async () => {
      await open({ 'auth-endpoint': signedOut(headers).url });
      await ask('qualifio-login-required');
      await shown(
        'endpoint-cookie',
        `signed out. A cache between page and endpoint may give this answer: it has ${sign}.`,
        'Leave the endpoint out of the caches',
      );
    });
  }

  it('the session’s cookie first if no header shows a cache, for which it asks without cookies', async () => {
    const { url, requests } = signedOut({
      ...{ Age: '0', 'X-Cache': 'MISS', 'Cache-Control': 'no-store, max-age=300' },
    });
    await open({ 'auth-endpoint': url });
    await ask('qualifio-login-required');
    const asked = async (): Promise<SeenRequest | undefined> =>
      (await requests()).find(({ headers }) => headers['accept'] === '*/*');
    await eventually(async () => (await asked()) !== undefined);
    const { method, url: path, headers } = (await asked())!;
    expect(method).to.equal('GET');
    expect(path).to.match(new RegExp(`campaignId=${element.campaignId}&_=`));
    expect(headers).not.to.have.property('cookie');
    await shown(
      'endpoint-cookie',
      'signed out. It is on another site',
      'check that the browser keeps it',
      'neither the host that sets the cookie nor a parent domain of it, and Secure on http',
      'starts with __Host- needs Secure and Path=/, may not have Domain, and reaches only the host that sets it',
      'If it arrives, look for a cache that stores',
    );
    const { what } = inspector.faults.find(({ id }) => id === 'endpoint-cookie')!;
    expect(what).not.to.include('A cache between');
  });

  it('where to add a host if script has set the list', async () => {
    await open();
    page.element.allowedHosts = ['play.publisher.com'];
    await fail();
    await shown(
      'host-not-allowed',
      `The page does not list the campaign’s host, ${stageHost}.`,
      'to allowedHosts, which script of the page sets.',
    );
  });

  it('which host to add if only the endpoint names it', async () => {
    const channelId = 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6';
    const body = JSON.stringify({ tag: { channelId, host: stageHost } });
    await open({ 'auth-endpoint': endpoint({ body }).url });
    element.removeAttribute('channel-id');
    element.removeAttribute('host');
    page.element.allowedHosts = ['play.publisher.com'];
    await fail();
    await shown('host-not-allowed', `the campaign’s host, ${stageHost}.`, `or add ${stageHost} to`);
  });

  it('a cross-origin isolated page', async () => {
    await open();
    Object.defineProperty(page.window, 'crossOriginIsolated', { value: true });
    await stagePuppet(element, page.document.body);
    await shown('cross-origin-isolated', 'Cross-Origin-Embedder-Policy');
  });

  it('no fault if frame-src and allowedHosts are set', async () => {
    await open({}, `frame-src ${kitOrigin}`);
    page.element.allowedHosts = [stageHost];
    const probed = next<SecurityPolicyViolationEvent>(page.document, 'securitypolicyviolation');
    await stagePuppet(element, page.document.body);
    expect((await probed).blockedURI).to.match(/^https:\/\/frame-src-probe\.invalid/);
    await eventually(() => !inspector.renderRoot.querySelector('iframe'));
    await inspector.updateComplete;
    expect(ids()).to.deep.equal(['cross-site-frame']);
  });
});

describe('the inspector reports a style that hides the campaign’s frame', () => {
  /** Adds markup to the page, and puts the element into `#in`, or into the body. */
  async function play(markup: string): Promise<void> {
    await open();
    page.document.body.insertAdjacentHTML('beforeend', markup);
    const parent = page.document.getElementById('in') ?? page.document.body;
    await stagePuppet(element, parent);
  }
  const severity = (): string | undefined =>
    inspector.faults.find(({ id }) => id === 'frame-hidden')?.severity;

  for (const [rule, words] of [
    ['iframe { display: none }', 'display: none of iframe'],
    ['iframe { visibility: hidden }', 'visibility: hidden of iframe'],
    ['qualifio-campaign { visibility: hidden }', 'visibility: hidden of qualifio-campaign#here'],
    ['qualifio-campaign { opacity: 0 }', 'opacity: 0 of qualifio-campaign#here'],
    ['.qualifio_iframe_wrapper { clip-path: inset(50%) }', 'clip-path: inset(50%) of div#qualifio'],
    ['iframe { position: absolute; clip: rect(0 0 0 0) }', 'clip: rect(0px, 0px, 0px, 0px) of'],
    ['qualifio-campaign { height: 0; overflow: hidden }', 'height: 0px of qualifio-campaign#here'],
    ['qualifio-campaign { width: 0 }', 'width: 0px of iframe'],
  ] as const) {
    it(`as a fault: ${rule}`, async () => {
      const important = rule.replace(/;|(?= })/g, ' !important$&');
      await play(`<style>${important}</style>`);
      await shown('frame-hidden', words, 'iframe:not([id^=qualifio_insert_place_] iframe)');
      expect(severity()).to.equal('fault');
      page.document.querySelector('body style')!.remove();
      await eventually(() => severity() === undefined);
    });
  }

  it('as advice if an element around the campaign has it', async () => {
    await play('<div class="tab" id="in" style="display: none"></div>');
    await shown('frame-hidden', 'display: none of div#in', 'If the page does not show');
    expect(severity()).to.equal('advice');
  });

  it('of a campaign in a shadow root, also if the style is around the root', async () => {
    await open();
    const host = page.document.createElement('section');
    const root = host.attachShadow({ mode: 'open' });
    page.document.body.append(host);
    root.append(inspector);
    await stagePuppet(element, root);
    host.style.opacity = '0';
    await shown('frame-hidden', 'opacity: 0 of section');
    host.style.opacity = '';
    await eventually(() => severity() === undefined);
    root.append(
      Object.assign(page.document.createElement('style'), {
        textContent: 'qualifio-campaign { display: none }',
      }),
    );
    await shown('frame-hidden', 'display: none of qualifio-campaign#here');
  });

  for (const [what, markup] of [
    ['nothing hides', ''],
    ['is in closed details', '<details><summary>Play</summary><div id="in"></div></details>'],
    ['is in a closed dialog', '<dialog><div id="in"></div></dialog>'],
    ['is in a closed popover', '<div popover><div id="in"></div></div>'],
    ['is in a hidden element', '<div hidden><div id="in"></div></div>'],
    [
      'is visible in a hidden element',
      '<div style="visibility: hidden"><div id="in" style="visibility: visible"></div></div>',
    ],
  ] as const) {
    it(`but not of one that ${what}`, async () => {
      await play(markup);
      // The watch has looked at least twice when it reports the next style.
      const other = page.campaign({ id: 'other' });
      const second = page.document.createElement('qualifio-inspector');
      second.htmlFor = 'other';
      page.document.body.append(second);
      const hidden = page.document.createElement('div');
      hidden.style.opacity = '0';
      page.document.body.append(hidden);
      await stagePuppet(other, hidden);
      await eventually(() => second.faults.some(({ id }) => id === 'frame-hidden'));
      expect(severity()).to.equal(undefined);
    });
  }
});

describe('an element whose library has not run', () => {
  const shadow = (markup: string): string =>
    `<div><template shadowrootmode="open">${markup}</template></div>`;
  const found = (): QualifioInspector =>
    page.document.querySelector('qualifio-inspector') ??
    page.document.querySelector('div')!.shadowRoot!.querySelector('qualifio-inspector')!;

  for (const [what, markup, words] of [
    [
      'with the name in "for"',
      '<qualifio-campaign id="quiz"></qualifio-campaign><qualifio-inspector for="quiz"></qualifio-inspector>',
      '<qualifio-campaign id="quiz"> is on this page',
    ],
    [
      'without a name',
      '<qualifio-campaign></qualifio-campaign><qualifio-inspector></qualifio-inspector>',
      '<qualifio-campaign> is on this page',
    ],
    [
      'in a shadow root',
      shadow('<qualifio-campaign></qualifio-campaign><qualifio-inspector></qualifio-inspector>'),
      '<qualifio-campaign> is on this page',
    ],
    [
      'that would answer a tag',
      '<qualifio-sign-in></qualifio-sign-in><qualifio-inspector for="123456"></qualifio-inspector>',
      '<qualifio-sign-in> is on this page',
    ],
  ] as const) {
    it(`is a fault, ${what}`, async () => {
      page = await OwnPage.open(inspecting + markup);
      inspector = found();
      await shown('library-missing', words, 'integrity', 'script-src');
      expect(inspector.toText()).to.include('its library has not run');
      expect(inspector.renderRoot.textContent).to.not.include('There is no');
    });
  }

  it('is none with another name, nor once the library has run', async () => {
    page = await OwnPage.open(
      `${inspecting}<qualifio-campaign id="quiz"></qualifio-campaign><qualifio-inspector for="other"></qualifio-inspector>`,
    );
    inspector = found();
    await eventually(() => inspector.renderRoot?.textContent!.includes('id="other"'));
    expect(ids()).to.deep.equal([]);
    inspector.htmlFor = 'quiz';
    await shown('library-missing');
    await page.import('/src/index.ts');
    await eventually(() => inspector.campaign !== null);
    expect(ids()).to.not.include('library-missing');
  });
});

describe('two hosts', () => {
  before(async () => (page = await OwnPage.open()));
  for (const [a, b, same] of [
    ['www.publisher.com', 'games.publisher.com', true],
    ['publisher.com', 'a.b.publisher.com', true],
    ['www.publisher.com', 'publisher.qualifioapp.com', false],
    ['one.qualifioapp.com', 'two.qualifioapp.com', false],
    ['www.publisher.co.uk', 'games.publisher.co.uk', true],
    ['www.publisher.co.uk', 'www.other.co.uk', false],
    ['www.publisher.localhost', 'jeux.publisher.localhost', true],
    ['www.publisher.localhost', 'evil.localhost', false],
    ['localhost', 'localhost', true],
    ['localhost', '127.0.0.1', false],
    ['127.0.0.1', '127.0.0.2', false],
    ['WWW.Publisher.com', 'games.publisher.COM', true],
  ] as const) {
    it(`${a} and ${b} count as ${same ? 'one site' : 'two sites'}`, () => {
      expect(looksSameSite(a, b)).to.equal(same);
      expect(looksSameSite(b, a)).to.equal(same);
    });
  }
});
