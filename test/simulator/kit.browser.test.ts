import { expect } from '@open-wc/testing';
import { kit, type KitSettings } from '../../src/simulator/browser/kit.js';
import { defaultKnobs, kitUnknowns } from '../../src/simulator/model/knob-table.js';
import { OwnPage } from '../support/own-page.js';
import { Puppet, next, stageHost } from '../support/stage.js';
import { eventually } from '../support/watch.js';

const divId = 'qualifio_insert_place_123456';
const puppetGuid = '00000000-0000-0000-0000-000000123456';
const playableGuid = '7e57c0de-0000-4000-8000-000000000001';
const defaults: KitSettings = {
  ...defaultKnobs,
  frameQuery: '',
  lateness: 0,
};
const markup = `<div id="${divId}"></div>
  <script type="module">
    import { kit } from '/src/simulator/browser/kit.ts';
    window.kit = kit;
  </script>`;

let page: OwnPage;
beforeEach(async () => {
  page = await OwnPage.open(markup);
});
afterEach(() => page.close());

/** Runs the kit as a script of the page. */
function runKit(settings: Partial<KitSettings> = {}): void {
  (page.window as unknown as { kit: typeof kit }).kit({ ...defaults, ...settings });
}

function push(...command: unknown[]): void {
  page.window._qual_async!.push(command);
}

function createIframe(guid = puppetGuid, id = divId): void {
  const style = 'max-width:810px;margin:0 auto;';
  push('createIframe', id, stageHost, '20', guid, '100%', '640', '', '', '', style);
}

function frames(): HTMLIFrameElement[] {
  return [...page.document.querySelectorAll<HTMLIFrameElement>('iframe')];
}

/** Makes the frame, and returns its puppet when it has loaded. */
async function puppetFrame(): Promise<Puppet> {
  createIframe();
  const [frame] = frames();
  await next(frame!, 'load');
  return new Puppet(frame!);
}

/** Registers a callback that records its calls under a label. */
function register(calls: unknown[], label: string, name = 'isLoggedIn'): void {
  push('registerChildMessageCallback', name, () => calls.push(label));
}

describe('the simulated kit creates the frame', () => {
  it('that the tag describes, from commands in the queue', () => {
    page.window._qual_async = [] as unknown[];
    createIframe();
    runKit({ frameQuery: 'behaviour=ok&clock=5' });
    const [frame] = frames();
    const { host, pathname, searchParams } = new URL(frame!.src);
    expect(frame!.parentElement!.id).to.equal(divId);
    expect(frame!.id).to.equal('qualifio123456');
    expect(host + pathname).to.equal(`${stageHost}/20/${puppetGuid}/v1.cfm`);
    expect(Object.fromEntries(searchParams)).to.deep.equal({
      id: puppetGuid,
      pdomain: location.origin,
      behaviour: 'ok',
      clock: '5',
      divId,
    });
    expect([frame!.width, frame!.height]).to.deep.equal(['100%', '640']);
    expect(frame!.style.maxWidth).to.equal('810px');
    expect(frame!.style.overflowX).to.equal('hidden');
  });

  it('once for each div, and never without one', () => {
    runKit();
    createIframe();
    createIframe();
    createIframe(puppetGuid, 'qualifio_insert_place_7');
    expect(frames().length).to.equal(1);
  });

  it('never with frame=none', () => {
    runKit({ frame: 'none' });
    createIframe();
    expect(frames()).to.deep.equal([]);
  });

  it('later with frame=late', async () => {
    runKit({ frame: 'late', lateness: 1 });
    createIframe();
    expect(frames()).to.deep.equal([]);
    await eventually(() => frames().length === 1);
  });
});

describe('the simulated kit takes over the queue', () => {
  it('and keeps the page’s array with queue=patch', () => {
    const found = (page.window._qual_async = [] as unknown[]);
    runKit();
    expect(page.window._qual_async).to.equal(found);
    createIframe();
    expect(found).to.deep.equal([]);
    expect(frames().length).to.equal(1);
  });

  it('and creates an array if the page has none', () => {
    runKit();
    expect(page.window.Array.isArray(page.window._qual_async)).to.equal(true);
    createIframe();
    expect(frames().length).to.equal(1);
  });

  it('and replaces it with an object with queue=replace', () => {
    const found = (page.window._qual_async = [] as unknown[]);
    createIframe();
    runKit({ queue: 'replace' });
    expect(page.window._qual_async).not.to.equal(found);
    expect(page.window.Array.isArray(page.window._qual_async)).to.equal(false);
    expect(frames().length).to.equal(1);
  });

  it('and ignores entries that are not commands', () => {
    runKit();
    for (const command of [null, 'createIframe', { 0: 'createIframe' }]) {
      page.window._qual_async!.push(command as never);
    }
    push('sendParentMessage', 'error', { divId });
    push('sendChildMessage', divId, 'userInfo', 'to a frame that is not there');
    createIframe();
    expect(frames().length).to.equal(1);
  });

  it('and ignores entries that throw when they are read', () => {
    runKit();
    const textless: unknown = Object.create(null);
    const trap = {
      get divId(): string {
        throw new Error('looked at');
      },
    };
    const verbs = ['x', 'createIframe', 'sendChildMessage', 'registerChildMessageCallback'];
    for (const verb of verbs) {
      push(verb, trap);
      push(verb, textless, textless, textless);
      push(verb, { divId: textless });
    }
    push(textless);
    const revoked = Proxy.revocable([], {});
    revoked.revoke();
    page.window._qual_async!.push(revoked.proxy as never);
    createIframe();
    expect(frames().length).to.equal(1);
  });
});

describe('the simulated kit passes a campaign’s message', () => {
  const called = {
    all: ['first', 'second', 'third'],
    first: ['first'],
    last: ['third'],
  };
  for (const registrations of kitUnknowns.registrations.values) {
    it(`to the callbacks that registrations=${registrations} selects`, async () => {
      runKit({ registrations });
      const calls: unknown[] = [];
      register(calls, 'another', 'error');
      for (const label of called.all) register(calls, label);
      push('registerChildMessageCallback', 'isLoggedIn', 'no function');
      const puppet = await puppetFrame();
      await puppet.say('isLoggedIn');
      expect(calls).to.deep.equal(called[registrations]);
    });
  }

  it('as an object, or as text with payload=json', async () => {
    for (const payload of ['object', 'json'] as const) {
      runKit({ payload });
      const given: unknown[] = [];
      const name = `asked-${payload}`;
      push('registerChildMessageCallback', name, (data: unknown) => given.push(data));
      frames()[0]?.remove();
      const puppet = await puppetFrame();
      await puppet.say(name);
      const data = { divId, extra: { unknown: true } };
      expect(given).to.deep.equal([payload === 'json' ? JSON.stringify(data) : data]);
    }
  });

  for (const [callbacks, order] of [
    ['sync', ['callback', 'the event’s end']],
    ['async', ['the event’s end', 'callback']],
  ] as const) {
    it(`${callbacks === 'sync' ? 'inside' : 'after'} the message event with callbacks=${callbacks}`, async () => {
      runKit({ callbacks });
      const puppet = await puppetFrame();
      const calls: string[] = [];
      const answered = new Promise<void>((resolve) => {
        push('registerChildMessageCallback', 'isLoggedIn', () => {
          calls.push('callback');
          resolve();
        });
      });
      page.window.addEventListener('message', () => calls.push('the event’s end'));
      await puppet.say('isLoggedIn');
      await answered;
      expect(calls).to.deep.equal(order);
    });
  }

  it('to the next callback if one throws, and reports the error to the page', async () => {
    runKit();
    const calls: unknown[] = [];
    push('registerChildMessageCallback', 'isLoggedIn', () => {
      throw new Error('a mistake of the page');
    });
    register(calls, 'next');
    const errors: unknown[] = [];
    page.window.addEventListener('error', (event) => {
      event.preventDefault();
      errors.push((event.error as Error).message);
    });
    const puppet = await puppetFrame();
    await puppet.say('isLoggedIn');
    expect(calls).to.deep.equal(['next']);
    expect(errors).to.deep.equal(['a mistake of the page']);
  });

  it('and no other message that is posted to the page', async () => {
    runKit();
    const calls: unknown[] = [];
    register(calls, 'called');
    for (const stray of [null, 'isLoggedIn', { name: 'isLoggedIn', data: { divId } }]) {
      const heard = next(page.window, 'message');
      page.window.postMessage(stray, '*');
      await heard;
    }
    expect(calls).to.deep.equal([]);
  });

  it('once to all callbacks, even if the kit was loaded twice', async () => {
    runKit();
    const calls: unknown[] = [];
    register(calls, 'before');
    const puppet = await puppetFrame();
    runKit();
    register(calls, 'after');
    await puppet.say('isLoggedIn');
    expect(calls).to.deep.equal(['before', 'after']);
    push('sendChildMessage', divId, 'userInfo', 'a token');
    await puppet.awaitMessages(1);
    expect(await puppet.received()).to.deep.equal([{ name: 'userInfo', data: 'a token' }]);
  });
});

describe('the simulated kit sends to the campaign', () => {
  it('the page’s answers', async () => {
    runKit();
    const puppet = await puppetFrame();
    push('sendChildMessage', divId, 'requestParticipantAction', true);
    push('sendChildMessage', divId, 'userInfo', 'a token');
    expect(await puppet.awaitMessages(2)).to.deep.equal([
      { name: 'requestParticipantAction', data: true },
      { name: 'userInfo', data: 'a token' },
    ]);
  });

  for (const [target, names] of [
    ['exact', ['marker']],
    ['any', ['userInfo', 'marker']],
  ] as const) {
    it(`${target === 'exact' ? 'nothing' : 'even so'} when its frame is on another origin, with target=${target}`, async () => {
      runKit({ target });
      const puppet = await puppetFrame();
      const frame = frames()[0]!;
      puppet.leave({ action: 'go', url: `${location.origin}/test/support/page.html` });
      await next(frame, 'load');
      const received: string[] = [];
      const marked = new Promise<void>((resolve) => {
        frame.contentWindow!.onmessage = ({ data }: MessageEvent<{ name: string }>) => {
          received.push(data.name);
          if (data.name === 'marker') resolve();
        };
      });
      push('sendChildMessage', divId, 'userInfo', 'a token');
      frame.contentWindow!.postMessage({ name: 'marker' }, '*');
      await marked;
      expect(received).to.deep.equal(names);
    });
  }
});

describe('a sibling frame that the campaign asks for (behaviour=spoofs)', () => {
  it('sends messages in the campaign’s name that reach the callback', async () => {
    runKit({ frameQuery: 'behaviour=spoofs' });
    const spoofed = new Promise((resolve) => {
      push('registerChildMessageCallback', 'isLoggedIn', resolve);
    });
    createIframe(playableGuid);
    expect(await spoofed).to.deep.equal({ divId });
    const spoof = frames().find((frame) => frame.title === 'spoof')!;
    expect(spoof.hidden).to.equal(true);
    expect(new URL(spoof.src).host).to.equal(stageHost);
  });

  it('is created only for the campaign', async () => {
    runKit();
    createIframe();
    const heard = next(page.window, 'message');
    page.window.postMessage({ 'qualifio-simulator': 1, name: 'make-spoof', data: divId }, '*');
    await heard;
    expect(frames().map((frame) => frame.title)).to.deep.equal(['']);
  });
});
