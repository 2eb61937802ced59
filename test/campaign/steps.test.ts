import { expect } from '@open-wc/testing';
import { QualifioCampaign } from '../../src/index.js';
import { kitUrl, OwnPage } from '../support/own-page.js';
import {
  campaign,
  endpoint,
  endpointThatWaits,
  giving,
  next,
  Puppet,
  recordEvents,
  stageHost,
  stagePuppet,
  technicalId,
  token,
} from '../support/stage.js';
import { deferred, nextTask, recordCommands, type Deferred } from '../support/watch.js';

/** Each step of a campaign is a separate document, in the same frame. */
let element: QualifioCampaign;
let puppet: Puppet;
let page: OwnPage | undefined;
afterEach(() => {
  element.remove();
  page?.close();
  page = undefined;
});

/** The address of another document; an eager one asks `isLoggedIn` before it has loaded. */
function document(step: number, isEager = false): string {
  const divId = element.querySelector('div')!.id;
  const guid = `00000000-0000-0000-${isEager ? 'a5c6' : '0000'}-${String(step).padStart(12, '0')}`;
  return `http://${stageHost}/20/${guid}/v1.cfm?divId=${divId}`;
}

/**
 * Stages an element in a separate window, whose history is short: that of the tests' page may be
 * full, and a full history does not grow.
 */
async function stageInWindow(attributes: Record<string, string>): Promise<void> {
  page = await OwnPage.popUp();
  page.element.kitUrl = kitUrl();
  element = page.campaign(attributes);
  puppet = await stagePuppet(element, page.document.body);
}

/** Makes the frame navigate, and returns the puppet of its next document. */
async function goOn(order: Parameters<Puppet['leave']>[0]): Promise<Puppet> {
  const loaded = next(element.frame!, 'load');
  puppet.leave(order);
  await loaded;
  await nextTask();
  return new Puppet(element.frame!);
}

const ways: Record<string, () => Parameters<Puppet['leave']>[0]> = {
  'goes on': () => ({ action: 'go', url: document(1) }),
  'goes on without an entry in the history': () => ({ action: 'replace', url: document(1) }),
  reloads: () => ({ action: 'reload' }),
};

/** The later commands of one name that reach the kit. */
function sent(commands: unknown[][], name: string): unknown[][] {
  return commands.filter(([, , message]) => message === name);
}

describe('a campaign with a document for each step', () => {
  it('is ready once, and gets an answer in its fourth document', async () => {
    const jwt = await token();
    element = campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
    const told = recordEvents(element);
    puppet = await stagePuppet(element);
    for (const step of [2, 3, 4]) puppet = await goOn({ action: 'go', url: document(step) });
    await puppet.say('isLoggedIn');
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    puppet = await goOn({ action: 'go', url: document(5) });
    expect(element.status).to.equal('token-sent');
    expect(told).to.deep.equal([
      'status-change loading',
      'status-change ready',
      'ready',
      'status-change authenticating',
      'status-change token-sent',
      'token-sent',
    ]);
  });

  it('can ask in a document that is still loading', async () => {
    const jwt = await token();
    const answer = deferred<string>();
    await stageInWindow({});
    element.tokenProvider = () => answer.promise;
    puppet = await goOn({ action: 'go', url: document(2) });
    puppet = await goOn({ action: 'go', url: document(3, true) });
    expect(element.status).to.equal('authenticating');
    answer.resolve(jwt);
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  });

  it('can require a login in a document that is still loading', async () => {
    const jwt = await token();
    await stageInWindow({ 'auth-endpoint': endpoint({ status: 401 }, giving(jwt)).url });
    const required = next(element, 'qualifio-login-required');
    puppet = await goOn({ action: 'go', url: document(2, true) });
    await required;
    expect(await element.resume()).to.equal(true);
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  });

  for (const [what, way] of Object.entries(ways)) {
    describe(`that ${what} after it has asked`, () => {
      let answer: Deferred<string | null>;
      let commands: unknown[][];

      async function ask(): Promise<void> {
        answer = deferred();
        const asked = deferred<void>();
        element = campaign();
        element.tokenProvider = () => {
          asked.resolve();
          return answer.promise;
        };
        puppet = await stagePuppet(element);
        await puppet.say('isLoggedIn');
        await asked.promise;
        commands = recordCommands();
      }

      // @holds F15, P2, T7
      it('gets no answer in its next document', async () => {
        await ask();
        puppet = await goOn(way());
        expect(element.status).to.equal('ready');
        answer.resolve(await token());
        await nextTask();
        expect(sent(commands, 'userInfo')).to.deep.equal([]);
        expect(await puppet.received()).to.deep.equal([]);
      });

      // @holds F15
      it('gets an answer in its next document if that asks', async () => {
        await ask();
        puppet = await goOn(way());
        await puppet.say('isLoggedIn');
        const jwt = await token();
        answer.resolve(jwt);
        expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
      });

      it('shows no error for a request that is no longer needed', async () => {
        await ask();
        puppet = await goOn(way());
        answer.reject(new Error('too late'));
        await nextTask();
        expect(element).to.include({ status: 'ready', error: null });
      });

      // @holds F15
      it('does not resume a login if the participant was signed out', async () => {
        const source = endpoint({ status: 401 }, giving(await token()));
        element = campaign({ 'auth-endpoint': source.url });
        puppet = await stagePuppet(element);
        const required = next(element, 'qualifio-login-required');
        await puppet.say('isLoggedIn');
        await required;
        puppet = await goOn(way());
        expect(element.status).to.equal('ready');
        expect(await element.resume()).to.equal(false);
        window.dispatchEvent(new Event('focus'));
        await nextTask();
        expect(await source.requests()).to.have.length(1);
      });

      it('gets no answer about its pre-login screen in its next document', async () => {
        element = campaign();
        const show = deferred<boolean>();
        element.addEventListener('qualifio-participant-action', (event) =>
          event.respondWith(show.promise),
        );
        puppet = await stagePuppet(element);
        commands = recordCommands();
        await puppet.say('requestParticipantAction');
        puppet = await goOn(way());
        show.resolve(true);
        await nextTask();
        expect(sent(commands, 'requestParticipantAction')).to.deep.equal([]);
        await puppet.say('requestParticipantAction');
        expect(await puppet.awaitMessages(1)).to.deep.equal([
          { name: 'requestParticipantAction', data: true },
        ]);
      });
    });
  }

  for (const action of ['replace', 'go'] as const) {
    it(`that asked early gets no answer in the document after that (${action}), even after other messages`, async () => {
      const source = endpoint({ status: 401 }, giving(await token()));
      await stageInWindow({ 'auth-endpoint': source.url });
      const required = next(element, 'qualifio-login-required');
      puppet = await goOn({ action: 'go', url: document(2, true) });
      await required;
      puppet = await goOn({ action, url: document(3) });
      await puppet.chat('{loadEvent}');
      expect(await element.resume()).to.equal(false);
      expect(await puppet.received()).to.deep.equal([]);
      expect(await source.requests()).to.have.length(1);
    });
  }

  it('that asks early and adds a history entry before its load event is answered, immediately or when it asks again', async () => {
    page = await OwnPage.popUp();
    page.element.kitUrl = kitUrl();
    element = page.campaign({ 'channel-id': '00000000-a5c5-fffe-0000-000000000001' });
    const jwt = await token();
    const answer = deferred<string>();
    const asked = deferred<void>();
    element.tokenProvider = () => {
      asked.resolve();
      return answer.promise;
    };
    page.document.body.append(element);
    await asked.promise;
    puppet = new Puppet(element.frame!, page.window);
    await puppet.pushHistory(1);
    endpointThatWaits(element.querySelector('div')!.id).answer({ status: 404 });
    await element.load();
    // WebKit adds no entry before the load event, so the ask is still open there.
    if (element.status === 'ready') await puppet.say('isLoggedIn');
    answer.resolve(jwt);
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  });

  describe('that asks in a document that the history cannot distinguish from the previous one', () => {
    let answer: Deferred<string | null>;
    let jwt: string;

    /** Navigates, by `arrive`, to a document that asks before its load event. */
    async function askEarly([prepare, arrive]: (typeof arrivals)[string]): Promise<void> {
      await prepare();
      answer = deferred();
      jwt = await token();
      element = campaign();
      element.tokenProvider = () => answer.promise;
      puppet = await stagePuppet(element);
      puppet = await arrive();
      expect(element.status).to.equal('ready');
    }
    const arrivals: Record<
      string,
      [prepare: () => Promise<unknown> | undefined, arrive: () => Promise<Puppet>]
    > = {
      'by location.replace()': [
        () => undefined,
        () => goOn({ action: 'replace', url: document(2, true) }),
      ],
      'while the page adds an entry': [
        () => undefined,
        async () => {
          element.tokenProvider = () => {
            history.pushState(history.state, '', '#rules');
            return answer.promise;
          };
          const arrived = await goOn({ action: 'go', url: document(2, true) });
          history.replaceState(history.state, '', location.pathname + location.search);
          return arrived;
        },
      ],
      // The step replaces the forward entry.
      'after the visitor has returned from another page': [
        () => {
          history.pushState(history.state, '', '#other');
          const back = next(window, 'popstate');
          history.back();
          return back;
        },
        () => goOn({ action: 'go', url: document(2, true) }),
      ],
    };
    for (const [what, arrive] of Object.entries(arrivals)) {
      it(`is answered after a message from the campaign’s origin: ${what}`, async () => {
        await askEarly(arrive);
        await puppet.chat('{mutationObserver: 680}');
        answer.resolve(jwt);
        expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
      });

      it(`causes one request for any number of messages: ${what}`, async () => {
        await askEarly(arrive);
        await puppet.chat('{loadEvent}');
        const required = next(element, 'qualifio-login-required');
        answer.resolve(null);
        await required;
        let asked = 0;
        element.tokenProvider = async () => {
          asked++;
          return null;
        };
        await puppet.chat('{mutationObserver: 680}');
        await nextTask();
        expect(asked).to.equal(0);
      });

      it(`is not answered before that: ${what}`, async () => {
        await askEarly(arrive);
        answer.resolve(jwt);
        await nextTask();
        expect(await puppet.received()).to.deep.equal([]);
        expect(await element.resume()).to.equal(false);
      });
    }

    it('is not answered after a message from another allowed host', async () => {
      const otherHost = `elsewhere.localhost:${stageHost.split(':')[1]}`;
      QualifioCampaign.allowedHosts = [stageHost, otherHost];
      answer = deferred();
      element = campaign();
      element.tokenProvider = () => answer.promise;
      puppet = await stagePuppet(element);
      const asked = next(element, 'qualifio-status-change');
      puppet.leave({ action: 'replace', url: document(2, true) });
      await asked;
      puppet = new Puppet(element.frame!);
      puppet = await goOn({
        action: 'replace',
        url: document(3).replace(stageHost, otherHost),
      });
      const commands = recordCommands();
      await puppet.chat('{loadEvent}');
      answer.resolve(await token());
      await nextTask();
      QualifioCampaign.allowedHosts = null;
      expect(sent(commands, 'userInfo')).to.deep.equal([]);
    });

    it('is answered in its first document if the page adds a history entry meanwhile', async () => {
      answer = deferred();
      jwt = await token();
      element = campaign({ 'channel-id': '00000000-0000-0000-a5c6-000000000009' });
      element.tokenProvider = () => {
        history.pushState(history.state, '', '#rules');
        return answer.promise;
      };
      puppet = await stagePuppet(element);
      answer.resolve(jwt);
      expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
      history.replaceState(history.state, '', location.pathname + location.search);
    });
  });

  describe('on a page that adds a history entry before it asks', () => {
    const evil = (): string =>
      new URL(`/test/support/puppet.html?divId=${element.querySelector('div')!.id}`, location.href)
        .href;
    const pushes: Record<string, () => unknown> = {
      'by a link to a part of it': () => (location.hash = 'rules'),
      'by its router': () => history.pushState(history.state, '', '?step=2'),
      // Without the Navigation API, such an entry looks like the frame's.
      ...('navigation' in window && {
        'with the same address': () => history.pushState(history.state, ''),
      }),
    };
    for (const [what, push] of Object.entries(pushes)) {
      for (const [where, next_, message] of [
        ['another origin', evil, 'says that it is the campaign'],
        ['another step', () => document(2), 'says nothing'],
      ] as const) {
        it(`${what}, no answer goes to ${where} that ${message}`, async () => {
          const { href } = location;
          const source = endpoint({ status: 401 }, giving(await token()));
          element = campaign({ 'auth-endpoint': source.url });
          puppet = await stagePuppet(element);
          push();
          const required = next(element, 'qualifio-login-required');
          await puppet.say('isLoggedIn');
          await required;
          puppet = await goOn({ action: 'replace', url: next_() });
          if (where === 'another origin') await puppet.chat('{loadEvent}');
          history.replaceState(history.state, '', href);
          expect(await element.resume()).to.equal(false);
          expect(await puppet.received()).to.deep.equal([]);
          expect(await source.requests()).to.have.length(1);
        });
      }
    }
  });

  it('gets a new token for a refused one only in the same document', async () => {
    const source = endpoint(giving(await token()), giving(await token()));
    element = campaign({ 'auth-endpoint': source.url, 'token-campaign-id': technicalId });
    puppet = await stagePuppet(element);
    await puppet.say('isLoggedIn');
    await puppet.awaitMessages(1);
    await puppet.say('error', { code: 'TOKEN_EXPIRED' });
    await puppet.awaitMessages(2);
    puppet = await goOn({ action: 'go', url: document(2) });
    expect(await puppet.received()).to.deep.equal([]);
    expect(element.status).to.equal('token-sent');
  });

  // This test must be the last: it fills the history, which then does not grow in later tests.
  describe('that has filled the session history', () => {
    it('gets no answer in a later document', async () => {
      const source = endpoint({ status: 401 }, giving(await token()));
      element = campaign({ 'auth-endpoint': source.url });
      puppet = await stagePuppet(element);
      const required = next(element, 'qualifio-login-required');
      await puppet.say('isLoggedIn');
      await required;
      await puppet.pushHistory(60);
      puppet = await goOn({ action: 'go', url: document(2) });
      expect(await element.resume()).to.equal(false);
      expect(await source.requests()).to.have.length(1);
    });
  });
});
