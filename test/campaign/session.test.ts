import { expect } from '@open-wc/testing';
import type {
  QualifioCampaign,
  QualifioErrorEvent,
  QualifioLoginRequiredEvent,
} from '../../src/index.js';
import {
  campaign,
  endpoint,
  giving,
  next,
  recordEvents,
  stagePuppet,
  token,
  type Puppet,
} from '../support/stage.js';
import { hidePage, deferred, later, nextTask } from '../support/watch.js';

const day = 86_400;

let element: QualifioCampaign;
let puppet: Puppet;
afterEach(() => element.remove());

/** Seconds since the epoch, `seconds` from now. */
function at(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

/** Runs `work` while the device’s clock is `seconds` ahead. */
async function clockAhead(seconds: number, work: () => Promise<unknown>): Promise<void> {
  const { now } = Date;
  Date.now = () => now() + seconds * 1000;
  try {
    await work();
  } finally {
    Date.now = now;
  }
}

describe('on a device with a wrong clock', () => {
  for (const seconds of [day, -day]) {
    // @holds F36
    it(`by ${seconds} s, a token without Date is checked with that clock: ${seconds > 0 ? 'expired, after one more request' : 'sent'}`, async () => {
      const tokens: string[] = [];
      element = campaign();
      // Tokens are made by the server’s clock, not by the device’s.
      const jwts = [await token(), await token()];
      element.tokenProvider = async () => {
        tokens.push(jwts.shift()!);
        return tokens.at(-1)!;
      };
      puppet = await stagePuppet(element);
      await clockAhead(seconds, async () => {
        const ended = next(element, seconds > 0 ? 'qualifio-error' : 'qualifio-token-sent');
        await puppet.say('isLoggedIn');
        await ended;
      });
      expect(tokens).to.have.length(seconds > 0 ? 2 : 1);
      expect(element.error?.code).to.equal(seconds > 0 ? 'TOKEN_EXPIRED' : undefined);
      const sent = seconds > 0 ? await puppet.received() : await puppet.awaitMessages(1);
      expect(sent).to.have.length(seconds > 0 ? 0 : 1);
    });

    // @holds F36
    it(`by ${seconds} s, the endpoint’s Date corrects it`, async () => {
      const jwt = await token();
      const headers = { Date: new Date().toUTCString() };
      element = campaign({ 'auth-endpoint': endpoint({ ...giving(jwt), headers }).url });
      puppet = await stagePuppet(element);
      await clockAhead(seconds, async () => {
        await puppet.say('isLoggedIn');
        expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
      });
    });

    // @holds F36
    it(`by ${seconds} s, a token’s iat and nbf are not checked`, async () => {
      const jwt = await token({ iat: at(seconds), nbf: at(seconds), exp: at(day + 300) });
      element = campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
      puppet = await stagePuppet(element);
      await puppet.say('isLoggedIn');
      expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    });
  }
});

describe('a participant who logs out in another tab', () => {
  // @holds F48
  it('must log in at the next isLoggedIn, and no earlier token is sent again', async () => {
    const jwt = await token();
    const source = endpoint(giving(jwt), { status: 401 });
    element = campaign({ 'auth-endpoint': source.url });
    puppet = await stagePuppet(element);
    await puppet.say('isLoggedIn');
    await puppet.awaitMessages(1);
    const required = next<QualifioLoginRequiredEvent>(element, 'qualifio-login-required');
    await puppet.say('isLoggedIn');
    expect((await required).reason).to.equal('signed-out');
    expect(await puppet.received()).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  });

  const ways: Record<string, () => void> = {
    // @holds F48
    'in another tab': () => {},
    // @holds F45
    'on another page, and returns with the Back button': () => {
      window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    },
  };
  for (const [what, leave] of Object.entries(ways)) {
    it(`${what} does not get the prefetched token`, async () => {
      const source = endpoint(giving(await token()), { status: 401 });
      element = campaign({ 'auth-endpoint': source.url, 'prefetch-token': '' });
      puppet = await stagePuppet(element);
      while ((await source.requests()).length < 1);
      await nextTask();
      hidePage(leave);
      const required = next(element, 'qualifio-login-required');
      await puppet.say('isLoggedIn');
      await required;
      expect(await puppet.received()).to.deep.equal([]);
    });
  }
});

describe('a device that was asleep for an hour', () => {
  for (const [what, clocks] of [
    ['no timer has run', [performance, Date]],
    ['no timer has run and performance.now() has stopped', [Date]],
  ] as const) {
    // @holds F46
    it(`does not send the prefetched token even if ${what}`, async () => {
      const given: string[] = [];
      const asked = deferred<void>();
      element = campaign({ 'prefetch-token': '' });
      element.tokenProvider = async () => {
        given.push(await token());
        asked.resolve();
        return given.at(-1)!;
      };
      puppet = await stagePuppet(element);
      await asked.promise;
      await nextTask();
      const wake = async (): Promise<void> => {
        await puppet.say('isLoggedIn');
        const messages = await puppet.awaitMessages(1);
        expect(given).to.have.length(2);
        expect(messages).to.deep.equal([{ name: 'userInfo', data: given[1] }]);
      };
      await later(3_600_000, wake, clocks);
    });
  }

  // @holds F46
  it('checks immediately when the participant returns to a campaign that waits for a login', async () => {
    let jwt: string | null = null;
    element = campaign();
    element.tokenProvider = async () => jwt;
    puppet = await stagePuppet(element);
    const required = next(element, 'qualifio-login-required');
    await puppet.say('isLoggedIn');
    await required;
    await later(3_600_000, async () => {
      jwt = await token();
      document.dispatchEvent(new Event('visibilitychange'));
      expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    });
  });

  // @holds F46
  it('requests a new token if Qualifio reports that it has expired', async () => {
    element = campaign();
    element.tokenProvider = () => token();
    puppet = await stagePuppet(element);
    await puppet.say('isLoggedIn');
    await puppet.awaitMessages(1);
    const told = recordEvents(element);
    await later(3_600_000, async () => {
      await puppet.say('error', { code: 'TOKEN_EXPIRED' });
      expect(await puppet.awaitMessages(2)).to.have.length(2);
      await nextTask();
    });
    expect(told.filter((event) => event.startsWith('error'))).to.deep.equal([]);
  });
});

// @holds F28
it('a throttled timer in a background tab still ends a token request', async () => {
  const { setTimeout } = window;
  // Chromium runs the timers of a hidden page once a minute; here the test says when.
  const held: (() => void)[] = [];
  window.setTimeout = ((callback: () => void, milliseconds?: number) =>
    milliseconds === 4321
      ? held.push(callback)
      : setTimeout(callback, milliseconds)) as typeof window.setTimeout;
  element = campaign({ 'token-timeout': '4321' });
  element.tokenProvider = () => new Promise(() => {});
  puppet = await stagePuppet(element);
  await puppet.say('isLoggedIn');
  await nextTask();
  window.setTimeout = setTimeout;
  const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
  for (const run of held) run();
  expect((await failed).error.code).to.equal('ENDPOINT_TIMEOUT');
});
