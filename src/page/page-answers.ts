/**
 * Notices how other code of the page takes part in the exchange, for `<qualifio-sign-in>`: the callbacks
 * that it registers, and the tokens that it sends. What it pushes goes on to the kit unchanged, except a
 * token for a question that is answered: a frame must not receive two tokens for one question.
 */
import { isPushing, liveQueue, waitingCommands, type Command } from './kit.js';
import { pageRegistry } from './page-registry.js';

const registration = 'registerChildMessageCallback';
const watched = new WeakSet<object>();

function noteCallback(name: unknown): void {
  (pageRegistry().foreignCallbacks ??= new Set()).add(String(name));
}

/** Notes the callbacks of other code that no kit has registered yet. */
export function noteWaitingCallbacks(): void {
  const { queue, commands } = waitingCommands();
  const names = commands
    .filter((command) => Array.isArray(command) && command[0] === registration)
    .map(([, name]) => String(name));
  for (const [name, own] of pageRegistry().registeredIn ?? []) {
    // The library itself has one registration per name.
    if (own === queue) names.splice(names.indexOf(name), 1);
  }
  names.forEach(noteCallback);
}

/**
 * Watches the queue of a kit that has run, until `signal` is aborted. Kits replace the queue or its
 * `push`, so call this again when a kit may have run.
 *
 * @param onToken called with the id of a div when other code sends a token to its frame; returns whether the token is too late and must be dropped.
 */
export function watchPageAnswers(onToken: (divId: string) => boolean, signal: AbortSignal): void {
  const queue = liveQueue();
  if (!queue || watched.has(queue.push)) return;
  const { push } = queue;
  const mayPass = (command: Command): boolean => {
    if (!Array.isArray(command)) return true;
    const [action, first, second] = command as Command;
    if (action === registration) noteCallback(first);
    if (action !== 'sendChildMessage' || second !== 'userInfo') return true;
    (pageRegistry().foreignTokens ??= new Set()).add(String(first));
    return !onToken(String(first));
  };
  const pass = function (this: unknown, ...commands: Command[]): unknown {
    const passed = isPushing || signal.aborted ? commands : commands.filter(mayPass);
    return passed.length < commands.length && passed.length === 0
      ? 0
      : Reflect.apply(push, this, passed);
  };
  watched.add(pass);
  try {
    queue.push = pass;
  } catch {
    // A queue that cannot be changed cannot be watched.
    return;
  }
  signal.addEventListener('abort', () => {
    if (queue.push === pass) queue.push = push;
  });
}
