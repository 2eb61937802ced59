import { resolveUrl } from '../config/resolve-url.js';
import { readConfig } from '../campaign/element-settings.js';
import type { QualifioCampaign } from '../element/qualifio-campaign.js';
import { eventNames, type QualifioCampaignEventMap, type SignedOutCause } from '../events.js';
import { pastedTag } from '../config/pasted-tag.js';
import { recorder } from './recorder.js';
import type { TimelineEntry, TokenSummary } from './timeline-entry.js';

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

/** A campaign's settings, as far as they can be read. */
export interface SetUp {
  /** The tag number. */
  readonly campaignId: string;
  /** Campaign host, with its port. */
  readonly host: string;
  readonly kitUrl: URL | null;
  /** The token endpoint; null if there is none. */
  readonly endpoint: URL | null;
}

/**
 * One campaign's conversation, from its messages and from the events of its element, until `signal`
 * is aborted.
 */
export class Conversation {
  readonly campaign: QualifioCampaign;
  entries: readonly TimelineEntry[];
  readonly #onChange: () => void;
  #token: TokenSummary | undefined;

  /** @param onChange called after every line. */
  constructor(campaign: QualifioCampaign, onChange: () => void, signal: AbortSignal) {
    this.campaign = campaign;
    this.#onChange = onChange;
    const { campaignId } = setUpOf(campaign);
    this.entries = recorder.entriesOf(campaignId).map((entry) => this.#withToken(entry));
    // Attributes may change, so the element's number is read for each message.
    recorder.listen((id, entry) => {
      if (id === setUpOf(campaign).campaignId) this.#add(entry);
    }, signal);
    recorder.listenToKit(onChange, signal);
    this.#listen(signal);
    // The recorder's listener runs first.
    document.addEventListener('securitypolicyviolation', onChange, { signal });
    document.addEventListener('load', onChange, { capture: true, signal });
    window.addEventListener('message', onChange, { signal });
    if (campaign.error) this.#addError();
  }

  /** How many documents the campaign's frame has loaded. */
  get documents(): number {
    const { frame } = this.campaign;
    return frame ? recorder.documentsOf(frame) : 0;
  }

  /** The last token that was read. */
  get token(): TokenSummary | undefined {
    return this.#token;
  }

  /** Removes all lines. */
  clear(): void {
    this.entries = [];
    this.#onChange();
  }

  #listen(signal: AbortSignal): void {
    const { campaign } = this;
    for (const name of eventNames.filter((each) => !toldByMessages.includes(each))) {
      // An event of a campaign inside this one's slots would bubble through here.
      const listener = (event: EventOf<typeof name>): void => {
        if (event.target !== campaign) return;
        if (event.type === 'qualifio-error') this.#addError();
        else this.#tell(event.type, detailOf(event));
      };
      campaign.addEventListener(name, listener, { signal });
    }
  }

  #addError(): void {
    const { error } = this.campaign;
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
    const { status } = this.campaign;
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

/** Reads a campaign's attributes and pasted tag as the element does; malformed values are empty. */
export function setUpOf(campaign: QualifioCampaign): SetUp {
  const { kitUrl } = campaign.constructor as typeof QualifioCampaign;
  const given = {
    kitUrl: urlOf(kitUrl, campaign),
    endpoint: campaign.authEndpoint ? urlOf(campaign.authEndpoint, campaign) : null,
  };
  try {
    const { campaignId, host } = readConfig(campaign, pastedTag(campaign));
    return { campaignId, host, ...given };
  } catch {
    const { campaignId, host, frame } = campaign;
    return { campaignId: String(campaignId), host: host || hostOf(frame), ...given };
  }
}

/** The host from the endpoint, if no attribute gives one. */
function hostOf(frame: HTMLIFrameElement | null): string {
  return frame && URL.canParse(frame.src) ? new URL(frame.src).host : '';
}

function urlOf(text: string, { baseURI }: Node): URL | null {
  return resolveUrl(text, baseURI);
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
