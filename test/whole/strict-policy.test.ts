import { expect } from '@open-wc/testing';
import type { QualifioCampaign, QualifioErrorEvent } from '../../src/index.js';
import { kitUrl, OwnPage } from '../support/own-page.js';
import { paste, tag } from '../support/pasted-tag.js';
import { closed } from '../support/place.js';
import {
  endpoint,
  freshId,
  giving,
  next,
  stageHost,
  stagePuppet,
  token,
  type Answer,
} from '../support/stage.js';
import { nextTask } from '../support/watch.js';

/**
 * Nothing by default, and Trusted Types: the strictest policy in docs/csp.md, with the hosts of the
 * tests.
 */
const strict = {
  'default-src': "'none'",
  'script-src': `'self' http://${stageHost}`,
  'frame-src': `http://${stageHost}`,
  'connect-src': `http://${stageHost}`,
  'base-uri': "'none'",
  'form-action': "'self'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'qualifio-campaign',
};

let page: OwnPage;
let violations: string[];
afterEach(() => page.close());

/** Opens a page with the CDN file under the strict policy, or one that differs from it. */
async function open(kit: string = kitUrl(), other: Partial<typeof strict> = {}): Promise<void> {
  const policy = Object.entries({ ...strict, ...other }).map((directive) => directive.join(' '));
  page = await OwnPage.open(`
    <meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
    <script src="/dist/qualifio-campaign.min.js" data-kit-url="${kit}"></script>`);
  violations = [];
  page.document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
    violations.push(effectiveDirective);
  });
  page.window.console.warn = () => undefined;
}

/** What the policy has blocked; violations are reported a task later. */
async function kept(): Promise<string[]> {
  await nextTask();
  await nextTask();
  return violations;
}

/** Inserts an element, and returns the code of its first error. */
async function errorOf(element: QualifioCampaign): Promise<string> {
  const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
  page.document.body.append(element);
  return (await failed).error.code;
}

// @holds P7, P8, T16
describe('under the strictest policy, without violations,', () => {
  it('a campaign runs: pre-login, login panel, token, a new token, Qualifio’s error', async () => {
    await open();
    const jwts = [await token(), await token()];
    const source = endpoint({ status: 401 }, ...jwts.map((jwt) => giving(jwt)));
    const element = page.campaign({ 'auth-endpoint': source.url, 'login-url': '/login' });
    const puppet = await stagePuppet(element, page.document.body);
    await puppet.say('requestParticipantAction');
    await puppet.awaitMessages(1);
    const required = next(element, 'qualifio-login-required');
    await puppet.say('isLoggedIn');
    await required;
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('a')!.href).to.contain('return_to');
    expect(await element.resume()).to.equal(true);
    await puppet.say('error', { code: 'TOKEN_EXPIRED' });
    const messages = await puppet.awaitMessages(3);
    expect(messages.slice(1).map(({ data }) => data)).to.deep.equal(jwts);
    const failed = next(element, 'qualifio-error');
    await puppet.say('error', { code: 'TOKEN_INVALID_SIGNATURE' });
    await failed;
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('button')).not.to.equal(null);
    await element.reload();
    expect(element.status).to.equal('ready');
    expect(await kept()).to.deep.equal([]);
  });

  it('a campaign runs from a pasted tag, in a closed shadow root, and after a move', async () => {
    await open();
    const pasted = page.document.createElement('qualifio-campaign');
    paste(pasted, tag(freshId()));
    await stagePuppet(pasted, page.document.body);
    const inRoot = page.document.createElement('section');
    page.document.body.append(inRoot);
    const root = inRoot.attachShadow(closed);
    const element = page.campaign({ loading: 'lazy' });
    await stagePuppet(element, root);
    page.document.body.append(element);
    await element.load();
    expect([pasted.status, element.status]).to.deep.equal(['ready', 'ready']);
    expect(await kept()).to.deep.equal([]);
  });

  const answers: Record<string, Answer> = {
    ENDPOINT_FORBIDDEN: { status: 403 },
    ENDPOINT_FAILED: { status: 404 },
    ENDPOINT_BAD_RESPONSE: { type: 'text/html', body: '<script>1</script>' },
    ENDPOINT_TIMEOUT: { hold: 'body' },
    TOKEN_EMPTY: giving(''),
    TOKEN_INVALID_FORMAT: giving('no.token'),
    HOST_NOT_ALLOWED: giving('a.b.c', { hosts: ['jeux.publisher.com'] }),
  };
  for (const [code, answer] of Object.entries(answers)) {
    it(`the endpoint’s ${code} is reported and shown`, async () => {
      await open();
      const source = endpoint(answer);
      // The other deadlines are long enough.
      const timeout = answer.hold && { 'token-timeout': '900' };
      const element = page.campaign({ 'auth-endpoint': source.url, ...timeout });
      const puppet = await stagePuppet(element, page.document.body);
      const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
      await puppet.say('isLoggedIn');
      expect((await failed).error.code).to.equal(code);
      await element.updateComplete;
      expect(element.shadowRoot!.querySelector('[part=message]')).not.to.equal(null);
      expect(await kept()).to.deep.equal([]);
    });
  }

  for (const [code, knobs, attributes] of [
    ['KIT_LOAD_FAILED', { kit: '404' }, {}],
    ['KIT_TIMEOUT', { frame: 'none' }, { 'kit-timeout': '200' }],
    ['CONFIG_INVALID', {}, { host: 'a/b' }],
  ] as const) {
    it(`${code} is reported and shown`, async () => {
      await open(kitUrl(knobs));
      const element = page.campaign(attributes);
      expect(await errorOf(element)).to.equal(code);
      await element.updateComplete;
      expect(element.shadowRoot!.querySelector('[part=message]')).not.to.equal(null);
      expect(await kept()).to.deep.equal([]);
    });
  }

  it('a removed frame causes FRAME_REMOVED', async () => {
    await open();
    const element = page.campaign();
    await stagePuppet(element, page.document.body);
    const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
    element.frame!.remove();
    expect((await failed).error.code).to.equal('FRAME_REMOVED');
    expect(await kept()).to.deep.equal([]);
  });
});

describe('an incomplete policy', () => {
  // @holds T16
  it('without the name qualifio-campaign causes KIT_LOAD_FAILED, which says what to add', async () => {
    await open(kitUrl(), { 'trusted-types': 'other' });
    const element = page.campaign();
    expect(await errorOf(element)).to.equal('KIT_LOAD_FAILED');
    expect(element.error!.message).to.contain('trusted-types qualifio-campaign');
    expect(page.document.querySelector('script[src*="/kit/"]')).to.equal(null);
    expect(new Set(await kept())).to.deep.equal(new Set(['trusted-types']));
  });

  for (const [directive, code] of [
    ['script-src', 'KIT_LOAD_FAILED'],
    ['frame-src', 'KIT_TIMEOUT'],
  ] as const) {
    it(`without the ${directive} causes ${code}`, async () => {
      await open(kitUrl(), { [directive]: directive === 'script-src' ? "'self'" : "'none'" });
      expect(await errorOf(page.campaign())).to.equal(code);
      expect((await kept())[0]).to.match(new RegExp(`^${directive}`));
    });
  }

  it('without the connect-src causes ENDPOINT_UNREACHABLE', async () => {
    await open(kitUrl(), { 'connect-src': "'none'" });
    const element = page.campaign({ 'auth-endpoint': endpoint(giving(await token())).url });
    const puppet = await stagePuppet(element, page.document.body);
    const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
    await puppet.say('isLoggedIn');
    expect((await failed).error.code).to.equal('ENDPOINT_UNREACHABLE');
    expect(new Set(await kept())).to.deep.equal(new Set(['connect-src']));
  });
});
