import type { TokenAnswer, UsableToken } from './endpoint-answer.js';
import { QualifioError } from '../errors.js';
import { fingerprint } from './fingerprint.js';
import { inspect } from '../page/inspection.js';
import { PrefetchedToken } from './prefetched-token.js';
import { readToken } from './secure-token.js';
import { requestToken, type TokenReason, type TokenSourceSettings } from './token-source.js';

/** Where tokens come from, and what they must name; read anew at each use. */
export interface TokenSettings extends TokenSourceSettings {
  /** The campaign's technical ID, which a token's `campaignId` must be; empty where neither page nor endpoint declares it. */
  tokenCampaignId: string;
}

/** What the tokens of a campaign depend on. */
export interface CampaignTokensParts {
  /** The number in the tag. */
  campaignId: string;
  settings: () => TokenSettings;
  /** Gives the campaign's frame. */
  frame: () => Element | null;
  /** Aborted when the campaign ends. */
  signal: AbortSignal;
}

/**
 * The tokens of one campaign: asks for them, one request at a time, checks them, and remembers
 * which one was sent and which were refused, as fingerprints. Keeps no token, but for a prefetched one.
 */
export class CampaignTokens {
  readonly #campaignId: string;
  readonly #settings: () => TokenSettings;
  readonly #signal: AbortSignal;
  readonly #prefetched: PrefetchedToken;
  #requesting: Promise<TokenAnswer | null> | null = null;
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

  /** Whether a token was handed to the frame at all. */
  get wereSent(): boolean {
    return this.#sent !== null;
  }

  /** A token was handed to the frame: it is not given again, though it may have come by a prefetch's request. */
  noteSent(token: string): void {
    this.#sent = fingerprint(token);
    this.#prefetching = false;
    this.#prefetched.drop();
  }

  /** Qualifio refused the token sent last: that one is never given again. */
  noteRefused(error: QualifioError): void {
    if (this.#sent !== null) this.#refused.set(this.#sent, error);
    // A source may have given it twice.
    this.#prefetched.drop();
  }

  /**
   * The participant may be another one now: what was asked for, or held, in the former one's name is
   * not to be had any more. What waits for it rejects.
   */
  startAfresh(): void {
    this.#prefetching = false;
    this.#prefetched.drop();
    this.#requesting = null;
    this.#request.abort();
    this.#request = new AbortController();
  }

  /** Whether the participant is signed in, by asking for a token and dropping it. */
  async isSignedIn(): Promise<boolean> {
    return (await this.#fetch('pre-login', 1)) !== null;
  }

  /**
   * A token to send now: the prefetched one, or a fresh one; where that has expired already, one more,
   * if `mayAskAgain` lets it. One `token-timeout` covers both.
   *
   * @returns null where the participant is signed out.
   * @throws {QualifioError} phase `token`, or what Qualifio said of this very token before.
   */
  async get(reason: TokenReason, mayAskAgain: () => boolean): Promise<UsableToken | null> {
    const begin = performance.now();
    const held = reason === 'requested' ? this.#prefetched.take() : null;
    if (held !== null) return held;
    const answer = await this.#fetch(reason, 1);
    try {
      return answer && this.#check(answer);
    } catch (error) {
      const isExpired = error instanceof QualifioError && error.code === 'TOKEN_EXPIRED';
      if (!isExpired || !mayAskAgain()) throw error;
      const fresh = await this.#fetch('expired', 2, performance.now() - begin);
      return fresh && this.#check(fresh);
    }
  }

  /** A prefetched token that is under way is not held, and no later ask joins its request. */
  #leavePrefetch(): void {
    if (this.#prefetching) this.#requesting = null;
    this.#prefetching = false;
  }

  /** Asks for a token ahead of the frame. Whatever goes wrong is left to the real ask. */
  async prefetch(): Promise<void> {
    this.#prefetching = true;
    try {
      const answer = await this.#fetch('requested', 1);
      const usable = answer && this.#check(answer);
      // The real ask may have joined this request, and have sent the token already.
      if (usable && this.#prefetching && !this.#signal.aborted) {
        this.#prefetched.hold(usable, answer.now);
      }
    } catch {
      // The frame has not asked yet: there is nobody to tell.
    }
    this.#prefetching = false;
  }

  /** @param spent as in {@link requestToken}. */
  #fetch(reason: TokenReason, attempt: number, spent: number = 0): Promise<TokenAnswer | null> {
    if (this.#requesting) return this.#requesting;
    const requesting = this.#ask(reason, attempt, spent).finally(() => {
      if (this.#requesting === requesting) this.#requesting = null;
    });
    return (this.#requesting = requesting);
  }

  async #ask(reason: TokenReason, attempt: number, spent: number): Promise<TokenAnswer | null> {
    const signal = AbortSignal.any([this.#signal, this.#request.signal]);
    const request = { campaignId: this.#campaignId, reason, attempt, signal };
    return requestToken(this.#settings(), request, spent);
  }

  #check({ token, now, hosts }: TokenAnswer): UsableToken {
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
