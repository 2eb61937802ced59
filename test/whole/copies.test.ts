import { expect } from '@open-wc/testing';
import type { QualifioCampaign } from '../../src/index.js';
import { kitUrl, library, OwnPage } from '../support/own-page.js';
import { endpoint, giving, Puppet, stageHost, stagePuppet, token } from '../support/stage.js';

const cdn = '<script src="/dist/qualifio-campaign.min.js"></script>';
/** A second copy of the module, which defines its class under another name. */
const other = `<script type="module">
  import { QualifioCampaign } from '/src/index.ts?copy';
  QualifioCampaign.kitUrl = '${kitUrl()}';
  customElements.define('other-campaign', class extends QualifioCampaign {});
</script>`;

const missing = `http://${stageHost}/kit/missing.js`;

let page: OwnPage;
afterEach(() => page.close());

/** Counts the registrations with the kit. */
function watchRegistrations(): string[] {
  const queue: unknown[][] = [];
  page.window._qual_async = queue as unknown as NonNullable<typeof page.window._qual_async>;
  const names: string[] = [];
  queue.push = (...commands) => {
    for (const [command, name] of commands) {
      if (command === 'registerChildMessageCallback') names.push(String(name));
    }
    return Array.prototype.push.apply(queue, commands);
  };
  return names;
}

const messages = ['requestParticipantAction', 'isLoggedIn', 'error'];

describe('two copies of the library on one page', () => {
  for (const [what, markup] of Object.entries({
    'the CDN file and a module': cdn + other,
    'two modules': library + other,
  })) {
    for (const order of ['first', 'second']) {
      // @holds F49
      it(`${what}, the ${order} inserted first, load one kit, register once and both work`, async () => {
        page = await OwnPage.open(markup);
        page.element.kitUrl = kitUrl();
        const names = watchRegistrations();
        const jwts = [await token(), await token()];
        const elements = jwts.map((jwt) =>
          page.campaign({ 'auth-endpoint': endpoint(giving(jwt)).url }),
        );
        const renamed = page.document.createElement('other-campaign') as QualifioCampaign;
        for (const { name, value } of elements[1]!.attributes) renamed.setAttribute(name, value);
        elements[1] = renamed;
        expect(renamed).to.not.be.instanceOf(page.element);
        const ordered = order === 'first' ? elements : elements.toReversed();
        page.document.body.append(...ordered);
        await Promise.all(elements.map((element) => element.load()));
        expect(page.document.querySelectorAll('script[src*="/kit/"]')).to.have.length(1);
        expect(names.sort()).to.deep.equal(messages.toSorted());
        for (const [index, element] of elements.entries()) {
          const puppet = new Puppet(element.frame!);
          await puppet.say('isLoggedIn');
          expect(await puppet.awaitMessages(1)).to.deep.equal([
            { name: 'userInfo', data: jwts[index] },
          ]);
        }
      });
    }
  }

  // @holds F49
  it('both report the failure of their shared kit', async () => {
    page = await OwnPage.open(library + other.replaceAll(kitUrl(), missing));
    page.element.kitUrl = missing;
    page.window.console.warn = () => undefined;
    const elements = ['qualifio-campaign', 'other-campaign'].map((name) => {
      const element = page.document.createElement(name) as QualifioCampaign;
      for (const { name, value } of page.campaign().attributes) element.setAttribute(name, value);
      return element;
    });
    page.document.body.append(...elements);
    const reasons: unknown[] = await Promise.all(
      elements.map((element) => element.load().catch((error: unknown) => error)),
    );
    for (const reason of reasons) expect(reason).to.include({ code: 'KIT_LOAD_FAILED' });
  });

  // @holds F49
  it('know each other’s campaigns: a second instance causes DUPLICATE_CAMPAIGN', async () => {
    page = await OwnPage.open(cdn + other);
    page.element.kitUrl = kitUrl();
    page.window.console.warn = () => undefined;
    const element = page.campaign();
    await stagePuppet(element, page.document.body);
    const renamed = page.document.createElement('other-campaign') as QualifioCampaign;
    for (const { name, value } of element.attributes) renamed.setAttribute(name, value);
    page.document.body.append(renamed);
    const reason: unknown = await renamed.load().catch((error: unknown) => error);
    expect(reason).to.include({ code: 'DUPLICATE_CAMPAIGN' });
    expect(element.status).to.equal('ready');
  });
});

describe('a copy of another version', () => {
  // @holds F49
  it('that registered first, with more fields in the registry, is reused', async () => {
    page = await OwnPage.open(library);
    page.element.kitUrl = kitUrl();
    const key = Symbol.for('qualifio-campaign');
    const names = watchRegistrations();
    // What a later version may have stored there: the fields of this version, and others.
    const heard: string[] = [];
    const registry = {
      kits: new page.window.Map(),
      routes: new page.window.Map([
        ['qualifio_insert_place_1', (name: string) => heard.push(name)],
      ]),
      registeredIn: null,
      more: { of: 'another version' },
    };
    Object.assign(page.window, { [key]: registry });
    const jwt = await token();
    const element = page.campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
    const puppet = await stagePuppet(element, page.document.body);
    expect(names).to.have.length(3);
    await puppet.say('isLoggedIn', { divId: 'qualifio_insert_place_1' });
    await puppet.say('isLoggedIn');
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    expect(heard).to.deep.equal(['isLoggedIn']);
    element.remove();
    expect([...registry.routes.keys()]).to.deep.equal(['qualifio_insert_place_1']);
    expect(registry.more.of).to.equal('another version');
  });
});

describe('twenty campaigns on one page', () => {
  // @holds F53
  it('load one kit, send twenty token requests, and each get their own token', async () => {
    page = await OwnPage.open();
    page.element.kitUrl = kitUrl();
    const staged = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const jwt = await token();
        const source = endpoint(giving(jwt));
        const puppet = await stagePuppet(
          page.campaign({ 'auth-endpoint': source.url }),
          page.document.body,
        );
        return { jwt, source, puppet };
      }),
    );
    await Promise.all(staged.map(({ puppet }) => puppet.say('isLoggedIn')));
    for (const { jwt, source, puppet } of staged) {
      expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
      expect(await source.requests()).to.have.length(1);
    }
    expect(page.document.querySelectorAll('script[src*="/kit/"]')).to.have.length(1);
  });
});
