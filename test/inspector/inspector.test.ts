import { expect, fixture, html } from '@open-wc/testing';
import type { QualifioCampaign } from '../../src/index.js';
import { errorPages } from '../../src/errors.js';
import { QualifioInspector } from '../../src/inspector/index.js';
import { kitUrl, OwnPage } from '../support/own-page.js';
import { paste, tag } from '../support/pasted-tag.js';
import {
  campaign,
  endpoint,
  freshId,
  giving,
  next,
  Puppet,
  stageHost,
  stagePuppet,
  technicalId,
  token,
} from '../support/stage.js';
import { eventually, nextTask } from '../support/watch.js';

let element: QualifioCampaign;
let inspector: QualifioInspector;

afterEach(() => {
  inspector.remove();
  element.remove();
});

/** Inserts an inspector, and waits until it follows its campaign. */
async function inspect(
  target: QualifioCampaign,
  parent: ParentNode & Node = document.body,
): Promise<void> {
  target.id ||= `campaign-${target.campaignId}`;
  inspector = document.createElement('qualifio-inspector');
  inspector.htmlFor = target.id;
  parent.append(inspector);
  await inspector.updateComplete;
  await nextTask();
}

/** The lines of the timeline, without times. 300 s soon become fewer. */
async function lines(): Promise<string[]> {
  await inspector.updateComplete;
  return Array.from(inspector.renderRoot.querySelectorAll('[part=timeline] li'), (line) =>
    Array.from(line.querySelectorAll('span.direction, .what > *, span.status'), (part) =>
      part.textContent!.trim(),
    )
      .filter(Boolean)
      .join(' | ')
      .replace(/(29\d|300) s left/, '300 s left'),
  );
}

/** Waits until messages of a name are on the timeline: a kit may call back later than its event. */
async function shown(name: string, count = 1): Promise<void> {
  const find = `[part=timeline] [data-name=${name}][data-direction=to-page]`;
  await eventually(() => inspector.renderRoot.querySelectorAll(find).length === count);
}

/** Everything that an inspector shows, stores and exports. */
function everythingOf({ renderRoot, entries, faults, toText }: QualifioInspector): string {
  const shown = (renderRoot as ShadowRoot).innerHTML;
  return [shown, JSON.stringify({ entries, faults }), toText.call(inspector)].join('\n');
}

describe('<qualifio-inspector>', () => {
  it('shows the whole exchange, message by message', async () => {
    const jwt = await token();
    element = campaign({
      'campaign-id': '77001',
      'token-campaign-id': technicalId,
      'auth-endpoint': endpoint(giving(jwt)).url,
    });
    await inspect(element);
    const puppet = await stagePuppet(element);
    await puppet.say('requestParticipantAction');
    await puppet.awaitMessages(1);
    await puppet.say('isLoggedIn');
    await puppet.awaitMessages(2);
    const read = `JWS, HS256, 300 s left, for campaign ${technicalId}, as declared`;
    expect(await lines()).to.deep.equal([
      'element | qualifio-status-change | idle → loading | loading',
      'element | qualifio-status-change | loading → ready | ready',
      'element | qualifio-ready | ready',
      'campaign → page | requestParticipantAction | ready',
      'page → campaign | requestParticipantAction | show the screen | ready',
      'campaign → page | isLoggedIn | ready',
      'element | qualifio-status-change | ready → authenticating | authenticating',
      `endpoint → page | token | ${read} | authenticating`,
      `page → campaign | userInfo | ${read} | authenticating`,
      'element | qualifio-status-change | authenticating → token-sent | token-sent',
    ]);
    expect(inspector.renderRoot.querySelector('h2')!.textContent).to.equal('Campaign 77001');
    expect(inspector.renderRoot.querySelector('header .status')!.textContent).to.equal(
      'token-sent',
    );
  });

  // @holds P4, T10
  it('contains no part of a token', async () => {
    const jwt = await token({ sub: 'somebody', form: { email: 'ada@example.com' } });
    element = campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
    await inspect(element);
    const puppet = await stagePuppet(element);
    await puppet.say('isLoggedIn');
    await puppet.awaitMessages(1);
    await inspector.updateComplete;
    const everything = everythingOf(inspector);
    expect(everything).to.include('HS256');
    for (const secret of [...jwt.split('.'), 'somebody', 'ada@example.com']) {
      expect(everything).not.to.include(secret);
    }
  });

  it('shows messages from before it was added', async () => {
    element = campaign({ 'auth-endpoint': endpoint(giving(await token())).url });
    const puppet = await stagePuppet(element);
    await puppet.say('isLoggedIn');
    await puppet.awaitMessages(1);
    await inspect(element);
    const read = `JWS, HS256, 300 s left, for campaign ${technicalId} (not compared: the page names no campaign ID)`;
    expect(await lines()).to.deep.equal([
      'campaign → page | isLoggedIn',
      `endpoint → page | token | ${read}`,
      `page → campaign | userInfo | ${read}`,
    ]);
  });

  /** The facts above the timeline, by name. */
  async function facts(): Promise<Record<string, string>> {
    await inspector.updateComplete;
    const rows = inspector.renderRoot.querySelectorAll('dl > div');
    return Object.fromEntries(
      Array.from(rows, (row) => Array.from(row.children, ({ textContent }) => textContent)),
    );
  }

  it('shows the token’s campaign ID next to the tag number, and counts documents', async () => {
    element = campaign({ 'auth-endpoint': endpoint(giving(await token())).url });
    await inspect(element);
    let puppet = await stagePuppet(element);
    expect(await facts()).to.include({
      ...{ 'Tag number': element.campaignId, Token: 'none yet', Documents: '1' },
    });
    const session = 'uk=S3SSION-KEY&cftoken=S3SSION-TOKEN';
    const loaded = next(element.frame!, 'load');
    puppet.leave({ action: 'go', url: `${element.frame!.src}&page=1&${session}` });
    await loaded;
    puppet = new Puppet(element.frame!);
    await puppet.say('isLoggedIn');
    await puppet.awaitMessages(1);
    expect(await facts()).to.include({
      Token: `for campaign ${technicalId} (not compared: the page names no campaign ID)`,
      Documents: '2',
    });
    expect(inspector.toText()).to.include('Documents: 2');
    for (const key of ['S3SSION', 'cftoken', '&id=']) {
      expect(everythingOf(inspector)).not.to.include(key);
    }
  });

  it('shows the page’s values while there is no token, and the endpoint’s host', async () => {
    const channelId = '00000000-0000-0000-0000-00000000ABCD';
    const tag = { body: JSON.stringify({ tag: { channelId, host: stageHost } }) };
    element = campaign({
      'auth-endpoint': endpoint(tag).url,
      'token-campaign-id': technicalId,
    });
    for (const name of ['channel-id', 'host']) element.removeAttribute(name);
    await inspect(element);
    await stagePuppet(element);
    expect(await facts()).to.include({
      ...{ Host: stageHost, Token: `none yet; declared: ${technicalId}` },
    });
  });

  it('explains why a token was not sent', async () => {
    const jwt = await token({ campaignId: '1', exp: 1_000_000_000 });
    const attributes = { 'token-campaign-id': technicalId };
    element = campaign({ 'auth-endpoint': endpoint(giving(jwt)).url, ...attributes });
    await inspect(element);
    const puppet = await stagePuppet(element);
    const failed = next(element, 'qualifio-error');
    await puppet.say('isLoggedIn');
    await failed;
    const [read] = (await lines()).filter((line) => line.includes('| token |'));
    expect(read).to.match(/JWS, HS256, expired \d+ s ago, for campaign 1, not 98765 as declared/);
    const [error] = (await lines()).filter((line) => line.includes('qualifio-error'));
    expect(error).to.include('TOKEN_WRONG_CAMPAIGN');
    expect(error).to.include('Sign for the campaign ID');
  });

  it('says how to fix a code from Qualifio, known or unknown', async () => {
    element = campaign({ 'auth-endpoint': endpoint(giving(await token())).url });
    await inspect(element);
    const puppet = await stagePuppet(element);
    await puppet.say('error', { code: 'TOKEN_INVALID_SIGNATURE' });
    await puppet.say('error', { code: 'toString' });
    await puppet.say('error', { code: { deep: true } });
    await shown('error', 3);
    const told = (await lines()).filter((line) => line.startsWith('campaign → page'));
    expect(told).to.deep.equal([
      'campaign → page | error | TOKEN_INVALID_SIGNATURE | Compare key, kid and alg with those that you gave Qualifio; qualifio-doctor with --cookie and --jwks compares them. | ready',
      'campaign → page | error | toString | Check the token with qualifio-doctor and --cookie: campaignId must be the campaign ID (technical ID), sub must be there, nbf must not be in the future, and no two tokens may have the same jti. If all are right, contact Qualifio with the tag number and the time. | error',
      'campaign → page | error | not text (object) | Check the token with qualifio-doctor and --cookie: campaignId must be the campaign ID (technical ID), sub must be there, nbf must not be in the future, and no two tokens may have the same jti. If all are right, contact Qualifio with the tag number and the time. | error',
    ]);
    const links = [...inspector.renderRoot.querySelectorAll<HTMLAnchorElement>('.failed a')];
    expect([...new Set(links.map(({ href }) => href))]).to.deep.equal([
      `${errorPages}TOKEN_INVALID_SIGNATURE.md`,
      `${errorPages}UNKNOWN.md`,
    ]);
  });

  it('shows an HTTP status, and an error from before it was added', async () => {
    element = campaign({ 'auth-endpoint': endpoint({ status: 404 }).url });
    const puppet = await stagePuppet(element);
    const failed = next(element, 'qualifio-error');
    await puppet.say('isLoggedIn');
    await failed;
    await inspect(element);
    const last = (await lines()).at(-1);
    expect(last).to.include('ENDPOINT_FAILED');
    expect(last).to.include('(token, HTTP 404)');
    expect(last).to.include('correct auth-endpoint');
  });

  it('follows the campaign whose id is in "for", even if it is added later', async () => {
    element = campaign();
    inspector = document.createElement('qualifio-inspector');
    inspector.setAttribute('for', 'comes-later');
    document.body.append(inspector);
    await inspector.updateComplete;
    expect(inspector.campaign).to.equal(null);
    expect(inspector.renderRoot.textContent).to.include('id="comes-later"');
    document.body.append(element);
    await nextTask();
    expect(inspector.campaign).to.equal(null);
    element.id = 'comes-later';
    await nextTask();
    expect(inspector.campaign).to.equal(element);
    element.remove();
    await nextTask();
    expect(inspector.campaign).to.equal(null);
    document.body.append(element);
    inspector.htmlFor = 'another';
    await inspector.updateComplete;
    expect(inspector.campaign).to.equal(null);
  });

  it('follows the first campaign without "for", also in a shadow root', async () => {
    const host = await fixture(html`<div></div>`);
    const root = host.attachShadow({ mode: 'closed' });
    element = campaign();
    root.append(element);
    inspector = document.createElement('qualifio-inspector');
    root.append(inspector);
    await inspector.updateComplete;
    await nextTask();
    expect(inspector.campaign).to.equal(element);
    await element.load();
    expect((await lines()).at(-1)).to.include('qualifio-ready');
  });

  it('distinguishes campaigns, also with a pasted tag', async () => {
    const id = freshId();
    element = document.createElement('qualifio-campaign');
    paste(element, tag(id));
    const other = campaign();
    await inspect(element);
    const puppets = await Promise.all([stagePuppet(element), stagePuppet(other)]);
    for (const puppet of puppets) await puppet.say('requestParticipantAction');
    for (const puppet of puppets) await puppet.awaitMessages(1);
    const asked = (await lines()).filter((line) => line.startsWith('campaign → page'));
    expect(asked).to.have.length(1);
    expect(inspector.renderRoot.querySelector('h2')!.textContent).to.equal(`Campaign ${id}`);
    other.remove();
  });

  it('keeps following the campaign when its id changes', async () => {
    element = campaign();
    await inspect(element);
    await stagePuppet(element);
    const ready = next(element, 'qualifio-ready');
    element.campaignId = freshId();
    await ready;
    await new Puppet(element.frame!).say('isLoggedIn');
    await shown('isLoggedIn');
  });

  it('is cleared by Clear, and stops when it is removed', async () => {
    element = campaign({ 'pre-login': 'never' });
    await inspect(element);
    const puppet = await stagePuppet(element);
    await inspector.updateComplete;
    const [clear] = inspector.renderRoot.querySelectorAll('button');
    clear!.click();
    expect(await lines()).to.deep.equal([]);
    await puppet.say('requestParticipantAction');
    await puppet.awaitMessages(1);
    expect(await lines()).to.deep.equal([
      'campaign → page | requestParticipantAction | ready',
      'page → campaign | requestParticipantAction | no screen | ready',
    ]);
    inspector.remove();
    expect(inspector.entries).to.deep.equal([]);
    await puppet.say('requestParticipantAction');
    await puppet.awaitMessages(2);
    expect(inspector.entries).to.deep.equal([]);
  });

  it('copies the exchange as text', async () => {
    element = campaign({ 'campaign-id': '77002', 'auth-endpoint': endpoint({ status: 403 }).url });
    await inspect(element);
    const puppet = await stagePuppet(element);
    const failed = next(element, 'qualifio-error');
    await puppet.say('isLoggedIn');
    await failed;
    const text = inspector.toText();
    expect(text).to.match(/^Campaign 77002\n/);
    expect(text).to.match(/^advice: Only markup decides/m);
    expect(text).to.match(/^\d{4}-\d\d-\d\dT[\d:.]+Z to-page +isLoggedIn \[ready\]$/m);
    expect(text).to.match(/qualifio-error ENDPOINT_FORBIDDEN .* \[error\]\n$/);
  });

  it('keeps the latest 500 lines and scrolls to the last one', async () => {
    element = campaign({ 'auth-endpoint': endpoint({ status: 401 }).url });
    await inspect(element);
    const puppet = await stagePuppet(element);
    // With short advice: the search for leaks reads all lines.
    await puppet.say('error', { code: 'TOKEN_EMPTY' }, 600);
    await shown('error', 500);
    expect(await lines()).to.have.length(500);
    const log = inspector.renderRoot.querySelector('[role=log]')!;
    expect(log.scrollTop + log.clientHeight).to.be.closeTo(log.scrollHeight, 2);
    log.scrollTop = 0;
    await puppet.say('error', { code: 'TOKEN_EMPTY' });
    await inspector.updateComplete;
    expect(log.scrollTop).to.equal(0);
  });

  it('is accessible with faults and errors', async () => {
    element = campaign({ 'auth-endpoint': endpoint({ status: 403 }).url });
    await inspect(element);
    await expect(inspector).to.be.accessible();
    const puppet = await stagePuppet(element);
    const failed = next(element, 'qualifio-error');
    await puppet.say('isLoggedIn');
    await failed;
    await inspector.updateComplete;
    for (const scheme of ['light', 'dark']) {
      inspector.style.colorScheme = scheme;
      await expect(inspector).to.be.accessible();
    }
  });
});

describe('the inspector’s file', () => {
  let page: OwnPage;
  afterEach(() => page.close());

  it('shows a campaign of the CDN file, in either load order', async () => {
    const scripts = ['qualifio-campaign', 'qualifio-inspector'].map(
      (name) => `<script src="/dist/${name}.min.js"></script>`,
    );
    for (const markup of [scripts.join(''), scripts.reverse().join('')]) {
      page = await OwnPage.open(markup);
      page.element.kitUrl = kitUrl();
      inspector = page.document.createElement('qualifio-inspector');
      element = page.campaign({ 'auth-endpoint': endpoint(giving(await token())).url });
      page.document.body.append(inspector);
      const puppet = await stagePuppet(element, page.document.body);
      await puppet.say('isLoggedIn');
      await puppet.awaitMessages(1);
      await eventually(() => inspector.campaign === element);
      const told = inspector.entries.filter(({ direction }) => direction !== 'element');
      expect(told.map(({ name }) => name)).to.deep.equal(['isLoggedIn', 'token', 'userInfo']);
      expect(told[1]!.token).to.deep.include({ kind: 'JWS', alg: 'HS256' });
      if (markup === scripts.join('')) break;
      page.close();
    }
  });
});
