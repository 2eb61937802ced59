import { expect } from '@open-wc/testing';
import type { CampaignStatus, QualifioCampaign } from '../../src/index.js';
import { campaign, endpoint, giving, next, stagePuppet, token } from '../support/stage.js';
import { eventually } from '../support/watch.js';

let element: QualifioCampaign;
afterEach(() => element.remove());

function part(name: string): HTMLElement {
  return element.shadowRoot!.querySelector<HTMLElement>(`[part="${name}"]`)!;
}

async function ask(source: { url: string }): Promise<void> {
  element = campaign({ 'auth-endpoint': source.url, 'login-url': '/login' });
  const puppet = await stagePuppet(element);
  await puppet.say('isLoggedIn');
}

/** A campaign whose frame never gets an answer. */
const endless = '11111111-1111-1111-1111-111111111111';

/** Brings an element to each status. */
const ways: Record<CampaignStatus, () => Promise<void>> = {
  loading: async () => {
    element = campaign({ 'channel-id': endless });
    document.body.append(element);
  },
  idle: async () => {
    element = campaign({ loading: 'manual' });
    document.body.append(element);
  },
  ready: async () => {
    element = campaign();
    await stagePuppet(element);
  },
  authenticating: () => ask(endpoint({ hold: 'headers' })),
  'login-required': () => ask(endpoint({ status: 401 })),
  'token-sent': async () => ask(endpoint(giving(await token()))),
  error: () => ask(endpoint({ status: 403 })),
};

describe('every status', () => {
  for (const [status, reach] of Object.entries(ways)) {
    it(`${status}: has its state and is accessible in light and dark mode`, async () => {
      await reach();
      await eventually(() => element.status === status);
      await element.updateComplete;
      const states = Object.keys(ways).filter((name) => element.matches(`:state(${name})`));
      expect(states).to.deep.equal([status]);
      await expect(element).to.be.accessible();
      element.style.colorScheme = 'dark';
      await expect(element).to.be.accessible();
      expect(element.status).to.equal(status);
    });
  }
});

describe('the panel’s look', () => {
  const styled = async (css: string): Promise<HTMLStyleElement> => {
    const style = document.createElement('style');
    style.textContent = css;
    document.head.append(style);
    await ask(endpoint({ status: 401 }));
    await eventually(() => part('action'));
    return style;
  };

  it('follows the custom properties', async () => {
    const style = await styled(`qualifio-campaign {
      --qualifio-accent: rgb(0, 100, 0);
      --qualifio-panel-background: rgb(255, 255, 200);
      --qualifio-panel-color: rgb(20, 20, 20);
      --qualifio-radius: 3px;
    }`);
    expect(getComputedStyle(part('action')).backgroundColor).to.equal('rgb(0, 100, 0)');
    expect(getComputedStyle(part('action')).borderRadius).to.equal('3px');
    const panel = getComputedStyle(part('panel'));
    expect(panel.backgroundColor).to.equal('rgb(255, 255, 200)');
    expect(panel.color).to.equal('rgb(20, 20, 20)');
    expect(panel.borderRadius).to.equal('3px');
    style.remove();
  });

  it('can be styled by its parts', async () => {
    const parts = ['frame', 'panel', 'message', 'action'];
    const style = await styled(
      parts.map((name) => `qualifio-campaign::part(${name}) { letter-spacing: 3px; }`).join(''),
    );
    for (const name of parts) {
      expect(getComputedStyle(part(name)).letterSpacing, name).to.equal('3px');
    }
    style.remove();
  });

  it('follows color-scheme', async () => {
    const style = await styled('qualifio-campaign { color-scheme: dark; }');
    const { backgroundColor, color } = getComputedStyle(part('panel'));
    style.remove();
    const light = getComputedStyle(part('panel'));
    expect(light.backgroundColor).to.not.equal(backgroundColor);
    expect(light.color).to.not.equal(color);
  });

  it('has no motion', async () => {
    await ask(endpoint({ status: 401 }));
    await eventually(() => part('action'));
    expect(element.getAnimations({ subtree: true })).to.deep.equal([]);
  });
});

describe('the height', () => {
  for (const [height, pixels] of [
    [undefined, 1200],
    ['400', 400],
    ['350px', 350],
  ] as const) {
    it(`${height ?? 'by default'} is reserved before the frame exists, without a layout shift`, async () => {
      element = campaign({ loading: 'manual', ...(height && { height }) });
      document.body.append(element);
      await element.updateComplete;
      expect(element.getBoundingClientRect().height).to.equal(pixels);
      await element.load();
      await element.updateComplete;
      expect(element.getBoundingClientRect().height).to.equal(pixels);
    });
  }

  it('from a page’s rule applies before and after the script runs', async () => {
    const style = document.createElement('style');
    style.textContent = 'qualifio-campaign { display: block; min-height: 1200px; }';
    document.head.append(style);
    element = campaign();
    await stagePuppet(element);
    expect(element.getBoundingClientRect().height).to.equal(1200);
    style.remove();
  });

  it('is zero if the element is hidden', async () => {
    element = campaign({ loading: 'manual', hidden: '' });
    document.body.append(element);
    await element.updateComplete;
    expect(element.checkVisibility()).to.equal(false);
  });
});

describe('the placeholder', () => {
  it('is visible until the campaign is ready', async () => {
    element = campaign({ loading: 'manual' });
    const picture = document.createElement('p');
    picture.slot = 'placeholder';
    picture.textContent = 'A picture';
    element.append(picture);
    document.body.append(element);
    await element.updateComplete;
    expect(picture.checkVisibility()).to.equal(true);
    const ready = next(element, 'qualifio-ready');
    void element.load();
    await ready;
    await element.updateComplete;
    expect(picture.checkVisibility()).to.equal(false);
  });
});
