import { expect } from '@open-wc/testing';
import { kitUrl, OwnPage } from '../support/own-page.js';
import { stageHost } from '../support/stage.js';
import { warningsDuring } from '../support/watch.js';

// Script tags of the library that a script inserts: often, the tag that runs is not the one that
// the page's author wrote.
const source = `/src/define.ts`;
const written = `<script src="${source}" data-allowed-hosts="${stageHost}"></script>`;

/** Code of the page that inserts the tag. */
const ways: Record<string, string> = {
  'jQuery’s html()': `jQuery('#place').html(tag)`,
  'jQuery’s append()': `jQuery('#place').append(tag)`,
  'innerHTML, beside code that evaluates the file': `
    place.innerHTML = tag;
    fetch('${source}').then((answer) => answer.text()).then((text) => (0, eval)(text));`,
  'a copy that has only the address': `
    place.innerHTML = tag;
    document.head.append(Object.assign(document.createElement('script'), { src: '${source}' }));`,
  'a copy as a module': `
    place.innerHTML = tag;
    document.head.append(
      Object.assign(document.createElement('script'), { src: '${source}', type: 'module' }),
    );`,
};

describe('settings on a script tag that is inserted', () => {
  let page: OwnPage;
  afterEach(() => page.close());

  async function insert(code: string): Promise<string[]> {
    page = await OwnPage.open(`<div id="place"></div>
      <script src="/node_modules/jquery/dist/jquery.min.js"></script>
      <script>const tag = ${JSON.stringify(written).replace(/<\//g, '<\\/')}</script>`);
    const warnings = await warningsDuring(async () => {
      page.window.eval(code);
      await page.window.customElements.whenDefined('qualifio-campaign');
      page.element.kitUrl = kitUrl();
      const made = page.campaign();
      page.document.body.append(made);
      await made.load();
    }, page.window);
    return warnings.filter((warning) => !warning.startsWith('Lit is in dev mode'));
  }

  for (const [what, code] of Object.entries(ways)) {
    it(`do not count, and the console says so: ${what}`, async () => {
      const warnings = await insert(code);
      expect(warnings.join()).to.match(/data-allowed-hosts.*set QualifioCampaign/);
    });
  }

  it('count with a copy that has all attributes, and the console says nothing', async () => {
    const warnings = await insert(`
      const made = document.createElement('script');
      made.src = '${source}';
      made.dataset.allowedHosts = '${stageHost}';
      document.head.append(made);`);
    expect(warnings).to.deep.equal([]);
    expect(page.element.allowedHosts).to.deep.equal([stageHost]);
  });
});
