import { expect } from '@open-wc/testing';
import type { QualifioErrorEvent } from '../../src/index.js';
import { stages, type StagedCampaign, type StageOptions } from '../support/both-elements.js';
import { canary } from '../support/canary.js';
import { kitUrl, OwnPage } from '../support/own-page.js';
import {
  endpoint,
  giving,
  next,
  Puppet,
  recordEvents,
  stageHost,
  token,
} from '../support/stage.js';
import { deferred, nextTask, warningsDuring } from '../support/watch.js';

const guid = '00000000-0000-0000-0000-000000000000';
const otherHost = `elsewhere.localhost:${stageHost.split(':')[1]}`;
const ownMessages = ['isLoggedIn', 'requestParticipantAction', 'error'];

let page: OwnPage;
let staged: StagedCampaign;
afterEach(() => page.close());

/** The address of a frame that poses as the campaign's. */
function impostorUrl(host = stageHost, more = ''): string {
  return `http://${host}/20/${guid}/v1.cfm?divId=${staged.div.id}${more}`;
}

/** Adds a frame to the page, and waits until it has loaded. */
async function frameWith(
  content: { src: string } | { srcdoc: string },
): Promise<HTMLIFrameElement> {
  const frame = Object.assign(page.document.createElement('iframe'), content);
  const loaded = next(frame, 'load');
  page.document.body.append(frame);
  await loaded;
  return frame;
}

/** A page without scripts inside the page, which contains a frame. */
async function nestedFrame(url: string): Promise<HTMLIFrameElement> {
  const outer = await frameWith({
    srcdoc: `<iframe src="${url.replaceAll('&', '&amp;')}"></iframe>`,
  });
  return outer.contentDocument!.querySelector('iframe')!;
}

/** A window that the page has opened. */
async function popUp(url: string): Promise<Window> {
  const ready = next<MessageEvent<{ name?: string }>>(page.window, 'message');
  // A puppet of this channel sends a message by itself when it has loaded.
  const opened = page.window.open(url.replace(guid, '00000000-a5c5-0000-0000-000000000000'));
  if (!opened) throw new Error('No pop-up allowed.');
  await ready;
  return opened;
}

/** Makes the campaign's frame navigate to another host. */
async function redirect(): Promise<Puppet> {
  const frame = staged.campaign.frame!;
  const loaded = next(frame, 'load');
  staged.puppet.leave({ action: 'go', url: impostorUrl(otherHost) });
  await loaded;
  return new Puppet(frame);
}

/** Someone else who sends the campaign's messages, and how they leave. */
type Impostor = () => Promise<[Puppet, leave?: () => void]>;

const impostors: Record<string, Impostor> = {
  'a frame of the campaign’s own host': async () => [
    new Puppet(await frameWith({ src: impostorUrl() })),
  ],
  'a frame within another frame': async () => [
    new Puppet(await nestedFrame(impostorUrl(stageHost, '&nested')), page.window),
  ],
  'a window that the page has opened': async () => {
    const opened = await popUp(impostorUrl());
    return [new Puppet(opened, page.window), () => opened.close()];
  },
};

/** Other addresses of the publisher that know the participant, to which markup may point. */
const answers = {
  'a profile': { body: JSON.stringify({ email: canary, name: canary }) },
  'a profile with another token': { body: JSON.stringify({ token: { value: canary } }) },
  'a page': { type: 'text/html', body: `<p>${canary}</p>` },
  'a text': { type: 'text/plain', body: canary },
  'a script': { type: 'text/javascript', body: `"${canary}"` },
  'a list of tokens': { body: JSON.stringify([canary]) },
};

/** What other code does while the frame waits for its token. */
const meddling: Record<string, [() => void, code: string, phase: string, message: RegExp]> = {
  'if another frame has the id that the kit gives to frames': [
    () => {
      const twin = page.document.createElement('iframe');
      twin.id = staged.campaign.frame!.id;
      staged.target.before(twin);
    },
    ...(['FRAME_REMOVED', 'kit', /^Another element is named qualifio\d/] as const),
  ],
  'if another frame has that id as its name': [
    () => {
      const twin = page.document.createElement('iframe');
      twin.name = staged.campaign.frame!.id;
      staged.target.after(twin);
    },
    ...(['FRAME_REMOVED', 'kit', /^Another element is named qualifio\d/] as const),
  ],
  'if another element has the div’s id': [
    () => {
      const twin = page.document.createElement('div');
      twin.id = staged.div.id;
      staged.target.before(twin);
      twin.append(page.document.createElement('iframe'));
    },
    ...(['FRAME_REMOVED', 'kit', /^Another element is named qualifio_insert/] as const),
  ],
  'to a frame whose src was changed': [
    () => staged.campaign.frame!.setAttribute('src', 'http://elsewhere.localhost/'),
    ...(['HOST_NOT_ALLOWED', 'config', /elsewhere\.localhost|^The frame has left 127/] as const),
  ],
};

const schemes = [
  ...['javascript:', 'JavaScript:', ' javascript:', 'java\nscript:', '\u0001javascript:'],
  ...['vbscript:', 'data:text/html,', 'blob:https://publisher.example/', 'view-source:https://'],
  ...['filesystem:https://publisher.example/', 'file:///', 'about:blank#', 'http://evil.example/'],
  ...['//user@publisher.example/', 'intent://', 'tel:', 'mailto:', 'ftp://', 'ws://', 'chrome://'],
];

for (const [name, stageElement] of Object.entries(stages)) {
  /** A campaign with an endpoint that signs a token for each request. */
  const stage = async (
    { attributes, ...options }: StageOptions = {},
    ...given: Parameters<typeof endpoint>
  ): Promise<{
    puppet: Puppet;
    source: ReturnType<typeof endpoint>;
    told: string[];
    jwt: string;
  }> => {
    const jwt = await token();
    const source = endpoint(...(given.length > 0 ? given : [giving(jwt)]));
    staged = await stageElement({
      ...options,
      attributes: { 'auth-endpoint': source.url, ...attributes },
    });
    ({ page } = staged);
    return { puppet: staged.puppet, source, told: recordEvents(staged.target), jwt };
  };
  const nextError = (): Promise<QualifioErrorEvent> => next(staged.target, 'qualifio-error');
  const rootOf = (): ShadowRoot => staged.target.shadowRoot!;

  // @holds F42, P2, P19, T6
  describe(`${name}: a forged message with the campaign’s own div id`, () => {
    for (const [who, make] of Object.entries(impostors)) {
      it(`from ${who} causes no request and no answer`, async () => {
        const { puppet, source, told } = await stage();
        const [impostor, leave] = await make();
        for (const name of ownMessages) await impostor.say(name, { code: 'UNKNOWN' }, 100);
        await nextTask();
        expect(told).to.deep.equal([]);
        expect(await puppet.received()).to.deep.equal([]);
        expect(await impostor.received()).to.deep.equal([]);
        expect(await source.requests()).to.deep.equal([]);
        leave?.();
      });
    }

    const senders: Record<string, StageOptions> = {
      'the page itself': {},
      'the page’s opener': { open: (markup) => OwnPage.popUp(markup) },
    };
    for (const [who, options] of Object.entries(senders)) {
      it(`from ${who} causes no request and no answer`, async () => {
        const { puppet, source, told } = await stage(options);
        const sender = options.open ? window : page.window;
        for (const name of ownMessages) {
          const arrived = next<MessageEvent>(page.window, 'message');
          const message = { 'qualifio-simulator': 1, name, data: { divId: staged.div.id } };
          if (options.open) page.window.postMessage(message, '*');
          else page.window.eval(`postMessage(${JSON.stringify(message)}, '*')`);
          expect((await arrived).source).to.equal(sender);
        }
        await nextTask();
        expect(told).to.deep.equal([]);
        expect(await puppet.received()).to.deep.equal([]);
        expect(await source.requests()).to.deep.equal([]);
      });
    }
  });

  describe(`${name}: a frame that has left the campaign’s host`, () => {
    // @holds F42, P2, P19, T6, T7
    it('causes no request and no answer, and one warning that names both hosts', async () => {
      const { source } = await stage();
      const stranger = await redirect();
      const told = recordEvents(staged.target);
      const warnings = await warningsDuring(async () => {
        await stranger.say('isLoggedIn', {}, 3);
        await nextTask();
      }, page.window);
      expect(warnings).to.have.length(1);
      for (const word of [stageHost, otherHost, 'allowedHosts']) {
        expect(warnings[0]).to.include(word);
      }
      expect(told).to.deep.equal([]);
      expect(await stranger.received()).to.deep.equal([]);
      expect(await source.requests()).to.deep.equal([]);
    });

    // @holds P2, P19, T7
    it('while it waits for its token does not receive it', async () => {
      await stage();
      const [asked, answer] = [deferred<void>(), deferred<string>()];
      staged.element.tokenProvider = () => {
        asked.resolve();
        return answer.promise;
      };
      await staged.puppet.say('isLoggedIn');
      await asked.promise;
      const stranger = await redirect();
      answer.resolve(await token());
      await nextTask();
      expect(await stranger.received()).to.deep.equal([]);
    });
  });

  describe(`${name}: a token is not sent`, () => {
    for (const [what, [meddle, code, phase, message]] of Object.entries(meddling)) {
      // @holds P2, P19, T7, T13
      it(what, async () => {
        await stage();
        const [asked, answer] = [deferred<void>(), deferred<string>()];
        staged.element.tokenProvider = () => {
          asked.resolve();
          return answer.promise;
        };
        await staged.puppet.say('isLoggedIn');
        await asked.promise;
        const commands: (readonly unknown[])[] = [];
        const queue = page.window._qual_async!;
        const { push } = queue;
        queue.push = (command) => {
          commands.push(command);
          return push.call(queue, command);
        };
        const failed = nextError();
        meddle();
        answer.resolve(await token());
        const { error } = await failed;
        expect(error).to.include({ code, phase });
        expect(error.message).to.match(message);
        await nextTask();
        expect(commands).to.deep.equal([]);
      });
    }
  });

  describe(`${name}: a frame that floods`, () => {
    // @holds P3, P19, T8, T18
    it('with 10,000 messages in a burst causes one request at a time and at most four answers', async function () {
      this.timeout(60_000);
      const { puppet, source } = await stage();
      await puppet.say('isLoggedIn', {}, 10_000);
      await puppet.awaitMessages(1);
      await nextTask();
      const answers = (await puppet.received()).length;
      const { length } = await source.requests();
      expect(length).to.be.within(1, 4);
      // The page handles messages for seconds if the computer is busy, and then tries a request again.
      expect(answers).to.be.within(1, length);
    });

    // @holds P19, T8
    it('with 10,000 errors in a burst shows one and causes no request', async function () {
      this.timeout(60_000);
      const { puppet, source, told } = await stage();
      await puppet.say('error', { code: `<img src=x onerror="${'x'.repeat(100)}">` }, 10_000);
      await nextTask();
      expect(told).to.deep.equal(['status-change error', 'error UNKNOWN']);
      expect(await source.requests()).to.deep.equal([]);
    });
  });

  describe(`${name}: an endpoint that markup chooses`, () => {
    for (const [what, answer] of Object.entries(answers)) {
      // @holds P19, T5
      it(`and that answers ${what} sends nothing from it to the frame`, async () => {
        const { puppet } = await stage({}, answer);
        const failed = nextError();
        await puppet.say('isLoggedIn');
        expect((await failed).error.phase).to.equal('token');
        expect(await puppet.received()).to.deep.equal([]);
      });
    }

    // @holds P2, P19, T5
    it('gives no token that is only for another host', async () => {
      const only = giving(await token(), { hosts: ['jeux.publisher.com'] });
      const { puppet } = await stage({}, only);
      const failed = nextError();
      await puppet.say('isLoggedIn');
      expect((await failed).error.code).to.equal('HOST_NOT_ALLOWED');
      expect(await puppet.received()).to.deep.equal([]);
    });
  });

  describe(`${name}: the login page`, () => {
    const requireLogin = async (attributes: Record<string, string> = {}): Promise<void> => {
      const { puppet } = await stage({ attributes }, { status: 401 });
      const required = next(staged.target, 'qualifio-login-required');
      await puppet.say('isLoggedIn');
      await required;
      await staged.element.updateComplete;
    };

    // @holds P9, P19, T4
    it('cannot have a scheme other than https after the campaign has started', async () => {
      await requireLogin();
      for (const scheme of schemes) {
        await warningsDuring(async () => {
          staged.element.loginUrl = `${scheme}alert(1)`;
          await staged.element.updateComplete;
        }, page.window);
        expect(rootOf().querySelectorAll('[href]'), scheme).to.have.length(0);
      }
    });

    for (const path of ['//evil.example/x', '///evil.example', '/\\evil.example', '/a?b=//c#//d']) {
      // @holds P19, T17, T19
      it(`gets a return_to on the page’s origin, in the same window, from ${path}`, async () => {
        await requireLogin({ 'login-url': '/login' });
        page.window.history.replaceState(null, '', location.origin + path);
        staged.element.loginUrl = `${location.origin}/login?from=another-path`;
        await staged.element.updateComplete;
        const link = rootOf().querySelector('a')!;
        const back = new URL(link.href).searchParams.get('return_to')!;
        expect(new URL(back, 'https://publisher.example').origin).to.equal(
          'https://publisher.example',
        );
        expect(new URL(link.href).origin).to.equal(location.origin);
        expect(link.target).to.equal('_self');
      });
    }
  });

  describe(`${name}: hostile text`, () => {
    // @holds P8, P19, T15
    it('never becomes markup, in codes and in the publisher’s texts', async () => {
      const { puppet } = await stage();
      const markup = '<img src="/" onerror="window.ran = 1"><script>window.ran = 1</script>';
      staged.element.strings = {
        ...{ failed: markup, tryAgain: markup, loginRequired: markup, logIn: markup },
      };
      const failed = nextError();
      await puppet.say('error', { code: markup });
      expect((await failed).error).to.include({ code: 'UNKNOWN' });
      await staged.element.updateComplete;
      expect(rootOf().querySelectorAll('img, script')).to.have.length(0);
      expect(rootOf().querySelector('[part=message]')!.textContent).to.equal(markup);
      expect('ran' in page.window).to.equal(false);
    });
  });

  describe(`${name}: a campaign up to the token`, () => {
    // @holds P1, P6, P19
    it('stores nothing, and requests only kit, campaign and endpoint', async () => {
      document.cookie = 'of-the-page=1';
      const { puppet, source, jwt } = await stage();
      await puppet.say('isLoggedIn');
      expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
      const { localStorage, sessionStorage, indexedDB, caches, navigator, performance } =
        page.window;
      expect([localStorage.length, sessionStorage.length]).to.deep.equal([0, 0]);
      expect(page.document.cookie).to.equal('of-the-page=1');
      expect(await indexedDB.databases()).to.deep.equal([]);
      expect(await caches.keys()).to.deep.equal([]);
      expect(await navigator.serviceWorker.getRegistrations()).to.deep.equal([]);
      const asked = performance.getEntriesByType('resource').map(({ name }) => name);
      const known = [kitUrl(), staged.campaign.frame!.src, source.url];
      const library = new RegExp(`^${location.origin}/(src/|__web-dev-server)`);
      for (const url of asked) {
        const isKnown = known.some((one) => url.startsWith(one)) || library.test(url);
        expect(isKnown, url).to.equal(true);
      }
      document.cookie = 'of-the-page=; max-age=0';
    });
  });
}
