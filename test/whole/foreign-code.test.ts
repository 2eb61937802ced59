import { expect } from '@open-wc/testing';
import type { QualifioCampaign } from '../../src/index.js';
import { OwnPage, kitUrl, library } from '../support/own-page.js';
import { puppetOfTag, runningTag, signInLine } from '../support/sign-in-page.js';
import { endpoint, freshId, giving, Puppet, token } from '../support/stage.js';

/** What other code of a page has done, and the markup before the campaign. */
const pages: Record<string, [code: string, before?: string]> = {
  'has an element whose `data` throws': [
    `customElements.define('x-chart', class extends HTMLElement {
      get data() { throw new Error('no data yet'); }
    });`,
    '<x-chart></x-chart>',
  ],
  'has frozen the nodes’ prototype, and comments as Svelte writes them': [
    'Object.freeze(Node.prototype);',
    '<!--[-->',
  ],
  'gives every object a host': [`Object.prototype.host = 'evil.invalid';`],
};

let page: OwnPage;
let errors: string[];
afterEach(() => page.close());

async function open([code, before = '']: [string, string?], markup: string): Promise<void> {
  const watch = `self.errors = [];
    addEventListener('error', (event) => { errors.push(event.message); event.preventDefault(); });
    addEventListener('unhandledrejection', (event) => { errors.push(String(event.reason)); });`;
  page = await OwnPage.open(`<script>${watch} ${code}</script>${markup}<main>${before}</main>`);
  ({ errors } = page.window as unknown as { errors: string[] });
}

async function expectToken(puppet: Puppet, jwt: string): Promise<void> {
  await puppet.say('isLoggedIn');
  expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  expect(errors).to.deep.equal([]);
}

// @holds P10
describe('a page that', () => {
  for (const [what, foreign] of Object.entries(pages)) {
    it(`${what} runs a campaign`, async () => {
      const jwt = await token();
      await open(foreign, library);
      await page.window.customElements.whenDefined('qualifio-campaign');
      page.element.kitUrl = kitUrl();
      const element: QualifioCampaign = page.campaign({
        'auth-endpoint': endpoint(giving(jwt)).url,
      });
      page.document.querySelector('main')!.append(element);
      await element.load();
      await expectToken(new Puppet(element.frame!), jwt);
    });

    it(`${what} is signed in to the campaign of a pasted tag`, async () => {
      const [id, jwt] = [freshId(), await token()];
      await open(foreign, signInLine(endpoint(giving(jwt)).url) + runningTag(id));
      await expectToken(await puppetOfTag(page, id), jwt);
    });
  }
});

// @holds P10
it('a page whose function of the platform throws has an error, and not silence', async () => {
  const broken: [string] = [
    `const { querySelectorAll } = Document.prototype;
    Document.prototype.querySelectorAll = function (selector) {
      if (selector.startsWith('script')) throw new Error('not here');
      return querySelectorAll.call(this, selector);
    };`,
  ];
  const message = 'Error: not here';
  await open(broken, library + signInLine('/'));
  await page.window.customElements.whenDefined('qualifio-campaign');
  page.element.kitUrl = kitUrl();
  const element = page.campaign();
  page.document.querySelector('main')!.append(element);
  const reason = await element.load().catch((error: unknown) => error);
  expect(reason).to.include({ code: 'UNKNOWN', message });
  expect(element.status).to.equal('error');
  expect(errors).to.deep.equal([]);
});
