import { expect } from '@open-wc/testing';
import type { QualifioCampaign } from '../../src/index.js';
import type { QualifioInspector, SetUpFault } from '../../src/inspector/index.js';
import { looksSameSite } from '../../src/inspector/site.js';
import { kitUrl, library, OwnPage } from '../support/own-page.js';
import { endpoint, giving, next, Puppet, stageHost, stagePuppet, token } from '../support/stage.js';
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

  it('nothing about a host that a policy does not let it try, and tries it only if the frame is silent', async () => {
    await open({}, "connect-src 'self'");
    const blocked: string[] = [];
    page.document.addEventListener('securitypolicyviolation', (event) => {
      if (event.effectiveDirective === 'connect-src') blocked.push(event.blockedURI);
    });
    const puppet = await stagePuppet(element, page.document.body);
    await eventually(() => inspector.toText().includes('no message from this frame'));
    await puppet.say('requestParticipantAction');
    await eventually(() => inspector.toText().includes('has sent messages'));
    // Its time ends after that of the first.
    const silent = page.campaign({ id: 'silent', host: '127.0.0.1:59999' });
    const other = page.document.createElement('qualifio-inspector');
    other.htmlFor = 'silent';
    page.document.body.append(other);
    page.document.body.append(silent);
    await eventually(() => blocked.some((url) => url.includes(':59999')));
    expect(blocked.map((url) => new URL(url).origin)).to.deep.equal(['http://127.0.0.1:59999']);
    await Promise.all([inspector.updateComplete, other.updateComplete]);
    for (const { faults } of [inspector, other]) {
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
