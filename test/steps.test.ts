import { expect } from '@open-wc/testing';
import type { QualifioCampaign } from '../src/index.js';
import {
  campaign,
  endpoint,
  giving,
  next,
  Puppet,
  recordEvents,
  stageHost,
  stagePuppet,
  technicalId,
  token,
} from './support/stage.js';
import { deferred, nextTask, recordCommands, type Deferred } from './support/watch.js';

/** Each step of a campaign is a document of its own, in the same frame. */
let element: QualifioCampaign;
let puppet: Puppet;
afterEach(() => element.remove());

/** The address of a further document; one that is eager asks `isLoggedIn` before it has loaded. */
function document(step: number, isEager = false): string {
  const divId = element.querySelector('div')!.id;
  const guid = `00000000-0000-0000-${isEager ? 'a5c5' : '0000'}-${String(step).padStart(12, '0')}`;
  return `http://${stageHost}/20/${guid}/v1.cfm?divId=${divId}`;
}

/** Has the frame go on, and gives what speaks for its next document. */
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

/** Commands of a kind that reach the kit from now on. */
function sent(commands: unknown[][], name: string): unknown[][] {
  return commands.filter(([, , message]) => message === name);
}

describe('a campaign whose every step is a document', () => {
  it('is ready once, and its fourth document is answered', async () => {
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

  it('may ask in a document that is still loading', async () => {
    const jwt = await token();
    const answer = deferred<string>();
    element = campaign();
    element.tokenProvider = () => answer.promise;
    puppet = await stagePuppet(element);
    puppet = await goOn({ action: 'go', url: document(2) });
    puppet = await goOn({ action: 'go', url: document(3, true) });
    expect(element.status).to.equal('authenticating');
    answer.resolve(jwt);
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  });

  it('may require a log-in in a document that is still loading', async () => {
    const jwt = await token();
    element = campaign({ 'auth-endpoint': endpoint({ status: 401 }, giving(jwt)).url });
    puppet = await stagePuppet(element);
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

      it('gets no answer in its next document', async () => {
        await ask();
        puppet = await goOn(way());
        expect(element.status).to.equal('ready');
        answer.resolve(await token());
        await nextTask();
        expect(sent(commands, 'userInfo')).to.deep.equal([]);
        expect(await puppet.received()).to.deep.equal([]);
      });

      it('gets one in its next document when that asks', async () => {
        await ask();
        puppet = await goOn(way());
        await puppet.say('isLoggedIn');
        const jwt = await token();
        answer.resolve(jwt);
        expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
      });

      it('shows no error of a request that nobody waits for any more', async () => {
        await ask();
        puppet = await goOn(way());
        answer.reject(new Error('too late'));
        await nextTask();
        expect(element).to.include({ status: 'ready', error: null });
      });

      it('and was signed out has no log-in to resume', async () => {
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

  it('gets no answer after it has filled the history and gone on', async () => {
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

  it('gets a fresh token for a refused one only in the document that had it', async () => {
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
});
