/**
 * Loads Qualifio's kit and speaks to it. The only module that touches `_qual_async`,
 * `document.head` and Trusted Types.
 *
 * The kit is not ours and its source is not public: it may keep the queue array and override
 * `push`, or put an object in its place, and it may be on the page already. So the queue is looked
 * up at every push.
 */
import type { CampaignConfig } from '../config/campaign-config.js';
import { documentMember } from './document-member.js';
import { QualifioError } from '../errors.js';
import { pageRegistry } from './page-registry.js';

type Command = readonly unknown[];

interface CommandQueue {
  push(command: Command): unknown;
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

/** Its name can be used once only. It never leaves this module: it would trust any script. */
let policy: ScriptUrlPolicy | undefined;

/**
 * Loads the kit, once per page and URL, whatever number of elements or copies of this library ask: they
 * join a load that is under way.
 * A failed load is tried once more with a fresh script element while `signal` lets it, and is not
 * remembered: the next call really loads.
 *
 * Does not wait for the kit to have done anything.
 *
 * @param nonce the page's Content-Security-Policy nonce, or an empty text.
 * @throws {QualifioError} `KIT_LOAD_FAILED`.
 */
export async function loadKit(url: string, nonce: string, signal: AbortSignal): Promise<void> {
  for (let failures = 0; ;) {
    const loading = pageRegistry().kits.get(url) ?? load(url, nonce);
    try {
      return await loading;
    } catch (error) {
      // With another nonce, or none, it may have failed where ours does not.
      if (nonces.get(loading) === nonce) failures++;
      if (signal.aborted || failures === 2) throw error;
    }
  }
}

/** The nonce of each load that this copy of the library began. */
const nonces = new WeakMap<Promise<void>, string>();

/** What was loaded shows in the page, so that only a load that is under way is remembered. */
function load(url: string, nonce: string): Promise<void> {
  const { kits } = pageRegistry();
  const loading = (isKitHere(url) ? Promise.resolve() : addScript(url, nonce)).finally(() => {
    if (kits.get(url) === loading) kits.delete(url);
  });
  kits.set(url, loading);
  nonces.set(loading, nonce);
  return loading;
}

/** Has the kit make the campaign's frame, and takes the command back if the kit never saw it. */
export function createIframe(config: CampaignConfig, signal: AbortSignal): void {
  const { divId, host, channelId, width, height, frameStyle } = config;
  const command = [
    'createIframe',
    divId,
    host,
    '20',
    channelId,
    width,
    height,
    '',
    '',
    '',
    frameStyle,
  ];
  push(queue(), command);
  signal.addEventListener('abort', () => {
    const waiting = queue();
    const index = Array.isArray(waiting) ? waiting.indexOf(command) : -1;
    if (index >= 0) (waiting as unknown as Command[]).splice(index, 1);
  });
}

/**
 * Registers `callback` for each name, unless that was done: a kit may keep the last registration
 * alone, or call every one, so that there is one per name and page.
 *
 * @param registeredIn the queue in which these names were registered last; null where they never were.
 * @returns the queue in which they are registered now.
 */
export function registerCallbacks<Name extends string>(
  names: readonly Name[],
  registeredIn: object | null,
  callback: (name: Name, data: unknown) => void,
): object {
  const current = queue();
  // A kit that puts an object in the array's place has run what waited in the array.
  if (registeredIn && (registeredIn === current || isLive(current))) return registeredIn;
  for (const name of names) {
    push(current, ['registerChildMessageCallback', name, (data: unknown) => callback(name, data)]);
  }
  return current;
}

/**
 * Sends `data` to the frame in `divId`.
 *
 * @throws {QualifioError} `KIT_LOAD_FAILED` where no kit is there to take it: nothing is ever left waiting in the page's queue, since it may be a token.
 */
export function sendChildMessage(divId: string, name: string, data: unknown): void {
  const current = queue();
  if (!isLive(current)) {
    throw loadFailed(`Another script has replaced ${queueName}.`);
  }
  push(current, ['sendChildMessage', divId, name, data]);
}

/** @throws {QualifioError} `KIT_LOAD_FAILED` where the kit throws; what it throws may quote a token, and is dropped. */
function push(current: CommandQueue, command: Command): void {
  try {
    current.push(command);
  } catch {
    throw loadFailed(`${queueName} throws.`);
  }
}

/** The queue, or a new one where there is none, or where an element's id or name poses as it. */
function queue(): CommandQueue {
  const page = window as unknown as Record<string, CommandQueue | undefined>;
  const current = Object.hasOwn(page, queueName) ? page[queueName] : undefined;
  if (typeof current?.push === 'function') return current;
  const fresh: Command[] = [];
  page[queueName] = fresh;
  return fresh;
}

/** Whether a kit has taken the queue over: a plain array only stores. */
function isLive(current: CommandQueue): boolean {
  return current.push !== Array.prototype.push;
}

function isKitHere(url: string): boolean {
  const isKit = ({ src }: HTMLScriptElement): boolean => src === url || kitPath.test(src);
  return isLive(queue()) && Array.from(documentMember('scripts')).some(isKit);
}

async function addScript(url: string, nonce: string): Promise<void> {
  const script = documentMember('createElement')('script');
  script.nonce = nonce;
  Object.assign(script, { src: trustedScriptUrl(url) });
  await new Promise<void>((resolve, reject) => {
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      reject(loadFailed(`${url} did not load: network, blocker, or script-src.`));
    };
    documentMember('head').append(script);
  });
}

function trustedScriptUrl(url: string): unknown {
  // Where there is no such thing, an element may have its name.
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
  return new QualifioError('kit', 'KIT_LOAD_FAILED', message, { cause });
}
