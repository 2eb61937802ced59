import type { TokenErrorCode } from './knob-table.js';

/** What a transcript contains of a token: never the token itself, or a claim about the participant. It is not verified. */
export interface TokenSummary {
  readonly kind: 'JWS' | 'JWE';
  /** `alg` of the token as sent: for a JWE, that of the encryption. */
  readonly alg: string;
  readonly kid?: string;
  /** The technical ID of the campaign that it names, as text; absent if it names none. */
  readonly campaignId?: string;
  /** Seconds until `exp`, by the verifier's clock; absent if it cannot be read. */
  readonly secondsLeft?: number;
}

/** One message between page and campaign. */
export interface TranscriptEntry {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly direction: 'to-page' | 'to-frame';
  /** The message's name, such as `isLoggedIn`. */
  readonly name: string;
  readonly divId: string;
  readonly code?: TokenErrorCode;
  readonly token?: TokenSummary;
  /** More details, for people. */
  readonly note?: string;
}

/** Receives each new entry. */
export type TranscriptListener = (entry: TranscriptEntry) => void;

// Many messages must not fill the memory of a simulator that runs for days.
export const longestTranscript = 10_000;

/** The messages of all campaigns, oldest first. */
export class Transcript {
  readonly entries: TranscriptEntry[] = [];
  readonly #listeners = new Set<TranscriptListener>();
  readonly #sessions = new WeakMap<TranscriptEntry, string>();

  /** @param session the session of the campaign's documents that the message belongs to. */
  record(entry: Omit<TranscriptEntry, 'time'>, session = ''): TranscriptEntry {
    const recorded = Object.freeze({ time: Date.now(), ...entry });
    this.entries.push(recorded);
    this.#sessions.set(recorded, session);
    if (this.entries.length > longestTranscript) this.entries.shift();
    for (const listener of this.#listeners) listener(recorded);
    return recorded;
  }

  /** The entries of one session of a campaign. */
  ofSession(session: string): readonly TranscriptEntry[] {
    return this.entries.filter((entry) => this.#sessions.get(entry) === session);
  }

  clear(): void {
    this.entries.length = 0;
  }

  /** @returns a function that ends the subscription. */
  subscribe(listener: TranscriptListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
