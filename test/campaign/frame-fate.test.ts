import { expect } from '@open-wc/testing';
import type { QualifioCampaign, QualifioErrorEvent } from '../../src/index.js';
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
import { deferred, nextTask, recordCommands, type Deferred } from '../support/watch.js';

let element: QualifioCampaign;
let puppet: Puppet;
let answer: Deferred<string | null>;
afterEach(() => element.remove());

/** Stages an element whose frame waits for a token. */
async function askForToken(): Promise<void> {
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
}

describe('a frame that another script removes', () => {
  for (const [what, remove] of [
    ['alone', () => element.frame!.remove()],
    ['by emptying its div', () => element.querySelector('div')!.replaceChildren()],
  ] as const) {
    // @holds F14
    it(`${what} causes FRAME_REMOVED, and reload() restores it`, async () => {
      const jwt = await token();
      element = campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
      await stagePuppet(element);
      const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
      remove();
      expect((await failed).error).to.include({ code: 'FRAME_REMOVED', phase: 'kit' });
      expect(element).to.include({ status: 'error', frame: null });
      await element.reload();
      puppet = new Puppet(element.frame!);
      await puppet.say('isLoggedIn');
      expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
      expect(element.error).to.equal(null);
    });
  }

  // @holds F14
  it('while it waits for a token does not receive the token', async () => {
    await askForToken();
    const commands = recordCommands();
    const told = recordEvents(element);
    const failed = next(element, 'qualifio-error');
    element.frame!.remove();
    answer.resolve(await token());
    await failed;
    await nextTask();
    expect(told.filter((event) => event.startsWith('error'))).to.deep.equal([
      'error FRAME_REMOVED',
    ]);
    expect(commands).to.deep.equal([]);
  });
});

describe('an answer about the pre-login screen', () => {
  it('that is pending when the frame is removed is not sent', async () => {
    const commands = recordCommands();
    element = campaign();
    const answer = deferred<boolean>();
    element.addEventListener('qualifio-participant-action', (event) =>
      event.respondWith(answer.promise),
    );
    puppet = await stagePuppet(element);
    await puppet.say('requestParticipantAction');
    const failed = next(element, 'qualifio-error');
    element.frame!.remove();
    await failed;
    commands.length = 0;
    answer.resolve(true);
    await nextTask();
    expect(commands).to.deep.equal([]);
  });
});
