import { expect } from '@open-wc/testing';
import type { QualifioCampaign } from '../../src/index.js';
import { kitUrl, OwnPage } from '../support/own-page.js';
import {
  campaign,
  endpoint,
  giving,
  next,
  Puppet,
  recordEvents,
  stageHost,
  token,
} from '../support/stage.js';
import { nextTask, rejectionsDuring } from '../support/watch.js';

let element: QualifioCampaign;
afterEach(() => element.remove());

/**
 * Waits until the browser has reported where `target` is; it then has reported it to the element
 * too.
 */
async function observed(target: Element): Promise<void> {
  await element.updateComplete;
  await nextTask();
  await new Promise<void>((resolve) => {
    const observer = new IntersectionObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe(target);
  });
  await nextTask();
}

/** An empty box with a height in pixels. */
function spacer(height: number): HTMLElement {
  const box = document.createElement('div');
  box.style.height = `${height}px`;
  return box;
}

describe('loading=lazy', () => {
  let before: HTMLElement;
  afterEach(() => {
    before.remove();
    window.scrollTo(0, 0);
  });

  it('starts within 256 px of the viewport, not farther', async () => {
    before = spacer(window.innerHeight + 400);
    document.body.prepend(before);
    element = campaign({ loading: 'lazy' });
    before.after(element);
    await observed(element);
    expect(element.status).to.equal('idle');
    expect(element.childElementCount).to.equal(0);
    const ready = next(element, 'qualifio-ready');
    window.scrollTo(0, 200);
    await ready;
    expect(element.getBoundingClientRect().top).to.be.greaterThan(window.innerHeight);
  });

  it('starts when a scroll container shows it', async () => {
    before = spacer(300);
    before.style.overflow = 'auto';
    document.body.prepend(before);
    element = campaign({ loading: 'lazy' });
    before.append(spacer(700), element);
    await observed(element);
    expect(element.status).to.equal('idle');
    const ready = next(element, 'qualifio-ready');
    before.scrollTo(0, 500);
    await ready;
  });

  it('requests nothing from Qualifio until then', async () => {
    const page = await OwnPage.open();
    page.element.kitUrl = kitUrl();
    element = page.campaign({ loading: 'lazy' });
    before = page.document.createElement('div');
    before.style.height = '5000px';
    page.document.body.append(before, element);
    await observed(element);
    const requested = page.window.performance.getEntriesByType('resource').map(({ name }) => name);
    expect(requested.filter((url) => url.includes(stageHost))).to.deep.equal([]);
    expect(page.document.querySelectorAll('link, script[src*="kit"]')).to.have.length(0);
    const ready = next(element, 'qualifio-ready');
    element.scrollIntoView();
    await ready;
    page.close();
  });

  it('starts anywhere with load()', async () => {
    before = spacer(5000);
    document.body.prepend(before);
    element = campaign({ loading: 'lazy' });
    before.after(element);
    await observed(element);
    await element.load();
    expect(element.status).to.equal('ready');
  });
});

describe('loading=manual', () => {
  beforeEach(async () => {
    element = campaign({ loading: 'manual' });
    document.body.append(element);
    await observed(element);
  });

  it('does nothing until load()', async () => {
    expect(element.status).to.equal('idle');
    expect(element.childElementCount).to.equal(0);
    await element.load();
    expect(element.status).to.equal('ready');
  });

  it('starts when loading changes to eager', async () => {
    element.loading = 'eager';
    await next(element, 'qualifio-ready');
  });

  it('keeps running with another campaign id after load(), until it is removed', async () => {
    await element.load();
    element.campaignId = `${element.campaignId}9`;
    await next(element, 'qualifio-ready');
    element.remove();
    document.body.append(element);
    await observed(element);
    expect(element.status).to.equal('idle');
  });
});

describe('load()', () => {
  it('fulfills immediately when the campaign is ready, and starts nothing', async () => {
    element = campaign();
    document.body.append(element);
    await Promise.all([element.load(), element.load()]);
    const told = recordEvents(element);
    await element.load();
    expect(told).to.deep.equal([]);
  });

  // @holds F22
  it('rejects with the error, and works after its cause is fixed', async () => {
    element = campaign({ host: 'https://jeux.publisher.com/' });
    document.body.append(element);
    const reason = await element.load().catch((error: unknown) => error);
    expect(reason).to.equal(element.error);
    expect(reason).to.include({ code: 'CONFIG_INVALID' });
    element.host = stageHost;
    await next(element, 'qualifio-ready');
    await element.load();
    expect(element).to.include({ status: 'ready', error: null });
  });

  it('tries again after a failed start', async () => {
    element = campaign();
    const div = document.createElement('div');
    div.id = `qualifio_insert_place_${element.getAttribute('campaign-id')}`;
    document.body.append(div, element);
    await next(element, 'qualifio-error');
    div.remove();
    await element.load();
    expect(element.status).to.equal('ready');
  });

  it('and reload() in a listener of the error wait for the start that they cause', async () => {
    element = campaign({ host: 'https://jeux.publisher.com/' });
    const begun = new Promise<unknown>((resolve) => {
      element.addEventListener(
        'qualifio-error',
        () => {
          element.setAttribute('host', stageHost);
          resolve(element.reload().then(() => element.status));
        },
        { once: true },
      );
    });
    document.body.append(element);
    expect(await begun).to.equal('ready');
  });

  it('rejects outside of a document', async () => {
    element = campaign();
    const reason = await element.load().catch((error: unknown) => error);
    expect(reason).to.be.instanceOf(DOMException).with.property('name', 'InvalidStateError');
    document.body.append(element);
    await element.load();
  });

  // @holds P10
  it('causes no unhandled rejection', async () => {
    const rejections = await rejectionsDuring(async () => {
      element = campaign({ host: '' });
      document.body.append(element);
      void element.load();
      void element.reload();
      await next(element, 'qualifio-error');
      element.remove();
      void element.load();
      await nextTask();
    });
    expect(rejections).to.deep.equal([]);
  });
});

describe('reload()', () => {
  it('removes the frame and starts again', async () => {
    const jwt = await token();
    element = campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
    document.body.append(element);
    await element.load();
    const { frame } = element;
    const told = recordEvents(element);
    await element.reload();
    expect(frame?.isConnected).to.equal(false);
    expect(element.querySelectorAll('iframe')).to.have.length(1);
    expect(told).to.deep.equal(['status-change loading', 'status-change ready', 'ready']);
    const puppet = new Puppet(element.frame!);
    await puppet.say('isLoggedIn');
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  });

  it('starts an element that waits for load()', async () => {
    element = campaign({ loading: 'manual' });
    document.body.append(element);
    await element.reload();
    expect(element.status).to.equal('ready');
  });
});
