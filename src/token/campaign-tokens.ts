import type { SignedOutCause } from '../events.js';
import type { TokenAnswer, UsableToken } from './endpoint-answer.js';
import { QualifioError } from '../errors.js';
import { fingerprint } from './fingerprint.js';
import { inspect } from '../page/inspection.js';
import { prefetchedToken } from './prefetched-token.js';
import { readToken } from './secure-token.js';
import { requestToken, type TokenReason, type TokenSourceSettings } from './token-source.js';

/** Where tokens come from, and what they must name; read again at each use. */
export interface TokenSettings extends TokenSourceSettings {
  /** The campaign's technical ID, which a token's `campaignId` must be; empty if neither page nor endpoint declares it. */
  tokenCampaignId: string;
}

/**
 * The tokens of one campaign: requests them, one at a time, checks them, and remembers as
 * fingerprints which one was sent and which were refused. Stores no token except a prefetched one.
 */
export interface CampaignTokens {
  /** Whether any token was sent to the frame. */
  wereSent(): boolean;
  /**
   * Records that a token was sent to the frame. It is not used again, even if it was prefetched.
   */
  noteSent(token: string): void;
  /** Records that Qualifio refused the last token. It is never sent again. */
  noteRefused(error: QualifioError): void;
  /**
   * The participant may have changed: drops the request in progress and the held token, which
   * belong to the previous one. Promises of that request reject.
   */
  startAfresh(): void;
  /** Whether the participant is signed in: requests a token and drops it. */
  isSignedIn(): Promise<boolean>;
  /**
   * Returns a token to send now: the prefetched one, or a new one. If the new one has already
   * expired, requests one more if `mayAskAgain` allows it. One `token-timeout` covers both
   * requests.
   *
   * @returns the token, or why the participant counts as signed out.
   * @throws {QualifioError} phase `token`, or what Qualifio reported about this very token before.
   */
  get(reason: TokenReason, mayAskAgain: () => boolean): Promise<UsableToken | SignedOutCause>;
  /** Requests a token before the frame asks. Ignores errors: the real request reports them. */
  prefetch(): Promise<void>;
}

/**
 * @param campaignId the tag number.
 * @param frame returns the campaign's frame.
 * @param signal aborted when the campaign ends.
 */
export function campaignTokens(
  campaignId: string,
  settings: () => TokenSettings,
  frame: () => Element | null,
  signal: AbortSignal,
): CampaignTokens {
  let requesting: Promise<TokenAnswer | SignedOutCause> | null = null;
  let participant = new AbortController();
  /** The last request of `prefetch`, until another caller asks. */
  let prefetching: Promise<unknown> | null = null;
  let sent: number | null = null;
  const refused = new Map<number | null, QualifioError>();
  const prefetched = prefetchedToken(frame, () => prefetching && startAfresh(), signal);

  function startAfresh(): void {
    prefetched.drop();
    requesting = prefetching = null;
    participant.abort();
    participant = new AbortController();
  }

  /** @param spent as in {@link requestToken}. */
  async function ask(
    reason: TokenReason,
    attempt: number,
    spent: number,
  ): Promise<TokenAnswer | SignedOutCause> {
    const either = AbortSignal.any([signal, participant.signal]);
    return requestToken(settings(), { campaignId, reason, attempt, signal: either }, spent);
  }

  function request(
    reason: TokenReason,
    attempt = 1,
    spent = 0,
  ): Promise<TokenAnswer | SignedOutCause> {
    prefetching = null;
    if (requesting) return requesting;
    const mine = ask(reason, attempt, spent).finally(() => {
      if (requesting === mine) requesting = null;
    });
    return (requesting = mine);
  }

  function check(answer: TokenAnswer | SignedOutCause): UsableToken | SignedOutCause {
    if (typeof answer === 'string') return answer;
    const { token, now, hosts } = answer;
    const refusal = refused.get(fingerprint(token));
    if (refusal) throw refusal;
    const expiresAt = readToken(token, settings().tokenCampaignId, now, (facts) =>
      inspect({ campaignId, direction: 'from-source', name: 'token', token: facts }),
    );
    return { token, expiresAt, hosts };
  }

  return {
    wereSent: () => sent !== null,
    noteSent(token) {
      sent = fingerprint(token);
      prefetched.drop();
    },
    noteRefused(error) {
      refused.set(sent, error);
      // A source may have returned the same token twice.
      prefetched.drop();
    },
    startAfresh,
    isSignedIn: async () => typeof (await request('pre-login')) !== 'string',
    async get(reason, mayAskAgain) {
      const begin = performance.now();
      const held = reason === 'requested' && prefetched.take();
      if (held) return held;
      const answer = await request(reason);
      try {
        return check(answer);
      } catch (error) {
        const isExpired = error instanceof QualifioError && error.code === 'TOKEN_EXPIRED';
        if (!isExpired || !mayAskAgain()) throw error;
        return check(await request('expired', 2, performance.now() - begin));
      }
    },
    async prefetch() {
      // The frame has asked already.
      if (requesting) return;
      const mine = (prefetching = request('requested'));
      try {
        const answer = await mine;
        if (typeof answer === 'string') return;
        const token = check(answer) as UsableToken;
        if (prefetching === mine && !signal.aborted) prefetched.hold(token, answer.now);
      } catch {
        // The frame has not asked yet: there is nothing to report.
      }
    },
  };
}
