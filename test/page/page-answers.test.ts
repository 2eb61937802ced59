import { expect } from '@open-wc/testing';
import { sendChildMessage, type Command } from '../../src/page/kit.js';
import { noteWaitingCallbacks, watchPageAnswers } from '../../src/page/page-answers.js';
import { pageRegistry } from '../../src/page/page-registry.js';

interface Queue {
  push(...commands: unknown[]): unknown;
}
const host = window as unknown as { _qual_async?: Queue };
const token = (divId: string): Command => ['sendChildMessage', divId, 'userInfo', 'a token'];
const callback: Command = ['registerChildMessageCallback', 'isLoggedIn', () => undefined];

describe('what other code of the page pushes', () => {
  /** What the kit has received. */
  let received: unknown[];
  /** Divs whose tokens were reported; each is too late if `isLate`. */
  let reported: string[];
  let isLate: boolean;
  let end: AbortController;
  let found: Queue | undefined;
  const registry = pageRegistry();
  const before = { ...registry };
  const watch = (): void =>
    watchPageAnswers((divId) => {
      reported.push(divId);
      return isLate;
    }, end.signal);
  beforeEach(() => {
    found = host._qual_async;
    [received, reported, isLate, end] = [[], [], true, new AbortController()];
    host._qual_async = { push: (...commands) => received.push(...commands) };
    Object.assign(registry, { foreignCallbacks: new Set(), foreignTokens: new Set() });
  });
  afterEach(() => {
    Object.assign(registry, { registeredIn: new Map(), ...before });
    end.abort();
    if (found) host._qual_async = found;
    else delete host._qual_async;
  });

  for (const [what, command] of [
    ['a callback', callback],
    ['another answer to the frame', ['sendChildMessage', 'a', 'requestParticipantAction', true]],
    ['another command with the same words', ['createIframe', 'a', 'userInfo']],
    ['what is no command', 'sendChildMessage'],
  ] as const) {
    it(`reaches the kit: ${what}`, () => {
      watch();
      expect(host._qual_async!.push(command)).to.equal(1);
      expect(received).to.deep.equal([command]);
      expect(reported).to.deep.equal([]);
      expect([...registry.foreignTokens!]).to.deep.equal([]);
    });
  }

  it('reaches the kit: a token in time', () => {
    isLate = false;
    watch();
    expect(host._qual_async!.push(token('a'))).to.equal(1);
    expect(received).to.deep.equal([token('a')]);
    expect(reported).to.deep.equal(['a']);
    expect([...registry.foreignTokens!]).to.deep.equal(['a']);
  });

  it('does not reach the kit: a token that is too late', () => {
    watch();
    expect(host._qual_async!.push(token('a'))).to.equal(0);
    expect(received).to.deep.equal([]);
  });

  it('in one call loses only the late token', () => {
    watch();
    expect(host._qual_async!.push(callback, token('a'), 'text')).to.equal(2);
    expect(received).to.deep.equal([callback, 'text']);
  });

  it('is an empty call, which reaches the kit too', () => {
    let calls = 0;
    host._qual_async = { push: () => ++calls };
    watch();
    expect(host._qual_async.push()).to.equal(1);
  });

  it('is reported once, even if the queue is watched again', () => {
    isLate = false;
    watch();
    watch();
    host._qual_async!.push(token('a'));
    expect(reported).to.deep.equal(['a']);
  });

  it('is not the token of this library', () => {
    watch();
    sendChildMessage('a', 'userInfo', 'a token');
    expect(received).to.deep.equal([token('a')]);
    expect(reported).to.deep.equal([]);
  });

  it('is no longer reported or dropped after the end, by the own push again', () => {
    const { push } = host._qual_async!;
    watch();
    const watching = host._qual_async!.push;
    end.abort();
    expect(host._qual_async!.push).to.equal(push);
    watching(token('a'));
    expect(received).to.deep.equal([token('a')]);
    expect(reported).to.deep.equal([]);
  });

  it('still passes the push of a script that came later, after the end', () => {
    watch();
    const later = (): number => 7;
    host._qual_async!.push = later;
    end.abort();
    expect(host._qual_async!.push).to.equal(later);
  });

  it('reaches a kit whose queue is frozen', () => {
    Object.freeze(host._qual_async);
    watch();
    host._qual_async!.push(token('a'));
    end.abort();
    expect(received).to.deep.equal([token('a')]);
  });

  it('before a kit has run is not watched', () => {
    host._qual_async = [] as unknown[];
    watch();
    host._qual_async.push(token('a'));
    expect(host._qual_async).to.deep.equal([token('a')]);
    expect(reported).to.deep.equal([]);
  });

  const isLoggedIn = ['registerChildMessageCallback', 'isLoggedIn'];
  const error = ['registerChildMessageCallback', 'error'];
  for (const [what, waiting, ours, names] of [
    ['a callback', [isLoggedIn], [], ['isLoggedIn']],
    ['no other command', [['createIframe', 'isLoggedIn'], 'text', token('a')], [], []],
    ['two callbacks of one message, of which one is ours', [error, error], ['error'], ['error']],
    ['what is not ours', [isLoggedIn, error], ['error'], ['isLoggedIn']],
  ] as const) {
    it(`before a kit has run is noted: ${what}`, () => {
      const queue: unknown[] = [...waiting];
      host._qual_async = queue;
      const own = ours.map((name): [string, object] => [name, queue]);
      registry.registeredIn = new Map<string, object>([['isLoggedIn', []], ...own]);
      noteWaitingCallbacks();
      expect([...registry.foreignCallbacks!]).to.deep.equal(names);
    });
  }

  it('later is noted: a callback', () => {
    watch();
    host._qual_async!.push(callback);
    expect([...registry.foreignCallbacks!]).to.deep.equal(['isLoggedIn']);
  });
});
