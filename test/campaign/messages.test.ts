import { expect } from '@open-wc/testing';
import { eventNames } from '../../src/events.js';
import type { QualifioCampaign } from '../../src/index.js';
import { kitUrl, OwnPage } from '../support/own-page.js';
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
import { deferred, nextTask, warningsDuring } from '../support/watch.js';

let element: QualifioCampaign;
afterEach(() => element.remove());

describe('isLoggedIn', () => {
  for (const times of [2, 1000]) {
    // @holds F41, P3, T8
    it(`${times} times during a token request is answered once`, async () => {
      const answer = deferred<string>();
      let requests = 0;
      element = campaign();
      element.tokenProvider = () => {
        requests++;
        return answer.promise;
      };
      const puppet = await stagePuppet(element);
      await puppet.say('isLoggedIn', {}, times);
      // A kit may pass on messages later.
      await nextTask();
      const jwt = await token();
      answer.resolve(jwt);
      await puppet.awaitMessages(1);
      await nextTask();
      expect(await puppet.received()).to.deep.equal([{ name: 'userInfo', data: jwt }]);
      expect(requests).to.equal(1);
    });
  }

  const early = {
    'from a document that is still loading': 'a5c5',
    'from a document that never finishes loading': 'ffff',
  };
  for (const [what, channel] of Object.entries(early)) {
    // @holds F43
    it(`${what} is answered there and is not a failure of the kit`, async () => {
      const jwt = await token();
      element = campaign({
        'channel-id': `00000000-a5c5-${channel}-0000-000000000000`,
        'kit-timeout': channel === 'ffff' ? '3000' : '15000',
      });
      element.tokenProvider = async () => jwt;
      const told = recordEvents(element);
      document.body.append(element);
      const puppet = await next(element, 'qualifio-token-sent').then(
        () => new Puppet(element.frame!),
      );
      expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
      await element.load();
      expect(element).to.include({ status: 'token-sent', error: null });
      expect(told).to.include('token-sent').and.to.not.include('error KIT_TIMEOUT');
    });
  }
});

describe('a message that is not for the campaign', () => {
  const divIds = [7, null, true, '', [], {}, 'qualifio_insert_place_0', 'toString', '__proto__'];
  for (const payload of ['object', 'json']) {
    // @holds F42, F55
    it(`is ignored silently (payload=${payload})`, async () => {
      const page = await OwnPage.open();
      page.element.kitUrl = kitUrl({ payload });
      const jwt = await token();
      const source = endpoint(giving(jwt));
      element = page.campaign({ 'auth-endpoint': source.url });
      const puppet = await stagePuppet(element, page.document.body);
      const told = recordEvents(element);
      const warnings = await warningsDuring(async () => {
        for (const divId of [...divIds, [`qualifio_insert_place_${element.campaignId}`]]) {
          for (const name of ['isLoggedIn', 'requestParticipantAction', 'error']) {
            await puppet.say(name, { divId, code: 'UNKNOWN' });
          }
        }
        await puppet.say('isLoggedin');
        await puppet.say('userInfo', { token: 'a.b.c' });
      }, page.window);
      expect([...told, ...warnings]).to.deep.equal([]);
      expect(await puppet.received()).to.deep.equal([]);
      expect(await source.requests()).to.deep.equal([]);
      await puppet.say('isLoggedIn', { changed: { shape: [1, 2] }, code: 7 });
      expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
      page.close();
    });
  }

  // @holds F55, T14
  it('is ignored in any form that a kit passes on', async () => {
    const page = await OwnPage.open();
    page.element.kitUrl = kitUrl({ kit: 'never' });
    element = page.campaign();
    const told = recordEvents(element);
    page.document.body.append(element);
    await next(element, 'qualifio-status-change');
    const queue = page.window._qual_async as unknown as [string, string, (data: unknown) => void][];
    const callbacks = queue.filter(([command]) => command === 'registerChildMessageCallback');
    expect(callbacks).to.have.length(3);
    const { campaignId } = element;
    for (const [, , callback] of callbacks) {
      for (const data of [
        ...[undefined, null, 0, NaN, true, Symbol('x'), 1n, [], {}, () => ({}), new Date()],
        ...['', '{', '"', 'null', '[]', `qualifio_insert_place_${campaignId}`],
        ...[
          Object.create({ divId: `qualifio_insert_place_${campaignId}` }) as object,
          new Map(),
          window,
          { divId: 'qualifio_insert_place_0' },
        ],
      ]) {
        callback(data);
      }
    }
    await nextTask();
    expect(told).to.deep.equal(['status-change loading']);
    page.close();
  });
});

describe('a listener that throws', () => {
  // @holds F44
  it('affects neither other listeners nor the exchange', async () => {
    const page = await OwnPage.open();
    page.element.kitUrl = kitUrl();
    // The page causes the error, and the browser reports it there.
    const problems: string[] = [];
    page.window.addEventListener('error', ({ message }) => problems.push(message));
    page.window.console.error = () => undefined;
    const fail = new page.window.Function("throw new Error('of the page')") as () => void;
    const jwt = await token();
    element = page.campaign({ 'auth-endpoint': endpoint({ status: 401 }, giving(jwt)).url });
    for (const name of eventNames) element.addEventListener(name, fail);
    const told = recordEvents(element);
    const puppet = await stagePuppet(element, page.document.body);
    await puppet.say('requestParticipantAction');
    await puppet.awaitMessages(1);
    const required = next(element, 'qualifio-login-required');
    await puppet.say('isLoggedIn');
    await required;
    expect(await element.resume()).to.equal(true);
    expect(await puppet.awaitMessages(2)).to.deep.equal([
      { name: 'requestParticipantAction', data: true },
      { name: 'userInfo', data: jwt },
    ]);
    const failed = next(element, 'qualifio-error');
    await puppet.say('error', { code: 'UNKNOWN' });
    await failed;
    expect(new Set(told.map((event) => event.split(' ')[0]))).to.have.property('size', 6);
    expect(problems).to.have.length(told.length);
    page.close();
  });
});
