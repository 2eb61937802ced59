import { expect } from '@open-wc/testing';
import type { QualifioCampaign, TokenRequest } from '../../src/index.js';
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
import { deferred, hidePage, later, nextTask } from '../support/watch.js';

let element: QualifioCampaign;
afterEach(() => element.remove());

/** Stages an element that has prefetched `first`; the next token is `second`. */
async function prefetch(
  first: string | null,
  second: string | null,
): Promise<{ puppet: Puppet; requests: TokenRequest[] }> {
  const requests: TokenRequest[] = [];
  const asked = deferred<void>();
  element = campaign({ 'prefetch-token': '' });
  element.tokenProvider = async (request) => {
    asked.resolve();
    return requests.push(request) === 1 ? first : second;
  };
  const puppet = await stagePuppet(element);
  await asked.promise;
  await nextTask();
  return { puppet, requests };
}

describe('prefetch-token', () => {
  it('sends a request when the frame is ready, and answers isLoggedIn without another one', async () => {
    const jwt = await token();
    const { puppet, requests } = await prefetch(jwt, null);
    expect(element.status).to.equal('ready');
    await puppet.say('isLoggedIn');
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    expect(requests).to.have.length(1);
  });

  // @holds P2
  it('is off by default, and if a framework writes "false"', async () => {
    for (const attributes of [{}, { 'prefetch-token': 'false' }]) {
      const source = endpoint(giving(null));
      element = campaign({ 'auth-endpoint': source.url, ...attributes });
      await stagePuppet(element);
      expect(await source.requests()).to.deep.equal([]);
      element.remove();
    }
    element = campaign();
  });

  it('is used by an isLoggedIn during the request', async () => {
    const answer = deferred<string>();
    const jwt = await token();
    let requests = 0;
    element = campaign({ 'prefetch-token': '' });
    element.tokenProvider = () => {
      requests++;
      return answer.promise;
    };
    const puppet = await stagePuppet(element);
    await puppet.say('isLoggedIn');
    answer.resolve(jwt);
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    expect(requests).to.equal(1);
  });

  it('sends no request if the frame asked while loading and has its token', async () => {
    const jwt = await token();
    let requests = 0;
    element = campaign({
      'prefetch-token': '',
      'channel-id': '00000000-a5c5-ffff-0000-000000000000',
      'kit-timeout': '3000',
    });
    element.tokenProvider = async () => {
      requests++;
      return jwt;
    };
    const sent = next(element, 'qualifio-token-sent');
    document.body.append(element);
    await sent;
    // This document never finishes loading: it counts as loaded at the end of kit-timeout.
    await element.load();
    await nextTask();
    expect(requests).to.equal(1);
  });

  it('provides its token only once', async () => {
    const [first, second] = [await token(), await token()];
    const { puppet } = await prefetch(first, second);
    await puppet.say('isLoggedIn');
    await puppet.awaitMessages(1);
    await puppet.say('isLoggedIn');
    const messages = await puppet.awaitMessages(2);
    expect(messages.map(({ data }) => data)).to.deep.equal([first, second]);
  });

  it('reports nothing for a signed-out participant', async () => {
    const source = endpoint({ status: 401 });
    element = campaign({ 'prefetch-token': '', 'auth-endpoint': source.url });
    const told = recordEvents(element);
    const puppet = await stagePuppet(element);
    const required = next(element, 'qualifio-login-required');
    expect(told).to.deep.equal(['status-change loading', 'status-change ready', 'ready']);
    await puppet.say('isLoggedIn');
    await required;
  });

  it('reports nothing if the endpoint fails', async () => {
    const jwt = await token();
    const source = endpoint({ status: 403 }, giving(jwt));
    element = campaign({ 'prefetch-token': '', 'auth-endpoint': source.url });
    const told = recordEvents(element);
    document.body.append(element);
    await element.load();
    await nextTask();
    expect(told).to.not.include('error ENDPOINT_FORBIDDEN');
  });

  describe('drops its token', () => {
    const expectSecond = async ({ puppet, requests }: Awaited<ReturnType<typeof prefetch>>) => {
      await puppet.say('isLoggedIn');
      await puppet.awaitMessages(1);
      expect(requests).to.have.length(2);
    };

    it('after 60 s', async () => {
      const staged = await prefetch(await token(), await token());
      await later(60_001, () => expectSecond(staged));
    });

    it('not before', async () => {
      const { puppet, requests } = await prefetch(await token(), await token());
      await later(50_000, async () => {
        await puppet.say('isLoggedIn');
        await puppet.awaitMessages(1);
      });
      expect(requests).to.have.length(1);
    });

    it('30 s before it expires', async () => {
      const seconds = Math.floor(Date.now() / 1000);
      const staged = await prefetch(await token({ exp: seconds + 29 }), await token());
      await expectSecond(staged);
    });

    it('when the page is hidden', async () => {
      const staged = await prefetch(await token(), await token());
      hidePage();
      await expectSecond(staged);
    });

    it('when the participant leaves or returns before it arrives', async () => {
      const [first, second] = [await token(), await token()];
      for (const leave of [() => window.dispatchEvent(new Event('focus')), () => hidePage()]) {
        const answers = [deferred<string>(), deferred<string>()] as const;
        let requests = 0;
        element = campaign({ 'prefetch-token': '' });
        element.tokenProvider = () => answers[requests++]!.promise;
        const puppet = await stagePuppet(element);
        while (requests === 0) await nextTask();
        leave();
        answers[1].resolve(second);
        await puppet.say('isLoggedIn');
        answers[0].resolve(first);
        expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: second }]);
        element.remove();
      }
    });

    it('and aborts its request, unless isLoggedIn waits for it', async () => {
      for (const isAsked of [false, true]) {
        const answer = deferred<string>();
        const requests: TokenRequest[] = [];
        element = campaign({ 'prefetch-token': '' });
        element.tokenProvider = (request) => {
          requests.push(request);
          return answer.promise;
        };
        const puppet = await stagePuppet(element);
        while (requests.length === 0) await nextTask();
        if (isAsked) await puppet.say('isLoggedIn');
        window.dispatchEvent(new Event('focus'));
        expect(requests.map(({ signal }) => signal.aborted)).to.deep.equal([!isAsked]);
        const jwt = await token();
        answer.resolve(jwt);
        if (!isAsked) await puppet.say('isLoggedIn');
        expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
        element.remove();
      }
    });

    it('on removal', async () => {
      const { requests } = await prefetch(await token(), await token());
      element.remove();
      element.prefetchToken = false;
      const puppet = await stagePuppet(element);
      await expectSecond({ puppet, requests });
    });
  });
});
