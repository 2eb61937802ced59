import { expect } from '@open-wc/testing';
import type { CampaignStatus, QualifioCampaign } from '../../src/index.js';
import {
  campaign,
  endpoint,
  endpointThatWaits,
  giving,
  next,
  stagePuppet,
  token,
  type Puppet,
} from '../support/stage.js';
import { eventually } from '../support/watch.js';

let element: QualifioCampaign;
afterEach(() => element.remove());

function part(name: string): HTMLElement {
  return element.shadowRoot!.querySelector<HTMLElement>(`[part="${name}"]`)!;
}

async function ask(source: { url: string }, more: Record<string, string> = {}): Promise<Puppet> {
  element = campaign({ 'auth-endpoint': source.url, 'login-url': '/login', ...more });
  const puppet = await stagePuppet(element);
  await puppet.say('isLoggedIn');
  return puppet;
}

/** A campaign whose frame never gets an answer. */
const endless = '11111111-1111-1111-1111-111111111111';

/** Brings an element to each status. */
const ways: Record<CampaignStatus, () => Promise<unknown>> = {
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

/** The text of each panel, whether it has an action, and what brings an element to it. */
const panels: Record<string, [text: string, action: string, reach: () => Promise<unknown>]> = {
  login: ['Log in to take part.', 'Log in', () => ask(endpoint({ status: 401 }))],
  'login in a window': [
    'Log in to take part.',
    'Log in',
    () => ask(endpoint({ status: 401 }), { 'login-target': 'window' }),
  ],
  'login again': [
    'Your session has expired. Log in to take part.',
    'Log in',
    async () => {
      const puppet = await ask(endpoint(giving(await token()), { status: 401 }));
      await puppet.awaitMessages(1);
      await puppet.say('error', { code: 'TOKEN_EXPIRED' });
    },
  ],
  offline: [
    'You are offline. Check your connection and try again.',
    'Try again',
    async () => {
      Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
      await failToLoad();
    },
  ],
  blocked: [
    'The game could not be loaded. Check your connection or ad blocker and try again.',
    'Try again',
    () => failToLoad(),
  ],
  unconfirmed: [
    'Your account could not be confirmed. Please try again later.',
    'Try again',
    () => ask(endpoint({ status: 403 })),
  ],
  expired: [
    'Your session has expired.',
    'Try again',
    async () => ask(endpoint(giving(await token({ exp: 1 })))),
  ],
  unavailable: [
    'The game is not available right now. Please try again later.',
    '',
    async () => {
      element = campaign({ host: '' });
      document.body.append(element);
    },
  ],
  'login done, in a window that stays open': [
    'You can close this window.',
    '',
    async () => {
      sessionStorage.setItem(mark, location.pathname);
      window.close = () => {};
      element = campaign();
      document.body.append(element);
    },
  ],
};

/** The mark of a window that a campaign has opened for a login. */
const mark = 'qualifio-login';

async function failToLoad(): Promise<void> {
  element = campaign({ 'channel-id': endless, 'kit-timeout': '50' });
  document.body.append(element);
}

describe('every panel', () => {
  const { close } = window;
  afterEach(() => {
    Reflect.deleteProperty(navigator, 'onLine');
    sessionStorage.removeItem(mark);
    window.close = close;
  });

  for (const [name, [text, action, reach]] of Object.entries(panels)) {
    it(`${name}: says what happened and what to do, and is accessible in light and dark mode`, async () => {
      await reach();
      await eventually(() => part('message')?.textContent === text);
      expect(part('action').checkVisibility()).to.equal(action !== '');
      expect(part('action').textContent).to.equal(action);
      await expect(element).to.be.accessible();
      element.style.colorScheme = 'dark';
      await expect(element).to.be.accessible();
    });
  }
});

describe('the panel’s card', () => {
  const middle = ({ top, height }: DOMRect): number => top + height / 2;

  it('is in the middle of what is visible of the campaign, without a layout shift', async () => {
    await reachReady({ height: '3000' });
    const { height } = element.getBoundingClientRect();
    const visible = Math.min(innerHeight, element.getBoundingClientRect().bottom);
    const { top } = element.getBoundingClientRect();
    await requireLogin();
    const card = part('card').getBoundingClientRect();
    expect(middle(card)).to.be.closeTo((Math.max(top, 0) + visible) / 2, 1);
    expect(element.getBoundingClientRect().height).to.equal(height);
  });

  it('stays visible when the page scrolls', async () => {
    await reachReady({ height: '3000' });
    await requireLogin();
    for (const y of [1500, 0, 800]) {
      scrollTo(0, y);
      const { top, bottom } = part('card').getBoundingClientRect();
      expect(top, `${y}`).to.be.at.least(0);
      expect(bottom, `${y}`).to.be.at.most(innerHeight);
    }
    scrollTo(0, 0);
  });

  it('is as large in a page whose rem is small, or that hides white space by a size of 0', async () => {
    await reachReady();
    await requireLogin();
    const { height } = part('card').getBoundingClientRect();
    document.documentElement.style.fontSize = '62.5%';
    element.style.fontSize = '0';
    expect(part('card').getBoundingClientRect().height).to.be.closeTo(height, 1);
    document.documentElement.removeAttribute('style');
  });

  it('makes a low campaign as high as it needs, and no higher', async () => {
    await reachReady({ height: '60' });
    await requireLogin();
    const { height } = part('card').getBoundingClientRect();
    expect(element.getBoundingClientRect().height).to.be.closeTo(height + 32, 1);
  });

  it('has the page’s font', async () => {
    await reachReady();
    element.style.fontFamily = 'Georgia';
    await requireLogin();
    for (const name of ['message', 'action']) {
      expect(getComputedStyle(part(name)).fontFamily, name).to.equal('Georgia');
    }
  });

  let puppet: Puppet;
  async function reachReady(attributes: Record<string, string> = {}): Promise<void> {
    element = campaign(attributes);
    element.tokenProvider = async () => null;
    puppet = await stagePuppet(element);
  }
  async function requireLogin(): Promise<void> {
    await puppet.say('isLoggedIn');
    await eventually(() => part('message')?.checkVisibility());
  }
});

describe('while a token is requested', () => {
  const waiting = {
    en: 'One moment.',
    fr: 'Un moment.',
    nl: 'Een moment.',
    de: 'Einen Moment.',
    es: 'Un momento.',
    it: 'Un momento.',
  };
  for (const [lang, text] of Object.entries(waiting)) {
    it(`the bar appears after 400 ms, and a status is announced once then: ${lang}`, async () => {
      element = campaign({ 'auth-endpoint': endpoint({ hold: 'headers' }).url, lang });
      const puppet = await stagePuppet(element);
      const bar = part('progress');
      expect(bar.role).to.equal('status');
      const announced: string[] = [];
      new MutationObserver((records) => {
        const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
        announced.push(...added.map(({ textContent }) => textContent!));
      }).observe(bar, { childList: true });
      const paused = nextStatus('authenticating').then(async () => {
        await element.updateComplete;
        const [animation] = bar.getAnimations();
        animation!.pause();
        return animation!;
      });
      await puppet.say('isLoggedIn');
      const animation = await paused;
      for (const [time, opacity] of [
        [0, '0'],
        [399, '0'],
        [1200, '1'],
      ] as const) {
        expect(announced).to.deep.equal([]);
        animation.currentTime = time;
        expect(getComputedStyle(bar).opacity, `${time} ms`).to.equal(opacity);
        if (time < 400) await twoFrames();
      }
      await eventually(() => announced.length > 0);
      element.requestUpdate();
      await element.updateComplete;
      await twoFrames();
      expect(announced).to.deep.equal([text]);
    });
  }

  const nextStatus = (wanted: CampaignStatus): Promise<void> =>
    new Promise((resolve) => {
      element.addEventListener('qualifio-status-change', ({ status }) => {
        if (status === wanted) resolve();
      });
    });

  const twoFrames = (): Promise<unknown> =>
    new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

  it('the bar stays in view when the page scrolls', async () => {
    await ask(endpoint({ hold: 'headers' }), { height: '3000' });
    await eventually(() => element.status === 'authenticating');
    await element.updateComplete;
    scrollTo(0, 1500);
    const { top, bottom, height } = part('progress').getBoundingClientRect();
    scrollTo(0, 0);
    expect(top).to.be.at.least(0);
    expect(bottom).to.be.at.most(innerHeight);
    expect(height).to.equal(3);
  });

  it('and not afterwards', async () => {
    const source = endpointThatWaits();
    await ask(source);
    await eventually(() => part('progress').textContent);
    source.answer({ status: 401 });
    await eventually(() => element.status === 'login-required');
    await element.updateComplete;
    expect(part('progress').getBoundingClientRect().height).to.equal(0);
    expect(part('progress').textContent).to.equal('');
  });
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
    for (const name of ['panel', 'card']) {
      const { backgroundColor, color, borderRadius } = getComputedStyle(part(name));
      expect([backgroundColor, color, borderRadius], name).to.deep.equal([
        'rgb(255, 255, 200)',
        'rgb(20, 20, 20)',
        '3px',
      ]);
    }
    style.remove();
  });

  it('can be styled by its parts', async () => {
    const parts = ['frame', 'panel', 'card', 'message', 'action'];
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
