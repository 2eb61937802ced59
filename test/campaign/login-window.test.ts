import { expect } from '@open-wc/testing';
import type { QualifioCampaign } from '../../src/index.js';
import { byFakeClock } from '../support/fake-clock.js';
import { library, OwnPage } from '../support/own-page.js';
import { campaign, next, Puppet, stageHost, stagePuppet, token } from '../support/stage.js';
import { eventually, nextTask } from '../support/watch.js';

/** What a window says about its campaign when it is back from the login. */
interface Back {
  status: string;
  message?: string;
  hasOpener: boolean;
}

const channelName = 'qualifio-login';
let page: OwnPage;
let elements: QualifioCampaign[];
let puppets: Puppet[];
/** The windows that the page has opened. */
let opened: (Window | null)[];
let jwt: string | null;
beforeEach(() => {
  jwt = null;
  opened = [];
});

/** A page in which campaigns wait for a login, whose page is on another origin. */
async function waitForLogin({ login = '', count = 1 } = {}): Promise<void> {
  page = await OwnPage.open();
  page.element.kitUrl = `http://${stageHost}/kit/qualp.2.min.js`;
  const { open } = page.window;
  page.window.open = (...args) => {
    opened.push(open.apply(page.window, args));
    return opened.at(-1)!;
  };
  elements = [];
  puppets = [];
  for (let index = 0; index < count; index++) {
    const element = page.campaign({
      'login-target': 'window',
      'login-url': `http://${stageHost}/login?site=${location.origin}${login}`,
    });
    element.tokenProvider = async () => jwt;
    puppets.push(await stagePuppet(element, page.document.body));
    elements.push(element);
    await puppets.at(-1)!.say('isLoggedIn');
    await eventually(() => action(element)?.checkVisibility());
  }
}

function action(element: QualifioCampaign): HTMLElement | null {
  return element.shadowRoot!.querySelector<HTMLElement>('[part="action"]');
}

/** Follows the panel's link, and returns whether the page itself follows it, which is prevented. */
function follow(element = elements[0]!): boolean {
  let isFollowed: boolean;
  const note = (event: Event): void => {
    isFollowed = !event.defaultPrevented;
    event.preventDefault();
  };
  page.window.addEventListener('click', note, { once: true });
  action(element)!.click();
  return isFollowed!;
}

/** What the window says when it is back. */
function back(): Promise<Back> {
  const channel = new BroadcastChannel('test');
  return next<MessageEvent<Back>>(channel, 'message').then(({ data }) => {
    channel.close();
    return data;
  });
}

describe('a login in a window', () => {
  afterEach(() => {
    opened.forEach((window) => window?.close());
    page.close();
  });

  for (const [where, login] of [
    ['on another origin', ''],
    ['with a Cross-Origin-Opener-Policy', '&coop'],
  ] as const) {
    it(`${where} continues all waiting campaigns, and starts none in the window`, async () => {
      await waitForLogin({ login, count: 2 });
      const frames = elements.map(({ frame }) => frame);
      const arrived = back();
      jwt = await token();
      expect(follow()).to.equal(false);
      expect(await arrived).to.deep.equal({
        status: 'idle',
        message: 'You can close this window.',
        hasOpener: false,
      });
      for (const puppet of puppets) {
        expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
      }
      expect(elements.map(({ frame }) => frame)).to.deep.equal(frames);
      await eventually(() => opened[0]!.closed);
      expect(sessionStorage.getItem(channelName)).to.equal(null);
    });
  }

  it('that is already open gets focus', async () => {
    await waitForLogin({ login: '&stay', count: 2 });
    follow();
    let focused = 0;
    opened[0]!.focus = () => void focused++;
    expect(elements.map(follow)).to.deep.equal([false, false]);
    expect(opened).to.have.length(1);
    expect(focused).to.equal(2);
  });

  it('that the participant closes leaves the panel as it is, and its link opens another', async () => {
    await waitForLogin({ login: '&stay' });
    follow();
    opened[0]!.close();
    await eventually(() => opened[0]!.closed);
    page.window.dispatchEvent(new Event('focus'));
    await nextTask();
    expect(elements[0]!.status).to.equal('login-required');
    expect(follow()).to.equal(false);
    expect(opened).to.have.length(2);
  });

  it('that did not come back closes when the campaign continues', async () => {
    await waitForLogin({ login: '&stay' });
    follow();
    jwt = await token();
    expect(await elements[0]!.resume()).to.equal(true);
    await eventually(() => opened[0]!.closed);
  });

  for (const [what, open] of [
    ['is refused', () => null],
    ['would be this one, as in a web view', () => page.window],
  ] as const) {
    it(`that ${what}: the login page replaces this page`, async () => {
      await waitForLogin();
      page.window.open = open;
      expect(follow()).to.equal(true);
      expect(page.window.sessionStorage.getItem(channelName)).to.equal(null);
    });
  }
});

describe('a page that is back from a login', () => {
  const markup = `${library}<qualifio-campaign campaign-id="1"></qualifio-campaign>`;
  const mark = (path: string): void => sessionStorage.setItem(channelName, path);
  const shown = (): QualifioCampaign => page.document.querySelector('qualifio-campaign')!;
  afterEach(() => {
    page.close();
    sessionStorage.removeItem(channelName);
  });

  it('in a window that cannot be closed says that the participant can close it', async () => {
    mark('/test/support/page.html');
    page = await OwnPage.open(markup);
    const text = (): string | null | undefined =>
      shown().shadowRoot?.querySelector('[part=message]')?.textContent;
    await eventually(() => text() === 'You can close this window.');
    expect(shown()).to.include({ status: 'idle', frame: null });
    const reloaded = next(page.window.frameElement!, 'load');
    page.window.location.reload();
    await reloaded;
    await eventually(() => shown().status === 'error');
  });

  it('is an ordinary page if it is not the page of the campaign', async () => {
    mark('/');
    page = await OwnPage.open(markup);
    await eventually(() => shown().status === 'error');
  });
});

describe('the message of a login window', () => {
  let element: QualifioCampaign;
  let puppet: Puppet;
  let requests: number;
  async function waitHere(): Promise<void> {
    requests = 0;
    element = campaign({ 'login-url': '/login', 'login-target': 'window' });
    element.tokenProvider = async () => (requests++, jwt);
    puppet = await stagePuppet(element);
    const required = next(element, 'qualifio-login-required');
    await puppet.say('isLoggedIn');
    await required;
  }
  /** Sends the message, and waits until the page has received it. */
  const post = async (times = 1): Promise<void> => {
    const [sender, receiver] = [
      new BroadcastChannel(channelName),
      new BroadcastChannel(channelName),
    ];
    for (let time = 0; time < times; time++) sender.postMessage({ token: 'x', time });
    const last = (): Promise<MessageEvent<{ time: number }>> => next(receiver, 'message');
    while ((await last()).data.time !== times - 1);
    sender.close();
    receiver.close();
  };
  afterEach(() => element.remove());

  it('continues a campaign that has waited for ten minutes', async () => {
    await waitHere();
    await byFakeClock(async (clock) => {
      await clock.tick(600_000);
      expect(element.status).to.equal('login-required');
      jwt = await token();
      await post();
      await clock.tick(0);
    });
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  });

  // @holds T18
  it('sent 1,000 times with any content causes four requests a minute', async () => {
    await waitHere();
    await byFakeClock(async (clock) => {
      await post(1000);
      await clock.tick(59_000);
    });
    expect(requests - 1).to.be.within(1, 4);
    expect(element.status).to.equal('login-required');
  });

  it('is ignored after the element is removed, and while the page is in the back/forward cache', async () => {
    await waitHere();
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await post();
    await nextTask();
    expect(requests).to.equal(1);
    jwt = await token();
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await puppet.awaitMessages(1);
    element.remove();
    await post();
    await nextTask();
    expect(requests).to.equal(2);
  });
});
