import type { TokenAnswer, UsableToken } from './endpoint-answer.js';
import { QualifioError } from '../errors.js';
import type { SignedOutCause } from '../events.js';
import { fingerprint } from './fingerprint.js';
import { inspect } from '../page/inspection.js';
import { PrefetchedToken } from './prefetched-token.js';
import { readToken } from './secure-token.js';
import { requestToken, type TokenReason, type TokenSourceSettings } from './token-source.js';

/** Where tokens come from, and what they must name; read again at each use. */
export interface TokenSettings extends TokenSourceSettings {
  /** The campaign's technical ID, which a token's `campaignId` must be; empty if neither page nor endpoint declares it. */
  tokenCampaignId: string;
}

/** What a campaign's tokens depend on. */
export interface CampaignTokensParts {
  /** The number in the tag. */
  campaignId: string;
  settings: () => TokenSettings;
  /** Returns the campaign's frame. */
  frame: () => Element | null;
  /** Aborted when the campaign ends. */
  signal: AbortSignal;
}

/**
 * The tokens of one campaign: requests them, one at a time, checks them, and remembers as
 * fingerprints which one was sent and which were refused. Stores no token except a prefetched one.
 */
export class CampaignTokens {
  readonly #campaignId: string;
  readonly #settings: () => TokenSettings;
  readonly #signal: AbortSignal;
  readonly #prefetched: PrefetchedToken;
  #requesting: Promise<TokenAnswer | SignedOutCause> | null = null;
  #request = new AbortController();
  #prefetching = false;
  #sent: number | null = null;
  readonly #refused = new Map<number, QualifioError>();

  constructor({ campaignId, settings, frame, signal }: CampaignTokensParts) {
    this.#campaignId = campaignId;
    this.#settings = settings;
    this.#signal = signal;
    this.#prefetched = new PrefetchedToken(frame, () => this.#leavePrefetch(), signal);
  }

  /** Whether any token was sent to the frame. */
  get wereSent(): boolean {
    return this.#sent !== null;
  }

  /** A token was sent to the frame: it is not used again, even if a prefetch requested it. */
  noteSent(token: string): void {
    this.#sent = fingerprint(token);
    this.#prefetching = false;
    this.#prefetched.drop();
  }

  /** Qualifio refused the last token: it is never sent again. */
  noteRefused(error: QualifioError): void {
    if (this.#sent !== null) this.#refused.set(this.#sent, error);
    // A source may have returned it twice.
    this.#prefetched.drop();
  }

  /**
   * The participant may have changed: a request in progress and a held token, which belong to the
   * previous one, are dropped. What waits for the request rejects.
   */
  startAfresh(): void {
    this.#prefetching = false;
    this.#prefetched.drop();
    this.#requesting = null;
    this.#request.abort();
    this.#request = new AbortController();
  }

  /** Whether the participant is signed in: requests a token and drops it. */
  async isSignedIn(): Promise<boolean> {
    return typeof (await this.#fetch('pre-login', 1)) !== 'string';
  }

  /**
   * A token to send now: the prefetched one, or a new one; if that has already expired, one more, if
   * `mayAskAgain` allows it. One `token-timeout` covers both.
   *
   * @returns what says so, if the participant is signed out.
   * @throws {QualifioError} phase `token`, or what Qualifio reported about this very token before.
   */
  async get(
    reason: TokenReason,
    mayAskAgain: () => boolean,
  ): Promise<UsableToken | SignedOutCause> {
    const begin = performance.now();
    const held = reason === 'requested' ? this.#prefetched.take() : null;
    if (held !== null) return held;
    const answer = await this.#fetch(reason, 1);
    try {
      return this.#check(answer);
    } catch (error) {
      const isExpired = error instanceof QualifioError && error.code === 'TOKEN_EXPIRED';
      if (!isExpired || !mayAskAgain()) throw error;
      return this.#check(await this.#fetch('expired', 2, performance.now() - begin));
    }
  }

  /** A token that is being prefetched will not be held, and no later ask joins its request. */
  #leavePrefetch(): void {
    if (this.#prefetching) this.#requesting = null;
    this.#prefetching = false;
  }

  /** Requests a token before the frame asks. Errors are left to the real request. */
  async prefetch(): Promise<void> {
    this.#prefetching = true;
    try {
      const answer = await this.#fetch('requested', 1);
      if (typeof answer === 'string') return;
      const usable = this.#check(answer) as UsableToken;
      // The real request may have joined this one and sent the token.
      if (this.#prefetching && !this.#signal.aborted) this.#prefetched.hold(usable, answer.now);
    } catch {
      // The frame has not asked yet: there is nothing to report.
    } finally {
      this.#prefetching = false;
    }
  }

  /** @param spent as in {@link requestToken}. */
  #fetch(
    reason: TokenReason,
    attempt: number,
    spent: number = 0,
  ): Promise<TokenAnswer | SignedOutCause> {
    if (this.#requesting) return this.#requesting;
    const requesting = this.#ask(reason, attempt, spent).finally(() => {
      if (this.#requesting === requesting) this.#requesting = null;
    });
    return (this.#requesting = requesting);
  }

  async #ask(
    reason: TokenReason,
    attempt: number,
    spent: number,
  ): Promise<TokenAnswer | SignedOutCause> {
    const signal = AbortSignal.any([this.#signal, this.#request.signal]);
    const request = { campaignId: this.#campaignId, reason, attempt, signal };
    return requestToken(this.#settings(), request, spent);
  }

  #check(answer: TokenAnswer | SignedOutCause): UsableToken | SignedOutCause {
    if (typeof answer === 'string') return answer;
    const { token, now, hosts } = answer;
    const refusal = this.#refused.get(fingerprint(token));
    if (refusal) throw refusal;
    const campaignId = this.#campaignId;
    const { tokenCampaignId } = this.#settings();
    const expiresAt = readToken(token, tokenCampaignId, now, (facts) =>
      inspect({ campaignId, direction: 'from-source', name: 'token', token: facts }),
    );
    return { token, expiresAt, hosts };
  }
}
