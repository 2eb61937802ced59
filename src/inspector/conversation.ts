import { eventNames, type QualifioCampaignEventMap, type SignedOutCause } from '../events.js';
import type { Inspected } from './inspected.js';
import { recorder } from './recorder.js';
import type { StoredAnswer } from './stored-answers.js';
import { withStored, type TimelineEntry, type TokenSummary } from './timeline-entry.js';

const longest = 500;

const causes: Readonly<Record<SignedOutCause, string>> = {
  401: 'the endpoint answered 401',
  204: 'the endpoint answered 204',
  null: 'the endpoint answered {"token": null}',
  redirect: 'the endpoint answered with a redirect',
  provider: 'tokenProvider returned null',
};

type EventOf<Name extends keyof QualifioCampaignEventMap> = QualifioCampaignEventMap[Name];

/** Events that come with a message, which has its own line. */
const toldByMessages: readonly (keyof QualifioCampaignEventMap)[] = [
  'qualifio-participant-action',
  'qualifio-token-sent',
  'qualifio-message',
];

function detailOf(event: EventOf<keyof QualifioCampaignEventMap>): Partial<TimelineEntry> {
  if ('previous' in event) return { detail: `${event.previous} → ${event.status}` };
  if (!('reason' in event)) return {};
  const { reason, cause } = event;
  return { detail: `${reason}: ${causes[cause]}`, cause };
}

/**
 * One campaign's conversation, from its messages and from the events of its element or div, until
 * `signal` is aborted.
 */
export class Conversation {
  readonly inspected: Inspected;
  entries: readonly TimelineEntry[];
  readonly #onChange: () => void;
  #token: TokenSummary | undefined;

  /** @param onChange called after every line. */
  constructor(inspected: Inspected, onChange: () => void, signal: AbortSignal) {
    this.inspected = inspected;
    this.#onChange = onChange;
    const { campaignId } = inspected.setUp();
    this.entries = recorder.entriesOf(campaignId).map((entry) => this.#withToken(entry));
    // Attributes may change, so the element's number is read for each message.
    recorder.listen((id, entry) => {
      if (id === inspected.setUp().campaignId) this.#add(entry);
    }, signal);
    recorder.listenToKit(onChange, signal);
    this.#listen(signal);
    // The recorder's listener runs first.
    document.addEventListener('securitypolicyviolation', onChange, { signal });
    document.addEventListener('load', onChange, { capture: true, signal });
    window.addEventListener('message', onChange, { signal });
    if (inspected.campaign.error) this.#addError();
  }

  /** How many documents the campaign's frame has loaded. */
  get documents(): number {
    const { frame } = this.inspected.campaign;
    return frame ? recorder.documentsOf(frame) : 0;
  }

  /** The last token that was read. */
  get token(): TokenSummary | undefined {
    return this.#token;
  }

  /** Marks the tokens that may be from a cache. */
  noteStored(stored: readonly StoredAnswer[]): void {
    this.entries = this.entries.map((entry) => withStored(entry, stored));
    this.#token = this.entries.findLast(({ name }) => name === 'token')?.token ?? this.#token;
  }

  /** Removes all lines. */
  clear(): void {
    this.entries = [];
    this.#onChange();
  }

  #listen(signal: AbortSignal): void {
    const { target } = this.inspected;
    for (const name of eventNames.filter((each) => !toldByMessages.includes(each))) {
      // An event of a campaign inside this one's slots would bubble through here.
      const listener = (event: EventOf<typeof name>): void => {
        if (event.target !== target) return;
        if (event.type === 'qualifio-error') this.#addError();
        else this.#tell(event.type, detailOf(event));
      };
      target.addEventListener(name, listener, { signal });
    }
  }

  #addError(): void {
    const { error } = this.inspected.campaign;
    if (!error) return;
    const { code, phase, httpStatus, message, cause } = error;
    const status = httpStatus === undefined ? '' : `, HTTP ${httpStatus}`;
    this.#tell('qualifio-error', {
      code,
      detail: `${message} (${phase}${status})${causeText(cause)}`,
    });
  }

  #tell(name: string, more: Partial<TimelineEntry> = {}): void {
    this.#add({ time: Date.now(), direction: 'element', name, ...more });
  }

  #add(entry: TimelineEntry): void {
    const { status } = this.inspected.campaign;
    const line = { status, ...this.#withToken(entry) };
    this.entries = [...this.entries.slice(1 - longest), line];
    this.#onChange();
  }

  /** The frame receives the last token that was read. */
  #withToken(entry: TimelineEntry): TimelineEntry {
    this.#token = entry.token ?? this.#token;
    return entry.name === 'userInfo' && this.#token ? { ...entry, token: this.#token } : entry;
  }
}

/**
 * Describes what was thrown. Other code throws it, and its message may quote an answer or a token,
 * so quotations and long words are left out.
 */
function causeText(cause: unknown): string {
  if (!(cause instanceof Error)) return '';
  const message = cause.message.replace(/"[^]*"|'[^]*'/g, '"…"').replace(/[\w.+/=-]{20,}/g, '…');
  return ` Cause: ${cause.name}: ${message.slice(0, 100)}`;
}
