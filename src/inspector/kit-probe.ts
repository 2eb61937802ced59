// What the inspector finds out about Qualifio's kit. It repeats one message of a campaign's frame inside the
// page, under a name that no other code registers for: whichever way the kit works, callbacks of
// the page and the element are not called and not replaced.
import { pageRegistry } from '../page/page-registry.js';

/** What was seen of the kit. A fact that was not seen is absent. */
export interface KitFacts {
  /** The kit keeps the `_qual_async` array, or replaces it with an object. */
  queue?: 'patch' | 'replace';
  /** Callbacks run inside the `message` event, or later. */
  callbacks?: 'sync' | 'async';
  /** Callbacks receive an object, or JSON text. */
  payload?: 'object' | 'json';
  /** Which of several callbacks for a message name are called. */
  registrations?: 'all' | 'first' | 'last';
  /** Messages name the div as `createIframe` does, or in another way. */
  divId?: 'given' | 'rebuilt';
  /** Names of the members of what callbacks receive, besides `divId` and `code`. */
  fields?: readonly string[];
  /** Data of the frame's `message` events: `text`, or the names and types of an object's members. */
  messages?: readonly string[];
}

/** A call of one of the probe's two callbacks. */
interface Call {
  readonly callback: 'first' | 'last';
  readonly isInEvent: boolean;
  readonly data: unknown;
}

const probeName = 'qualifio-inspector-probe';
/** Milliseconds after which a kit has called back. */
const patience = 300;
const most = 20;
const deepest = 4;
/** A kit may not take a repeated message, or another message may look like it. */
const mostTries = 3;

/** Finds out on a page how the kit works, from the first message of a campaign's frame. */
export class KitProbe {
  facts: KitFacts = {};
  /** Date and time of the result (ISO 8601); empty if there is none yet. */
  recordedAt = '';
  #tries = 0;
  readonly #latest: MessageEvent[] = [];
  readonly #shapes = new WeakMap<MessageEventSource, Set<string>>();
  readonly #onResult: () => void;

  constructor(onResult: () => void) {
    this.#onResult = onResult;
  }

  start(): void {
    window.addEventListener('message', (event) => this.#note(event), { capture: true });
    (pageRegistry().inspectors ??= new Set()).add((inspection) => {
      const { direction, name, campaignId } = inspection;
      if (direction !== 'to-page' || !inspection.isGenuine || this.#tries === mostTries) return;
      const event = this.#latest.findLast(({ data }) => renamed(data, name) !== null);
      if (!event) return;
      this.#tries++;
      const probed = `${probeName}-${this.#tries}`;
      // Not inside the campaign's own message.
      setTimeout(() => this.#probe(event, name, probed, `qualifio_insert_place_${campaignId}`));
    });
  }

  #note(event: MessageEvent): void {
    const { source, isTrusted } = event;
    const data: unknown = event.data;
    if (!isTrusted || !source || source === window) return;
    this.#latest.push(event);
    if (this.#latest.length > (this.#tries < mostTries ? most : 0)) this.#latest.shift();
    const shapes = this.#shapes.get(source) ?? new Set();
    this.#shapes.set(source, shapes);
    if (shapes.size < most) shapes.add(shapeOf(data));
  }

  #probe(original: MessageEvent, name: string, probed: string, divId: string): void {
    const { origin, source } = original;
    const page = window as unknown as { _qual_async?: { push?(command: unknown[]): unknown } };
    const queue = page._qual_async;
    const calls: Call[] = [];
    const data = renamed(original.data, name, probed);
    // Firefox's constructor refuses a window of another origin.
    const event = Object.defineProperty(new MessageEvent('message', { data, origin }), 'source', {
      value: source,
    });
    for (const callback of ['first', 'last'] as const) {
      const hear = (data: unknown): void => {
        calls.push({ callback, isInEvent: window.event === event, data });
      };
      queue?.push?.(['registerChildMessageCallback', probed, hear]);
    }
    window.dispatchEvent(event);
    setTimeout(() => {
      if (calls.length > 0) this.#tries = mostTries;
      this.facts = {
        ...(queue && { queue: Array.isArray(queue) ? 'patch' : 'replace' }),
        ...factsOfCalls(calls, divId),
        messages: [...((source && this.#shapes.get(source)) ?? [])],
      };
      this.recordedAt = new Date().toISOString();
      this.#onResult();
    }, patience);
  }
}

function factsOfCalls(calls: readonly Call[], divId: string): KitFacts {
  const [call] = calls;
  if (!call) return {};
  const { data, isInEvent, callback } = call;
  const message = typeof data === 'string' ? parsed(data) : data;
  const isObject = typeof message === 'object' && message !== null;
  const members = isObject ? (message as Record<string, unknown>) : {};
  return {
    callbacks: isInEvent ? 'sync' : 'async',
    ...(isObject && { payload: typeof data === 'string' ? 'json' : 'object' }),
    registrations: calls.some((each) => each.callback !== callback) ? 'all' : callback,
    ...('divId' in members && { divId: members['divId'] === divId ? 'given' : 'rebuilt' }),
    fields: namesOf(members).filter((name) => name !== 'divId' && name !== 'code'),
  };
}

/** Data with the message's name replaced by the probe's; null if the name is not in it. */
function renamed(data: unknown, name: string, probed = probeName): unknown {
  let isFound = false;
  const rename = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string' && value.includes(name)) {
      isFound = true;
      return value.replaceAll(name, probed);
    }
    if (typeof value !== 'object' || value === null || depth > deepest) return value;
    if (Array.isArray(value)) return value.map((each) => rename(each, depth + 1));
    const members = Object.entries(value).map(([key, each]) => [key, rename(each, depth + 1)]);
    return Object.fromEntries(members);
  };
  const result = rename(data, 0);
  return isFound ? result : null;
}

/** Types and names of members only: the values may be private. */
function shapeOf(data: unknown): string {
  if (typeof data === 'string') {
    const inner = parsed(data);
    return typeof inner === 'object' && inner !== null ? `JSON ${shapeOf(inner)}` : 'text';
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return typeof data;
  const types = Object.values(data).map((value) => typeof value);
  return `{${namesOf(data)
    .map((name, index) => `${name}: ${types[index]}`)
    .join(', ')}}`;
}

/** A name may be anything, even a token: only short words are kept. */
function namesOf(members: object): string[] {
  const names = Object.keys(members).map((name) => (/^[\w-]{1,32}$/.test(name) ? name : '?'));
  return names.slice(0, most);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
