import type { CampaignStatus, SignedOutCause } from '../events.js';
import type { Inspection, TokenFacts } from '../page/page-registry.js';
import type { StoredAnswer } from './stored-answers.js';

/** What the inspector shows of a token: never the token itself or a claim about the participant. */
export interface TokenSummary {
  readonly kind: 'JWS' | 'JWE';
  readonly alg: string;
  readonly kid?: string;
  /** Seconds until `exp` when the token was read; absent if it has none, is encrypted, or `isStored`. */
  readonly secondsLeft?: number;
  /** The time from which `secondsLeft` counts, in milliseconds since the epoch: the endpoint's clock if it is known. */
  readonly now?: number;
  /** Seconds by which that time is behind this device's clock, negative if ahead; absent if less than a minute. */
  readonly secondsBehind?: number;
  /** True: the token may be from a cache, so how long it is valid is not known. */
  readonly isStored?: true;
  /** The campaign that it names, in digits, or `not digits`; absent if it names none, or is encrypted. */
  readonly campaignId?: string;
  /** The campaign's technical ID as the page or its endpoint declares it; absent if neither does. */
  readonly declaredCampaignId?: string;
  /** Whether the two are the same; absent if either is. */
  readonly isForCampaign?: boolean;
}

/** One line of a campaign's conversation. */
export interface TimelineEntry {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /**
   * `to-page`, `to-frame`: a message between campaign and page. `from-source`: what the token
   * endpoint or `tokenProvider` returned. `element`: an event of `<qualifio-campaign>`.
   */
  readonly direction: 'to-page' | 'to-frame' | 'from-source' | 'element';
  /** The message's name, the event's, or `token`. */
  readonly name: string;
  /** Status of the element afterwards; absent for lines that are older than the inspector. */
  readonly status?: CampaignStatus;
  /** Code of Qualifio's `error` message or of a `QualifioError`. */
  readonly code?: string;
  /** Why the participant counts as signed out. */
  readonly cause?: SignedOutCause;
  /** More details, for people. */
  readonly detail?: string;
  readonly token?: TokenSummary;
  /** True: the message was not from the campaign's frame, and the element ignored it. */
  readonly isIgnored?: boolean;
}

/** Seconds between an answer's `Date`, which has no milliseconds, and its arrival. */
const freshness = 5;

/** A line whose token may be a stored answer: its `Date` is theirs, and not recent. */
export function withStored(entry: TimelineEntry, stored: readonly StoredAnswer[]): TimelineEntry {
  const { now, isStored } = entry.token ?? {};
  if (!now || isStored || entry.time - now < freshness * 1000) return entry;
  if (!stored.some(({ date }) => date === now)) return entry;
  const { secondsLeft: _left, secondsBehind: _behind, ...token } = entry.token!;
  return { ...entry, token: { ...token, isStored: true } };
}

/** The line for an inspection, with the current time. */
export function entryOf(inspection: Inspection): TimelineEntry {
  const { direction, name } = inspection;
  const line = { time: Date.now(), direction, name };
  switch (inspection.direction) {
    case 'to-page':
      return {
        ...line,
        ...(name === 'error' && { code: codeText(inspection.code) }),
        ...(!inspection.isGenuine && { isIgnored: true }),
      };
    case 'to-frame':
      return inspection.answer === undefined
        ? line
        : { ...line, detail: inspection.answer ? 'show the screen' : 'no screen' };
    case 'from-source':
      return { ...line, token: summaryOf(inspection.token) };
  }
}

function summaryOf({
  isEncrypted,
  alg,
  kid,
  secondsLeft,
  isForCampaign,
  campaignId,
  declaredCampaignId,
  now = NaN,
}: TokenFacts): TokenSummary {
  const left = Math.round(secondsLeft ?? NaN);
  const behind = Math.round((Date.now() - now) / 1000);
  return {
    kind: isEncrypted ? 'JWE' : 'JWS',
    alg: shortText(alg),
    ...(typeof kid === 'string' && { kid: shortText(kid) }),
    ...(Number.isFinite(left) && { secondsLeft: left }),
    ...(Number.isFinite(now) && { now }),
    ...(Math.abs(behind) >= 60 && { secondsBehind: behind }),
    ...(campaignId !== undefined && { campaignId: digits(campaignId) }),
    ...(declaredCampaignId && { declaredCampaignId }),
    ...(isForCampaign !== undefined && { isForCampaign }),
  };
}

/** A claim may contain anything; only a campaign number is shown. */
function digits(value: unknown): string {
  return /^(string|number)$/.test(typeof value) && /^\d{1,20}$/.test(String(value))
    ? String(value)
    : 'not digits';
}

/** A frame may send anything as a code, even a token. */
function codeText(code: unknown): string {
  if (typeof code !== 'string') return shortText(code);
  return /^\w{1,40}$/.test(code) ? code : 'not a code';
}

/** Headers and messages come from other code: keeps only text, and limits its length. */
function shortText(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 100) : `not text (${typeof value})`;
}
