import { expect } from '@open-wc/testing';
import type { QualifioCampaign } from '../../src/index.js';
import { kitUrl, OwnPage } from '../support/own-page.js';
import { campaignAttributes, endpoint, next, recordEvents, stageHost } from '../support/stage.js';
import { nextTask } from '../support/watch.js';

/** A page that the browser prerenders, as a property of `document` reports. */
async function prerender(): Promise<{ page: OwnPage; visit: () => void }> {
  const page = await OwnPage.open();
  page.element.kitUrl = kitUrl();
  const set = (value: boolean): void => {
    Object.defineProperty(page.document, 'prerendering', { value, configurable: true });
  };
  set(true);
  const visit = (): void => {
    set(false);
    page.document.dispatchEvent(new Event('prerenderingchange'));
  };
  return { page, visit };
}

/** The page's requests to Qualifio or the endpoint. */
function requests({ window }: OwnPage): string[] {
  const names = window.performance.getEntriesByType('resource').map(({ name }) => name);
  return names.filter((name) => name.includes(stageHost));
}

describe('in a page that is prerendered', () => {
  let page: OwnPage;
  let visit: () => void;
  let element: QualifioCampaign;
  beforeEach(async () => {
    ({ page, visit } = await prerender());
  });
  afterEach(() => page.close());

  /** Inserts an element whose deadlines end immediately. */
  async function insert(attributes: Record<string, string>): Promise<string[]> {
    element = page.campaign({ 'kit-timeout': '1', 'token-timeout': '1', ...attributes });
    const told = recordEvents(element);
    page.document.body.append(element);
    await element.updateComplete;
    await new Promise((resolve) => page.window.setTimeout(resolve, 20));
    return told;
  }

  const { url } = endpoint({ status: 401 });
  const bare = campaignAttributes({});
  for (const [what, attributes, isCalled] of [
    ['by itself', {}, false],
    ['by load()', { loading: 'manual' }, true],
    ['in view, with loading=lazy', { loading: 'lazy' }, false],
    ['with a tag from the endpoint', { 'auth-endpoint': url, 'channel-id': '', host: '' }, false],
    ['with prefetch-token', { 'auth-endpoint': url, 'prefetch-token': '' }, false],
  ] as const) {
    it(`nothing is requested and no deadline runs, ${what}, until it is visited`, async () => {
      const told = await insert({ ...bare, ...attributes });
      if (isCalled) void element.load();
      await nextTask();
      expect(requests(page)).to.deep.equal([]);
      expect(told).to.deep.equal([]);
      expect(element.status).to.equal('idle');
      expect(element.childElementCount).to.equal(0);
      element.kitTimeout = 15_000;
      element.setAttribute('channel-id', bare['channel-id']!);
      element.setAttribute('host', bare.host!);
      const ready = next(element, 'qualifio-ready');
      visit();
      await ready;
      expect(told.filter((event) => event === 'status-change loading')).to.have.length(1);
    });
  }

  it('an element that was removed meanwhile does not start', async () => {
    const told = await insert({});
    element.remove();
    visit();
    await nextTask();
    expect(told).to.deep.equal([]);
    expect(requests(page)).to.deep.equal([]);
  });
});

it('an element of the page that is named prerendering changes nothing', async () => {
  const page = await OwnPage.open(
    `<img name="prerendering"><script type="module" src="/src/index.ts"></script>`,
  );
  page.element.kitUrl = kitUrl();
  const element = page.campaign();
  page.document.body.append(element);
  await element.load();
  expect(element.status).to.equal('ready');
  page.close();
});
