import { expect } from '@open-wc/testing';
import * as entry from '../../src/index.js';
import { kitUrl, library, OwnPage } from '../support/own-page.js';
import { endpoint, giving, next, stageHost, stagePuppet, token } from '../support/stage.js';
import { warningsDuring } from '../support/watch.js';

const file = '/dist/qualifio-campaign.min.js';
const cdn = `<script src="${file}" data-kit-url="${kitUrl()}"></script>`;

let page: OwnPage;
afterEach(() => page.close());

/** Runs a whole exchange on the page. */
async function expectExchange(): Promise<entry.QualifioCampaign> {
  const jwt = await token();
  const element = page.campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
  const puppet = await stagePuppet(element, page.document.body);
  await puppet.say('isLoggedIn');
  expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  return element;
}

async function errorOf(element: entry.QualifioCampaign): Promise<string | undefined> {
  const failed = next(element, 'qualifio-error');
  await warningsDuring(async () => {
    page.document.body.append(element);
    await failed;
  }, page.window);
  return element.error?.code;
}

describe('the CDN file', () => {
  it('as a classic script, defines the element and reads kit and hosts from its own tag', async () => {
    page = await OwnPage.open(cdn.replace('>', ` data-allowed-hosts=" ${stageHost}  b.example ">`));
    expect(page.element.kitUrl).to.equal(kitUrl());
    expect(page.element.allowedHosts).to.deep.equal([stageHost, 'b.example']);
    await expectExchange();
    expect(await errorOf(page.campaign({ host: 'c.example' }))).to.equal('HOST_NOT_ALLOWED');
  });

  it('allows no host if data-allowed-hosts is empty', async () => {
    page = await OwnPage.open(cdn.replace('>', ' data-allowed-hosts="">'));
    expect(await errorOf(page.campaign())).to.equal('HOST_NOT_ALLOWED');
    expect(page.element.allowedHosts).to.deep.equal([]);
  });

  it('uses Qualifio’s kit and allows any host if its tag has no settings', async () => {
    page = await OwnPage.open(`<script src="${file}"></script>`);
    expect(page.element.kitUrl).to.equal('https://files.qualifio.com/kit/qualp.2.min.js');
    expect(page.element.allowedHosts).to.equal(null);
  });

  it('works as a module', async () => {
    page = await OwnPage.open(`<script type="module" src="${file}"></script>`);
    page.element.kitUrl = kitUrl();
    await expectExchange();
  });

  it('as a module of an import map, has the exports of the package and the settings of the docs', async () => {
    const moduleFile = '/dist/qualifio-campaign.min.mjs';
    const bytes = await (await fetch(moduleFile)).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-384', bytes));
    const docs = await (await fetch('/docs/no-build.md')).text();
    const [, ...rest] = docs.split('import-map.html');
    const here = rest[0]!
      .split('```')[0]!
      .replaceAll(/https:\/\/cdn\.jsdelivr\.net\/npm\/[^/]+/g, '')
      .replaceAll(/sha384-[\w+/=]+/g, `sha384-${btoa(String.fromCharCode(...digest))}`);
    page = await OwnPage.open(
      `<script>console.warn = () => undefined;</script>
      <qualifio-campaign campaign-id="7" channel-id="B7FDCFDA-C477-C4BA-3C54-728AD8594DE6"
        host="evil.example"></qualifio-campaign>${here}
      <script type="module">import * as names from 'qualifio-campaign'; window.names = names;</script>`,
    );
    await page.window.customElements.whenDefined('qualifio-campaign');
    expect(page.element.allowedHosts).to.deep.equal(['jeux.publisher.com']);
    const element = page.document.querySelector('qualifio-campaign')!;
    expect(element.error?.code).to.equal('HOST_NOT_ALLOWED');
    const { names } = page.window as unknown as { names: object };
    expect(Object.keys(names)).to.deep.equal(Object.keys(entry));
  });

  it('upgrades elements that are before it in the page', async () => {
    const id = '987654321';
    const tag = `<qualifio-campaign campaign-id="${id}" host="${stageHost}"
      channel-id="00000000-0000-0000-0000-000000000000"></qualifio-campaign>`;
    page = await OwnPage.open(tag + cdn);
    const element = page.document.querySelector('qualifio-campaign')!;
    await element.load();
    expect(element.frame?.id).to.equal(`qualifio${id}`);
  });

  // @holds F8
  it('can be loaded twice, and together with the module', async () => {
    for (const markup of [cdn + cdn, cdn + library, library + cdn]) {
      page = await OwnPage.open(markup);
      page.element.kitUrl = kitUrl();
      await expectExchange();
      expect(page.document.querySelectorAll('script[src*="/kit/"]')).to.have.length(1);
      page.close();
    }
    page = await OwnPage.open('');
  });

  // @holds F49
  it('applies the settings of its tag to elements of an earlier copy', async () => {
    const settings = `data-kit-url="${kitUrl()}" data-allowed-hosts="b.example"`;
    const [first, second] = ['', settings].map((data) => `<script src="${file}" ${data}></script>`);
    page = await OwnPage.open(`${first}${second}`);
    expect(page.element.kitUrl).to.equal(kitUrl());
    expect(await errorOf(page.campaign())).to.equal('HOST_NOT_ALLOWED');
  });

  it('adds no global names except lit’s', async () => {
    page = await OwnPage.open('');
    const before = new Set(Object.getOwnPropertyNames(page.window));
    await page.run(file);
    const added = Object.getOwnPropertyNames(page.window).filter((name) => !before.has(name));
    expect(added.filter((name) => !/^(lit|reactiveElement)/.test(name))).to.deep.equal([]);
  });
});

describe('injected markup', () => {
  const evil = `data-kit-url="https://evil.example/kit.js" data-allowed-hosts="evil.example"`;
  const lures = {
    'another script': `<script type="text/plain" ${evil}></script>`,
    'a script that names the file': `<script type="text/plain" src="${file}" ${evil}></script>`,
    'an image that replaces document.currentScript': `<img name="currentScript" alt="" ${evil}>`,
    'an element with the name of the class': `<a id="QualifioCampaign" ${evil}></a>`,
    'attributes on the element': `<qualifio-campaign kit-url="https://evil.example/kit.js" ${evil}></qualifio-campaign>`,
  };
  for (const [what, markup] of Object.entries(lures)) {
    // @holds P1, T1
    it(`cannot choose the kit with ${what}`, async () => {
      const warnings = (body: string): string =>
        `<script>console.warn = () => undefined;</script>${body}`;
      page = await OwnPage.open(warnings(markup + cdn));
      expect(page.element.kitUrl).to.equal(kitUrl());
      expect(page.element.allowedHosts).to.equal(null);
      page.close();
      page = await OwnPage.open(warnings(markup + library));
      expect(page.element.kitUrl).to.equal('https://files.qualifio.com/kit/qualp.2.min.js');
      expect(page.element.allowedHosts).to.equal(null);
    });
  }
});

describe('a kit on the page’s own server', () => {
  for (const url of [
    'http://kit.example/qualp.js',
    'javascript:alert(1)',
    'data:text/javascript,0',
  ]) {
    // @holds P1, T3
    it(`is CONFIG_INVALID at ${url}`, async () => {
      page = await OwnPage.open();
      page.element.kitUrl = url;
      expect(await errorOf(page.campaign())).to.equal('CONFIG_INVALID');
      expect(
        page.document.querySelectorAll('script[src^="http:"]:not([src*="localhost"])'),
      ).to.have.length(0);
    });
  }

  it('can be set in the same task in which an element is inserted', async () => {
    page = await OwnPage.open();
    const element = page.campaign();
    page.document.body.append(element);
    page.element.kitUrl = kitUrl();
    await element.load();
    expect(element.status).to.equal('ready');
  });
});
