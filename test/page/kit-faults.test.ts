import { expect } from '@open-wc/testing';
import type { QualifioErrorEvent } from '../../src/index.js';
import { kitUrl, library, OwnPage } from '../support/own-page.js';
import {
  endpoint,
  endpointThatWaits,
  next,
  recordEvents,
  stageHost,
  stagePuppet,
  type Answer,
} from '../support/stage.js';
import { later, nextTask, rejectionsDuring } from '../support/watch.js';

let page: OwnPage;
afterEach(() => page.close());

/** Scripts and frames that were inserted into the page, including those that were removed. */
function watch(selector: string): Element[] {
  const added: Element[] = [];
  new page.window.MutationObserver((records) => {
    for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (node instanceof page.window.Element && node.matches(selector)) added.push(node);
    }
  }).observe(page.document, { childList: true, subtree: true });
  return added;
}

/** Inserts an element with a publisher's error text, and waits for its first error. */
async function fail(attributes: Record<string, string> = {}) {
  const element = page.campaign(attributes);
  element.innerHTML = '<p slot="error">No campaign today.</p>';
  const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
  page.document.body.append(element);
  const { error } = await failed;
  await element.updateComplete;
  return { element, error };
}

describe('a kit that fails is requested twice, and the page’s own text is shown,', () => {
  const kits: Record<string, () => string> = {
    'with 404': () => endpoint({ status: 404 }).url,
    'with 503': () => endpoint({ status: 503 }).url,
    'with a connection that is cut': () => endpoint({ reset: true }).url,
    'from an unknown host': () => 'http://nobody.localhost:9/kit/qualp.2.min.js',
    'from a port without a server': () => `http://${stageHost.split(':')[0]}:9/kit/qualp.js`,
  };
  for (const [what, url] of Object.entries(kits)) {
    // @holds F1
    it(what, async () => {
      page = await OwnPage.open();
      page.element.kitUrl = url();
      const scripts = watch('script');
      let failed: Awaited<ReturnType<typeof fail>> | undefined;
      const rejections = await rejectionsDuring(async () => {
        failed = await fail();
      });
      const { element, error } = failed!;
      expect(rejections).to.deep.equal([]);
      expect(error).to.include({ code: 'KIT_LOAD_FAILED', phase: 'kit' });
      expect(scripts).to.have.length(2);
      expect(element.querySelector('p')!.checkVisibility()).to.equal(true);
    });
  }
});

describe('a kit that fails while the page is offline', () => {
  async function failOffline(...answers: Answer[]) {
    page = await OwnPage.open();
    const source = endpoint(...answers);
    page.element.kitUrl = source.url;
    const connection = { onLine: false };
    Object.defineProperty(page.window.navigator, 'onLine', { get: () => connection.onLine });
    const { element, error } = await fail();
    expect(error.code).to.equal('KIT_LOAD_FAILED');
    return {
      ...{ element, source },
      goOnline: () => {
        connection.onLine = true;
        page.window.dispatchEvent(new Event('online'));
      },
    };
  }
  const missing = { status: 404 };

  it('is requested again when the page is online', async () => {
    const moved = { status: 302, headers: { Location: kitUrl() } };
    const { element, goOnline } = await failOffline(missing, missing, moved);
    const ready = next(element, 'qualifio-ready');
    goOnline();
    await ready;
    expect(element.error).to.equal(null);
  });

  it('is not requested a third time', async () => {
    const { element, source, goOnline } = await failOffline(missing);
    const failed = next(element, 'qualifio-error');
    page.window.dispatchEvent(new Event('online'));
    await failed;
    goOnline();
    await nextTask();
    expect(element.status).to.equal('error');
    expect(await source.requests()).to.have.length(4);
  });

  it('is not requested if the element was removed', async () => {
    const { element, source, goOnline } = await failOffline(missing);
    element.remove();
    goOnline();
    await nextTask();
    expect(element.status).to.equal('idle');
    expect(await source.requests()).to.have.length(2);
  });
});

it('a kit that fails after its element was removed is not requested again', async () => {
  page = await OwnPage.open();
  const source = endpointThatWaits();
  page.element.kitUrl = source.url;
  const element = page.campaign();
  page.document.body.append(element);
  while ((await source.requests()).length < 1);
  const failed = new Promise((resolve) =>
    page.document.querySelector('script[src*="/endpoint/"]')!.addEventListener('error', resolve),
  );
  element.remove();
  source.answer({ status: 404 });
  await failed;
  await nextTask();
  expect(page.document.querySelector('script[src*="/endpoint/"]')).to.equal(null);
  expect(await source.requests()).to.have.length(1);
});

describe('a blocker', () => {
  // @holds F2
  it('that answers with an empty script causes KIT_TIMEOUT', async () => {
    page = await OwnPage.open();
    page.element.kitUrl = endpoint({ type: 'text/javascript', body: '' }).url;
    const { error } = await fail({ 'kit-timeout': '300' });
    expect(error.code).to.equal('KIT_TIMEOUT');
  });

  // @holds F14
  it('that removes each frame immediately causes KIT_TIMEOUT, and no other frame is created', async () => {
    page = await OwnPage.open();
    page.element.kitUrl = kitUrl();
    await page.run(kitUrl());
    new page.window.MutationObserver(() => {
      page.document.querySelector('iframe')?.remove();
    }).observe(page.document.body, { childList: true, subtree: true });
    const frames = watch('iframe');
    const { element, error } = await fail({ 'kit-timeout': '300' });
    expect(error.code).to.equal('KIT_TIMEOUT');
    expect(element.frame).to.equal(null);
    expect(frames).to.have.length(1);
  });
});

describe('a frame that the browser blocks', () => {
  // @holds F13
  it('because of frame-src causes an error immediately, even after a load event', async () => {
    const policy = `<meta http-equiv="Content-Security-Policy" content="frame-src 'none'">`;
    page = await OwnPage.open(policy + library);
    page.element.kitUrl = kitUrl();
    const { element, error } = await fail();
    expect(error.code).to.equal('KIT_TIMEOUT');
    expect(element.status).to.equal('error');
  });

  for (const [which, address] of Object.entries({
    'whose address begins like the campaign’s': stageHost.slice(0, -1),
    'of the campaign’s origin': stageHost,
  })) {
    it(`does not affect the campaign if it is another frame, ${which}`, async () => {
      const allowed = `http://${stageHost}/20/`;
      const policy = `<meta http-equiv="Content-Security-Policy" content="frame-src ${allowed}">`;
      page = await OwnPage.open(policy + library);
      page.element.kitUrl = kitUrl();
      const element = page.campaign();
      const told = recordEvents(element);
      await stagePuppet(element, page.document.body);
      const before = [...told];
      await later(1001, showOthers, [page.window.performance]);
      expect(told).to.deep.equal(before);
      async function showOthers(): Promise<void> {
        for (const src of [`http://${address}/other`, 'data:,ad', 'h:x']) {
          const violated = next(page.document, 'securitypolicyviolation');
          const ad = page.document.createElement('iframe');
          ad.src = src;
          page.document.body.append(ad);
          await violated;
        }
        await nextTask();
      }
    });
  }
});

describe('a consent tool that replaces a method of the document', () => {
  it('can block and unblock the kit with createElement', async () => {
    page = await OwnPage.open();
    page.element.kitUrl = kitUrl();
    const held: HTMLScriptElement[] = [];
    const { createElement } = page.document;
    page.document.createElement = (name: string) => {
      const element = createElement.call(page.document, name);
      if (element instanceof page.window.HTMLScriptElement) {
        element.type = 'text/plain';
        held.push(element);
      }
      return element;
    };
    const element = page.campaign({ 'kit-timeout': '200' });
    const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
    page.document.body.append(element);
    expect((await failed).error.code).to.equal('KIT_TIMEOUT');
    expect(held.map(({ src }) => src)).to.deep.equal([kitUrl()]);
    const ready = next(element, 'qualifio-ready');
    Reflect.deleteProperty(page.document, 'createElement');
    await page.run(held[0]!.src);
    await ready;
    expect(element.status).to.equal('ready');
  });

  for (const method of ['createElement', 'appendChild'] as const) {
    it(`causes an error if its ${method} throws`, async () => {
      page = await OwnPage.open();
      page.element.kitUrl = kitUrl();
      const held = (): never => {
        throw new Error('No consent.');
      };
      const element = page.campaign();
      const told = next<QualifioErrorEvent>(element, 'qualifio-error');
      page.document.body.append(element);
      Object.assign(method === 'appendChild' ? page.document.head : page.document, {
        [method]: held,
      });
      const { error } = await told;
      expect(error).to.include({ code: 'KIT_LOAD_FAILED', phase: 'kit' });
    });
  }
});
