import { expect } from '@open-wc/testing';
import type { QualifioCampaign, QualifioErrorEvent } from '../../src/index.js';
import { kitUrl, OwnPage } from '../support/own-page.js';
import { closed, isShownIn, manual, open, Place } from '../support/place.js';
import {
  campaign,
  endpoint,
  giving,
  next,
  Puppet,
  recordEvents,
  stagePuppet,
  token,
} from '../support/stage.js';
import { deferred, nextTask, recordCommands, warningsDuring } from '../support/watch.js';

/** Whether this engine can move an element without reloading its frame. */
const canMove: boolean = 'moveBefore' in Element.prototype;

/**
 * Whether the contents of a shadow root move with the host. Firefox removes them and inserts them
 * again.
 */
const movesShadowTrees: boolean = canMove && isMovedWithItsHost();

let element: QualifioCampaign;
let puppet: Puppet;
let places: Place[];
beforeEach(() => (places = []));
afterEach(() => {
  element.remove();
  for (const { host } of places) host.remove();
});

function place(...inits: ShadowRootInit[]): Place {
  const made = new Place(...inits);
  places.push(made);
  return made;
}

function divs(): HTMLElement[] {
  return Array.from(document.querySelectorAll<HTMLElement>('.qualifio_iframe_wrapper'));
}

/**
 * Stages an element at a place, and makes its frame ask. The test decides what the answer is and
 * what aborts it.
 */
async function askAt(start: Place) {
  const answer = deferred<string | null>();
  const asked = deferred<AbortSignal>();
  element = campaign();
  element.tokenProvider = ({ signal }) => {
    asked.resolve(signal);
    return answer.promise;
  };
  puppet = await stagePuppet(element, start.inside);
  await puppet.say('isLoggedIn');
  return { answer, signal: await asked.promise };
}

const kinds: Record<string, ShadowRootInit[]> = {
  'the document': [],
  'an open root': [open],
  'a closed root in a closed one': [closed, closed],
  'a root with manual slot assignment': [manual],
};
const ways = Object.entries(kinds).flatMap(([from, inits]) =>
  Object.entries(kinds).map(([to, others]) => ({ from, to, inits, others })),
);

/** Only for engines with `moveBefore()`: in others, pages use `append()`, which is tested below. */
if (canMove) {
  describe('moveBefore() during a token request', () => {
    for (const { from, to, inits, others } of ways) {
      // @holds F18, F19
      it(`from ${from} to ${to} keeps the frame and the exchange`, async () => {
        const [start, end] = [place(...inits), place(...others)];
        const { answer, signal } = await askAt(start);
        const { frame } = element;
        const told = recordEvents(element);
        end.inside.moveBefore(element, null);
        expect(signal.aborted).to.equal(false);
        expect(start.isUntouched).to.equal(true);
        expect(divs()).to.have.length(1);
        const jwt = await token();
        answer.resolve(jwt);
        expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
        expect(element.frame).to.equal(frame);
        expect(isShownIn(element, frame!)).to.equal(true);
        expect(told).to.deep.equal(['status-change token-sent', 'token-sent']);
        element.remove();
        expect(end.isUntouched).to.equal(true);
      });
    }

    it('and back, and out of a host that is removed, keeps them too', async () => {
      const [start, end] = [place(open), place(closed, open)];
      const { answer } = await askAt(start);
      const { frame } = element;
      end.inside.moveBefore(element, null);
      start.inside.moveBefore(element, null);
      document.body.moveBefore(element, null);
      start.host.remove();
      answer.resolve(await token());
      await puppet.awaitMessages(1);
      expect(element.frame).to.equal(frame);
      expect(divs()).to.have.length(1);
    });

    if (movesShadowTrees) {
      // @holds F19
      it('of the host into another shadow root keeps them too', async () => {
        const [start, end] = [place(open), place(closed)];
        const { answer } = await askAt(start);
        const { frame } = element;
        end.inside.moveBefore(start.host, null);
        expect(divs()[0]?.parentNode).to.equal(end.host);
        answer.resolve(await token());
        await puppet.awaitMessages(1);
        expect(element.frame).to.equal(frame);
        expect(isShownIn(element, frame!)).to.equal(true);
        end.host.remove();
        expect(divs()).to.deep.equal([]);
      });
    } else {
      it('of the host into another shadow root restarts its element', async () => {
        const [start, end] = [place(open), place(closed)];
        const { signal } = await askAt(start);
        const ready = next(element, 'qualifio-ready');
        end.inside.moveBefore(start.host, null);
        await ready;
        expect(signal.aborted).to.equal(true);
        expect(isShownIn(element, element.frame!)).to.equal(true);
      });
    }
  });

  describe('moveBefore()', () => {
    // @holds F18
    it('while the frame is loading shows the campaign in the new place', async () => {
      const end = place(open);
      element = campaign();
      const told = recordEvents(element);
      document.body.append(element);
      await next(element, 'qualifio-status-change');
      end.inside.moveBefore(element, null);
      await element.load();
      expect(isShownIn(element, element.frame!)).to.equal(true);
      expect(told).to.deep.equal(['status-change loading', 'status-change ready', 'ready']);
    });

    // @holds F18
    it('does not interrupt a login', async () => {
      const { answer } = await askAt(place());
      const required = next(element, 'qualifio-login-required');
      answer.resolve(null);
      await required;
      place(open).inside.moveBefore(element, null);
      const jwt = await token();
      element.tokenProvider = async () => jwt;
      expect(await element.resume()).to.equal(true);
      expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    });

    // @holds F19
    it('still detects the removal of the frame in the new place, and starts again', async () => {
      const end = place(open);
      await askAt(place());
      end.inside.moveBefore(element, null);
      await nextTask();
      const ready = next(element, 'qualifio-ready');
      end.host.replaceChildren();
      await ready;
      expect(isShownIn(element, element.frame!)).to.equal(true);
    });
  });
}

describe('append() elsewhere during a token request', () => {
  for (const { from, to, inits, others } of ways) {
    // @holds F17, F19
    it(`from ${from} to ${to} restarts the campaign once`, async () => {
      const [start, end] = [place(...inits), place(...others)];
      const { answer, signal } = await askAt(start);
      const { frame } = element;
      const told = recordEvents(element);
      const commands = recordCommands();
      end.inside.append(element);
      expect(signal.aborted).to.equal(true);
      expect(start.isUntouched).to.equal(true);
      answer.resolve(await token());
      await element.load();
      await nextTask();
      expect(element.frame).to.not.equal(frame);
      expect(isShownIn(element, element.frame!)).to.equal(true);
      expect(divs()).to.have.length(1);
      expect(told).to.deep.equal(['status-change loading', 'status-change ready', 'ready']);
      expect(commands.map(([name]) => name)).to.deep.equal(['createIframe']);
      element.remove();
      expect(end.isUntouched).to.equal(true);
    });
  }
});

describe('a slot', () => {
  it('that changes shows the same frame in another place', async () => {
    const card = place();
    card.host.attachShadow(open).innerHTML = '<slot name="a"></slot><hr><slot name="b"></slot>';
    const { answer } = await askAt(card);
    const { frame } = element;
    element.slot = 'a';
    expect(isShownIn(element, frame!)).to.equal(true);
    element.slot = 'b';
    expect(isShownIn(element, frame!)).to.equal(true);
    element.slot = 'none';
    expect(frame!.checkVisibility()).to.equal(false);
    element.slot = 'a';
    answer.resolve(await token());
    await puppet.awaitMessages(1);
    expect(element.frame).to.equal(frame);
  });

  it('of the host that changes does not affect the relay', async () => {
    const card = place(open, closed);
    const { answer } = await askAt(card);
    const { frame } = element;
    card.host.slot = 'elsewhere';
    expect(isShownIn(element, frame!)).to.equal(true);
    answer.resolve(await token());
    await puppet.awaitMessages(1);
    expect(element.frame).to.equal(frame);
  });

  it('that is added later with a shadow root on the parent shows the same frame', async () => {
    const card = place();
    const { answer } = await askAt(card);
    const { frame } = element;
    card.host.attachShadow(closed).innerHTML = '<slot></slot>';
    answer.resolve(await token());
    await puppet.awaitMessages(1);
    expect(element.frame).to.equal(frame);
    expect(isShownIn(element, frame!)).to.equal(true);
  });
});

describe('a host', () => {
  it('that is moved with append() restarts its element once', async () => {
    const start = place(closed, open);
    await askAt(start);
    const told = recordEvents(element);
    place(open).inside.append(start.host);
    await element.load();
    expect(isShownIn(element, element.frame!)).to.equal(true);
    expect(divs()).to.have.length(1);
    expect(told).to.deep.equal(['status-change loading', 'status-change ready', 'ready']);
  });

  it('whose children a script renders again gets the frame again', async () => {
    const start = place(open);
    await askAt(start);
    const ready = next(element, 'qualifio-ready');
    start.host.replaceChildren('rendered anew');
    await ready;
    expect(isShownIn(element, element.frame!)).to.equal(true);
  });
});

describe('declarative shadow DOM', () => {
  for (const mode of ['open', 'closed'] as const) {
    for (const when of ['before', 'after'] as const) {
      // @holds F19
      it(`of mode ${mode}, parsed ${when} the library has run, can contain a campaign`, async () => {
        const page = await OwnPage.open('');
        const jwt = await token();
        element = page.campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
        const root = `<template shadowrootmode="${mode}"><p>${element.outerHTML}</p></template>`;
        const parse = (): void => page.document.body.setHTMLUnsafe(`<main>${root}</main>`);
        const ready = next(page.document, 'qualifio-ready');
        const script = page.document.createElement('script');
        Object.assign(script, { type: 'module', src: '/src/index.ts' });
        if (when === 'before') parse();
        page.document.head.append(script);
        await page.window.customElements.whenDefined('qualifio-campaign');
        page.element.kitUrl = kitUrl();
        if (when === 'after') parse();
        expect((await ready).target).to.equal(page.document.querySelector('main'));
        puppet = new Puppet(page.document.querySelector('iframe')!);
        await puppet.say('isLoggedIn');
        expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
        page.close();
      });
    }
  }
});

describe('what frameworks do with an element', () => {
  // @holds F17
  it('detaching and re-inserting it restarts the campaign with its properties', async () => {
    const jwt = await token();
    const { frame } = await kept(jwt);
    const store = document.createElement('div');
    store.append(element);
    await nextTask();
    expect(divs()).to.deep.equal([]);
    expect(element).to.include({ status: 'idle', frame: null });
    puppet = await stagePuppet(element);
    expect(element.frame).to.not.equal(frame);
    await puppet.say('isLoggedIn');
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  });

  // @holds F17
  it('moving it in a fragment, like a portal, restarts it once', async () => {
    await kept(await token());
    const told = recordEvents(element);
    const range = document.createRange();
    range.selectNode(element);
    const target = place();
    target.inside.append(range.extractContents());
    await element.load();
    expect(element.parentElement).to.equal(target.inside);
    expect(told).to.deep.equal(['status-change loading', 'status-change ready', 'ready']);
    expect(divs()).to.have.length(1);
  });

  it('hiding and showing it keeps the frame', async () => {
    const { frame } = await kept(await token());
    const told = recordEvents(element);
    element.style.display = 'none';
    await nextTask();
    element.style.display = '';
    await nextTask();
    expect(element.frame).to.equal(frame);
    expect(isShownIn(element, frame!)).to.equal(true);
    expect(told).to.deep.equal([]);
  });

  // @holds F17
  it('reordering it among its siblings restarts it once', async () => {
    const list = place();
    await kept(await token(), list);
    list.inside.append(document.createElement('p'));
    const told = recordEvents(element);
    list.inside.append(element);
    await element.load();
    expect(told).to.deep.equal(['status-change loading', 'status-change ready', 'ready']);
  });

  async function kept(jwt: string, start = place()): Promise<QualifioCampaign> {
    element = campaign();
    element.tokenProvider = async () => jwt;
    puppet = await stagePuppet(element, start.inside);
    return element;
  }
});

describe('a copy of an element', () => {
  // @holds F49
  it('restored in its place, like a router’s snapshot, runs normally', async () => {
    const start = place();
    const jwt = await token();
    element = campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
    await stagePuppet(element, start.inside);
    const copy = element.cloneNode(true) as QualifioCampaign;
    element.remove();
    element = copy;
    puppet = await stagePuppet(copy, start.inside);
    await puppet.say('isLoggedIn');
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    expect(divs()).to.have.length(1);
  });

  // @holds F49
  it('before it, as in a carousel, causes DUPLICATE_CAMPAIGN, and the first keeps running', async () => {
    const { answer } = await askAt(place());
    const copy = element.cloneNode(true) as QualifioCampaign;
    copy.addEventListener('qualifio-error', (event) => event.preventDefault());
    const failed = next<QualifioErrorEvent>(copy, 'qualifio-error');
    document.body.prepend(copy);
    expect((await failed).error.code).to.equal('DUPLICATE_CAMPAIGN');
    expect(divs()).to.have.length(1);
    const jwt = await token();
    answer.resolve(jwt);
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    copy.remove();
  });
});

describe('an element that another document adopts', () => {
  // @holds F20
  it('is stopped, also during a token request, and restarts when it returns', async () => {
    const { answer, signal } = await askAt(place());
    const commands = recordCommands();
    const other = document.implementation.createHTMLDocument();
    other.body.append(element);
    expect(signal.aborted).to.equal(true);
    answer.resolve(await token());
    await nextTask();
    expect(divs()).to.deep.equal([]);
    expect(commands.map(([name]) => name)).to.not.include('sendChildMessage');
    const told = recordEvents(element);
    await stagePuppet(element);
    expect(told).to.deep.equal(['status-change loading', 'status-change ready', 'ready']);
  });

  // @holds F20
  it('in a window without the kit fails there before its deadline', async () => {
    const page = await OwnPage.open('');
    const { signal } = await askAt(place());
    element.kitTimeout = 100;
    const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
    await warningsDuring(async () => {
      page.document.body.append(element);
      expect((await failed).error.code).to.equal('KIT_TIMEOUT');
    });
    expect(signal.aborted).to.equal(true);
    expect(divs()).to.deep.equal([]);
    page.close();
  });
});

function isMovedWithItsHost(): boolean {
  let isMoved = false;
  class Inside extends HTMLElement {
    connectedCallback(): void {
      isMoved = false;
    }
    connectedMoveCallback(): void {
      isMoved = true;
    }
  }
  customElements.define('inside-a-host', Inside);
  const host = document.createElement('div');
  host.attachShadow({ mode: 'open' }).append(new Inside());
  document.head.append(host);
  document.head.moveBefore(host, null);
  host.remove();
  return isMoved;
}
