import { expect } from '@open-wc/testing';
import { type QualifioCampaign, type QualifioLoginRequiredEvent } from '../../src/index.js';
import { OwnPage, kitUrl } from '../support/own-page.js';
import {
  campaign,
  endpoint,
  freshId,
  giving,
  next,
  Puppet,
  recordEvents,
  stagePuppet,
  token,
} from '../support/stage.js';
import {
  deferred,
  later,
  nextTask,
  recordCommands,
  rejectionsDuring,
  type Deferred,
} from '../support/watch.js';

let element: QualifioCampaign;
let puppet: Puppet;
let answers: Deferred<string | null>[];
let signals: AbortSignal[];
/** Resolves when a request at the provider has begun. */
let asked: Deferred<void>;
beforeEach(() => {
  answers = [];
  signals = [];
  asked = deferred();
  element = campaign();
  element.tokenProvider = ({ signal }) => {
    const answer = deferred<string | null>();
    answers.push(answer);
    signals.push(signal);
    asked.resolve();
    return answer.promise;
  };
});
afterEach(() => element.remove());

/** Makes the frame ask, and waits until a token is requested. */
async function ask(): Promise<void> {
  asked = deferred();
  await puppet.say('isLoggedIn');
  await asked.promise;
}

async function askAnd(name: string, answer: string | null): Promise<Event> {
  await ask();
  const told = next(element, name);
  answers.at(-1)!.resolve(answer);
  return told;
}

/** Brings an element to the moment at which the test acts. */
const moments: Record<string, () => Promise<unknown>> = {
  'while the kit makes the frame': async () => {
    document.body.append(element);
    await next(element, 'qualifio-status-change');
  },
  'when it is ready': async () => (puppet = await stagePuppet(element)),
  'while a token is prefetched': async () => {
    element.prefetchToken = true;
    puppet = await stagePuppet(element);
    await asked.promise;
  },
  'while the page decides about the pre-login screen': async () => {
    puppet = await stagePuppet(element);
    const answer = deferred<boolean>();
    element.addEventListener('qualifio-participant-action', (event) => {
      event.respondWith(answer.promise);
      answers.push(answer as unknown as Deferred<string | null>);
    });
    await puppet.say('requestParticipantAction');
  },
  'while a token is requested': async () => {
    puppet = await stagePuppet(element);
    await ask();
  },
  'while a second token is requested, since the first had expired': async () => {
    puppet = await stagePuppet(element);
    await ask();
    asked = deferred();
    answers[0]!.resolve(await token({ exp: 1 }));
    await asked.promise;
  },
  'while a login is required': async () => {
    puppet = await stagePuppet(element);
    await askAnd('qualifio-login-required', null);
  },
  'while it waits for a login': async () => {
    puppet = await stagePuppet(element);
    const event = await askAnd('qualifio-login-required', null);
    const login = deferred<string | null>();
    (event as QualifioLoginRequiredEvent).waitUntil(login.promise);
    answers.push(login);
  },
  'after a token was sent': async () => {
    puppet = await stagePuppet(element);
    await askAnd('qualifio-token-sent', await token());
  },
  'while a token is requested to replace one that Qualifio refused': async () => {
    puppet = await stagePuppet(element);
    await askAnd('qualifio-token-sent', await token());
    asked = deferred();
    await puppet.say('error', { code: 'TOKEN_EXPIRED' });
    await asked.promise;
  },
  'while it shows an error': async () => {
    puppet = await stagePuppet(element);
    await askAnd('qualifio-error', 'no token');
  },
  'while it waits for the network': async () => {
    element.tokenProvider = null;
    element.authEndpoint = endpoint({ reset: true }).url;
    puppet = await stagePuppet(element);
    const { random } = Math;
    Math.random = () => 0;
    const failed = next(element, 'qualifio-error');
    await puppet.say('isLoggedIn');
    await failed;
    Math.random = random;
  },
};

/** Everything that may follow from work in progress: answers, returns, the network, the clock. */
async function goOn(): Promise<void> {
  const jwt = await token();
  for (const answer of answers) answer.resolve(jwt);
  window.dispatchEvent(new Event('focus'));
  window.dispatchEvent(new Event('online'));
  document.dispatchEvent(new Event('visibilitychange'));
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  await later(3_600_000, async () => void window.dispatchEvent(new Event('focus')));
  await nextTask();
  await nextTask();
}

describe('an element that is removed', () => {
  for (const [moment, reach] of Object.entries(moments)) {
    // @holds F16, P11
    it(`${moment} dispatches, requests and sends nothing more`, async () => {
      await reach();
      const told = recordEvents(element);
      const commands = recordCommands();
      const requests = answers.length;
      const rejections = await rejectionsDuring(async () => {
        element.remove();
        expect(signals.every(({ aborted }) => aborted)).to.equal(true);
        await goOn();
      });
      expect(rejections).to.deep.equal([]);
      expect(told).to.deep.equal([]);
      expect(commands).to.deep.equal([]);
      expect(answers).to.have.length(requests);
      expect(element).to.include({ status: 'idle', error: null, frame: null });
      expect(element.childElementCount).to.equal(0);
    });
  }

  const news = ['loading', 'ready', 'authenticating', 'login-required', 'token-sent', 'error'];
  for (const status of news) {
    // @holds F16
    it(`by a listener for status ${status} dispatches nothing more`, async () => {
      const told = recordEvents(element);
      const gone = deferred<void>();
      element.addEventListener('qualifio-status-change', (event) => {
        if (event.status !== status) return;
        element.remove();
        gone.resolve();
      });
      document.body.append(element);
      if (status !== 'loading' && status !== 'ready') {
        await element.load();
        puppet = new Puppet(element.frame!);
        // The frame is removed with its element, so it may not confirm the message.
        void puppet.say('isLoggedIn');
        await Promise.race([asked.promise, gone.promise]);
        const given: Record<string, string | null> = {
          'login-required': null,
          'token-sent': await token(),
          error: 'no token',
        };
        answers[0]?.resolve(given[status] ?? null);
      }
      await gone.promise;
      await goOn();
      expect(told.at(-1)).to.equal(`status-change ${status}`);
      expect(answers.length).to.be.at.most(status === 'authenticating' ? 0 : 1);
      expect(element.status).to.equal('idle');
    });
  }
});

describe('an element whose campaign-id changes', () => {
  for (const [moment, reach] of Object.entries(moments)) {
    // @holds F21
    it(`${moment} continues only with the new campaign`, async () => {
      await reach();
      const former = document.querySelector('.qualifio_iframe_wrapper')!.id;
      const told = recordEvents(element);
      const commands = recordCommands();
      const attributes = { id: freshId() };
      element.prefetchToken = false;
      element.setAttribute('campaign-id', attributes.id);
      const ready = next(element, 'qualifio-ready');
      await element.updateComplete;
      const before = answers.length;
      expect(signals.every(({ aborted }) => aborted)).to.equal(true);
      await ready;
      await goOn();
      expect(answers).to.have.length(before);
      expect(document.getElementById(former)).to.equal(null);
      expect(commands.map(([name, divId]) => `${String(name)} ${String(divId)}`)).to.deep.equal([
        `createIframe qualifio_insert_place_${attributes.id}`,
      ]);
      const expected = ['status-change loading', 'status-change ready', 'ready'];
      expect(told.slice(-2)).to.deep.equal(expected.slice(-2));
      expect(told.every((event) => expected.includes(event))).to.equal(true);
      const jwt = await token();
      element.tokenProvider = async () => jwt;
      puppet = new Puppet(element.frame!);
      await puppet.say('isLoggedIn');
      expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    });
  }
});

describe('a request that fails late', () => {
  // @holds F52
  it('does not affect the frame of a later reload', async () => {
    puppet = await stagePuppet(element);
    await ask();
    const [late] = answers;
    await element.reload();
    puppet = new Puppet(element.frame!);
    await askAnd('qualifio-token-sent', await token());
    const told = recordEvents(element);
    const { frame } = element;
    const rejections = await rejectionsDuring(async () => {
      late!.reject(new Error('late'));
      await nextTask();
    });
    expect([...told, ...rejections]).to.deep.equal([]);
    expect(element).to.include({ status: 'token-sent', error: null, frame });
  });
});

describe('a page that is left', () => {
  for (const hold of ['headers', 'body'] as const) {
    // @holds F54
    it(`during a token request (without its ${hold}) gets no error`, async () => {
      const page = await OwnPage.open();
      page.element.kitUrl = kitUrl();
      const source = endpoint({ hold }, giving(await token()));
      element = page.campaign({ 'auth-endpoint': source.url });
      puppet = await stagePuppet(element, page.document.body);
      await puppet.say('isLoggedIn');
      while (!(await source.requests()).length);
      const told = recordEvents(element);
      const gone = next(page.window, 'pagehide');
      page.window.location.reload();
      await gone;
      while (!(await source.requests())[0]!.aborted);
      await nextTask();
      // A page that closes slowly may still get a token from a second request.
      expect(told.filter((event) => event.includes('error'))).to.deep.equal([]);
      page.close();
    });
  }
});
