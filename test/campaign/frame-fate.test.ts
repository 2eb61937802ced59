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

describe('a token is not sent', () => {
  const faults: Record<string, [() => void, code: string, phase: string, message: RegExp]> = {
    'to a frame whose src was changed': [
      () => element.frame!.setAttribute('src', 'http://elsewhere.localhost/'),
      ...(['HOST_NOT_ALLOWED', 'config', /^The frame has left 127/] as const),
    ],
    'if another frame has the id that the kit gives to frames': [
      () => {
        const twin = document.createElement('iframe');
        twin.id = element.frame!.id;
        element.before(twin);
      },
      ...(['FRAME_REMOVED', 'kit', /^Another element is named qualifio\d/] as const),
    ],
    'if another frame has that id as its name': [
      () => {
        const twin = document.createElement('iframe');
        twin.name = element.frame!.id;
        element.after(twin);
      },
      ...(['FRAME_REMOVED', 'kit', /^Another element is named qualifio\d/] as const),
    ],
    'if another element has the div’s id': [
      () => {
        const twin = document.createElement('div');
        twin.id = element.querySelector('div')!.id;
        element.before(twin);
        twin.append(document.createElement('iframe'));
      },
      ...(['FRAME_REMOVED', 'kit', /^Another element is named qualifio_insert/] as const),
    ],
  };
  for (const [what, [meddle, code, phase, message]] of Object.entries(faults)) {
    // @holds P2, T7, T13
    it(what, async () => {
      await askForToken();
      const commands = recordCommands();
      const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
      const { id } = element.querySelector('div')!;
      meddle();
      answer.resolve(await token());
      const { error } = await failed;
      expect(error).to.include({ code, phase });
      expect(error.message).to.match(message);
      expect(commands).to.deep.equal([]);
      element.remove();
      document.getElementById(id)?.remove();
      for (const twin of document.querySelectorAll('body > iframe')) twin.remove();
    });
  }
});
