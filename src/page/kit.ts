/**
 * Loads Qualifio's kit and communicates with it. The only module that uses `_qual_async`,
 * `document.head` and Trusted Types.
 *
 * The kit is not ours and its source is not public: it may keep the queue array and override
 * `push`, or replace the array with an object, and it may already be on the page. So the queue is
 * looked up at every push.
 */
import { writeCommand, type FrameCommand } from '../config/create-iframe.js';
import { documentMember } from './document-member.js';
import { kitError, type QualifioError } from '../errors.js';
import { pageRegistry } from './page-registry.js';

/** A command of the kit: its name, then its values. */
export type Command = readonly unknown[];

interface CommandQueue {
  push(...commands: Command[]): unknown;
}

interface ScriptUrlPolicy {
  createScriptURL(url: string): unknown;
}

interface TrustedTypesWindow {
  trustedTypes?: {
    createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy;
  };
}

const queueName = '_qual_async';
const kitPath = /\/kit\/qualp[\w.]*\.js/;

/** A policy's name can be used only once. The policy never leaves this module: it would trust any script. */
let policy: ScriptUrlPolicy | undefined;

/**
 * Loads the kit once per page and URL, however many elements or copies of this library ask for it:
 * they join a load in progress. A failed load is retried once with a new script element, unless
 * `signal` is aborted. It is not remembered: the next call loads again.
 *
 * The first attempt has the nonce of this library's own script, which this document has accepted; an
 * element that was swapped in has that of another page, which would be a violation of the policy.
 *
 * Does not wait for the kit to do anything.
 *
 * @param nonce the page's Content-Security-Policy nonce, or an empty string.
 * @throws {QualifioError} `KIT_LOAD_FAILED`.
 */
export async function loadKit(url: string, nonce: string, signal: AbortSignal): Promise<void> {
  for (let failures = 0; ;) {
    const tried = failures ? nonce || scriptNonce : scriptNonce || nonce;
    const loading = pageRegistry().kits.get(url) ?? load(url, tried);
    try {
      return await loading;
    } catch (error) {
      // A load with another nonce, or none, may fail although ours would not.
      if (nonces.get(loading) === tried) failures++;
      if (signal.aborted || failures === 2) throw error;
    }
  }
}

let scriptNonce = '';

/**
 * Stores the nonce that allowed this library's script to run.
 */
export function useNonce(nonce: string): void {
  scriptNonce ||= nonce;
}

/** The nonce of each load that this copy of the library started. */
const nonces = new WeakMap<Promise<void>, string>();

/** Only a load in progress is remembered: a loaded kit can be found in the page. */
function load(url: string, nonce: string): Promise<void> {
  const { kits } = pageRegistry();
  const loading = (isKitHere(url) ? Promise.resolve() : addScript(url, nonce)).finally(() => {
    if (kits.get(url) === loading) kits.delete(url);
  });
  kits.set(url, loading);
  nonces.set(loading, nonce);
  return loading;
}

/**
 * Has the kit create the campaign's frame; until it can, connects to the campaign's host. On abort,
 * withdraws the command if no kit has run it.
 */
export function createIframe(config: FrameCommand, signal: AbortSignal): void {
  const command = writeCommand(config);
  const link = documentMember('createElement')('link');
  link.rel = 'preconnect';
  link.href = '//' + config.host;
  if (!isLive(queue())) documentMember('head').append(link);
  push(queue(), command);
  signal.addEventListener('abort', () => {
    link.remove();
    const waiting = queue();
    const index = Array.isArray(waiting) ? waiting.indexOf(command) : -1;
    if (index >= 0) (waiting as unknown as Command[]).splice(index, 1);
  });
}

/**
 * Registers `callback` for the messages of a name, unless it is registered: a kit may keep only the last
 * registration, or call all of them, so there is one per name and page.
 *
 * @param registeredIn the queue in which this name was registered last.
 * @returns the queue in which it is registered now.
 */
export function registerCallback(
  name: string,
  registeredIn: object | undefined,
  callback: (data: unknown) => void,
): object {
  const current = queue();
  // A kit that replaces the array with an object has run what waited in the array.
  if (registeredIn && (registeredIn === current || isLive(current))) return registeredIn;
  push(current, ['registerChildMessageCallback', name, callback]);
  return current;
}

/**
 * Sends `data` to the frame in `divId`.
 *
 * @throws {QualifioError} `KIT_LOAD_FAILED` if no kit can send it: nothing is left waiting in the page's queue, since it may be a token.
 */
export function sendChildMessage(divId: string, name: string, data: unknown): void {
  const current = queue();
  if (!isLive(current)) {
    throw loadFailed(`Another script has replaced ${queueName}.`);
  }
  push(current, ['sendChildMessage', divId, name, data]);
}

/** @throws {QualifioError} `KIT_LOAD_FAILED` if the kit throws; its error may quote a token, and is dropped. */
function push(current: CommandQueue, command: Command): void {
  isPushing = true;
  try {
    current.push(command);
  } catch {
    throw loadFailed(`${queueName} throws.`);
  } finally {
    isPushing = false;
  }
}

/** Whether this copy of the library, and no other code, is pushing a command. */
export let isPushing = false;

/** The queue, if a kit runs its commands; otherwise null. */
export function liveQueue(): CommandQueue | null {
  const current = queue();
  return isLive(current) ? current : null;
}

/** The commands that wait for a kit, and the queue that they are in. */
export function waitingCommands(): { queue: CommandQueue; commands: readonly Command[] } {
  const current = queue();
  return { queue: current, commands: Array.isArray(current) && !isLive(current) ? current : [] };
}

/** The queue; a new one if there is none, or if an element with that id or name is in its place. */
function queue(): CommandQueue {
  const page = window as unknown as Record<string, CommandQueue | undefined>;
  const current = Object.hasOwn(page, queueName) ? page[queueName] : undefined;
  if (typeof current?.push === 'function') return current;
  const fresh: Command[] = [];
  page[queueName] = fresh;
  return fresh;
}

/** Whether a kit runs the commands of the queue: a plain array only stores them. */
function isLive(current: CommandQueue): boolean {
  return current.push !== Array.prototype.push;
}

function isKitHere(url: string): boolean {
  const isKit = ({ src }: HTMLScriptElement): boolean => src === url || kitPath.test(src);
  return isLive(queue()) && Array.from(documentMember('scripts')).some(isKit);
}

async function addScript(url: string, nonce: string): Promise<void> {
  const src = trustedScriptUrl(url);
  await new Promise<void>((resolve, reject) => {
    const fail = (cause?: unknown): void =>
      reject(loadFailed(`${url} did not load: network, blocker, or script-src.`, cause));
    try {
      const script = createScript();
      script.nonce = nonce;
      Object.assign(script, { src });
      script.onload = () => resolve();
      script.onerror = () => {
        script.remove();
        fail();
      };
      // As the vendor's tag does, and not `append`: consent tools replace this method too.
      documentMember('head').appendChild(script);
    } catch (cause) {
      fail(cause);
    }
  });
}

/** Uses the page's `createElement`: consent tools replace it, to block scripts until consent. */
function createScript(): HTMLScriptElement {
  const { createElement } = document;
  // Not if markup has replaced it: `<object name="createElement">` can be called, too.
  const isCode =
    typeof createElement === 'function' && !((createElement as unknown) instanceof Node);
  return isCode ? document.createElement('script') : documentMember('createElement')('script');
}

function trustedScriptUrl(url: string): unknown {
  // In a browser without Trusted Types, an element may have this name.
  const { trustedTypes } = window as TrustedTypesWindow;
  if (!trustedTypes || !Object.hasOwn(window, 'trustedTypes')) return url;
  try {
    policy ??= trustedTypes.createPolicy('qualifio-campaign', { createScriptURL: (kit) => kit });
    return policy.createScriptURL(url);
  } catch (cause) {
    throw loadFailed('Add "trusted-types qualifio-campaign" to the page policy.', cause);
  }
}

function loadFailed(message: string, cause?: unknown): QualifioError {
  return kitError('KIT_LOAD_FAILED', message, { cause });
}
