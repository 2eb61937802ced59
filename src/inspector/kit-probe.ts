// What the inspector finds out about Qualifio's kit. It repeats one message of a campaign's frame inside the
// page, under a name that no other code registers for.
import { pageRegistry } from '../page/page-registry.js';
import { CallbackProbe, mostTries, patience, renamed, type Called } from './callback-probe.js';
import { watchSecondKit } from './second-kit.js';

/** What was seen of the kit. A fact that was not seen is absent. */
export interface KitFacts {
  /** The kit keeps the `_qual_async` array, or replaces it with an object. */
  queue?: 'patch' | 'replace';
  /** Callbacks run inside the `message` event, or later. */
  callbacks?: 'sync' | 'async';
  /** Callbacks receive an object, or JSON text. */
  payload?: 'object' | 'json';
  /** Which of several callbacks for a message name are called. */
  registrations?: Called;
  /** Which callbacks are called after a second kit has run: that from before, or that from after it. */
  secondKit?: Called;
  /** Messages name the div as `createIframe` does, or in another way. */
  divId?: 'given' | 'rebuilt';
  /** Names of the members of what callbacks receive, besides `divId` and `code`. */
  fields?: readonly string[];
  /** Data of the frame's `message` events: `text`, or the names and types of an object's members. */
  messages?: readonly string[];
}

const most = 20;

/** Finds out on a page how the kit works, from the first message of a campaign's frame. */
export class KitProbe {
  facts: KitFacts = {};
  /** Date and time of the result (ISO 8601); empty if there is none yet. */
  recordedAt = '';
  #tries = 0;
  #probes = 0;
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
      const event = this.#latest.findLast(({ data }) => renamed(data, name, '') !== null);
      if (!event) return;
      this.#tries++;
      // Not inside the campaign's own message.
      setTimeout(() => this.#probe(event, name, `qualifio_insert_place_${campaignId}`));
    });
    watchSecondKit((secondKit) => this.#record({ secondKit }));
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

  #probe(original: MessageEvent, name: string, divId: string): void {
    const { source } = original;
    const { _qual_async: queue } = window as unknown as { _qual_async?: unknown };
    const probe = new CallbackProbe(++this.#probes);
    for (const callback of ['first', 'last'] as const) probe.register(callback);
    probe.repeat(original, name);
    setTimeout(() => {
      if (probe.called) this.#tries = mostTries;
      this.#record({
        ...(queue !== undefined && { queue: Array.isArray(queue) ? 'patch' : 'replace' }),
        ...factsOfCalls(probe, divId),
        messages: [...((source && this.#shapes.get(source)) ?? [])],
      });
    }, patience);
  }

  #record(facts: KitFacts): void {
    this.facts = { ...this.facts, ...facts };
    this.recordedAt = new Date().toISOString();
    this.#onResult();
  }
}

function factsOfCalls({ calls: [call], called }: CallbackProbe, divId: string): KitFacts {
  if (!call || !called) return {};
  const { data, isInEvent } = call;
  const message = typeof data === 'string' ? parsed(data) : data;
  const isObject = typeof message === 'object' && message !== null;
  const members = isObject ? (message as Record<string, unknown>) : {};
  return {
    callbacks: isInEvent ? 'sync' : 'async',
    ...(isObject && { payload: typeof data === 'string' ? 'json' : 'object' }),
    registrations: called,
    ...('divId' in members && { divId: members['divId'] === divId ? 'given' : 'rebuilt' }),
    fields: namesOf(members).filter((name) => name !== 'divId' && name !== 'code'),
  };
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
