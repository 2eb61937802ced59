import { UsedTokens, checkClaims, readCampaignId } from './claims.js';
import { decrypt } from './decrypt.js';
import type { DecryptionKey } from './decryption-key.js';
import type { Campaigns } from '../model/campaigns.js';
import type { FrameKnobs } from '../model/knob-table.js';
import { readProfile } from './profile.js';
import { checkSignature } from './signature.js';
import { splitToken, type Json, type TokenParts } from './token-format.js';
import type { TokenSummary } from '../model/transcript.js';
import type { VerificationKey } from './verification-key.js';
import { TokenFault, type Verdict } from './verdict.js';

/** A token to verify, and the knobs of the frame that received it. */
export interface Submission {
  readonly token: unknown;
  /** The number in the div id of the frame that received it. */
  readonly tag: string;
  /** The position of this token among those that its frame waited for, from 1; 0 if it is not one of them. */
  readonly nth: number;
  readonly knobs: FrameKnobs;
}

/** Filled while a token is read: a refused token has a summary too. */
interface Seen {
  token?: TokenSummary;
}

/** How tokens are verified. */
export interface VerifierSettings {
  readonly verificationKey: VerificationKey;
  readonly decryptionKey: DecryptionKey | null;
  readonly campaigns: Campaigns;
  /** Each `jti` is accepted once. */
  readonly oneUse: boolean;
  /** Tolerance for `exp` and `nbf`, in seconds. */
  readonly tolerance: number;
  readonly profileUrl: URL | null;
  /** Aborted when the simulator closes. */
  readonly closing: AbortSignal;
}

/** Qualifio's verification of tokens, with one code for each way to fail. */
export class Verifier {
  readonly #settings: VerifierSettings;
  readonly #used = new UsedTokens();

  constructor(settings: VerifierSettings) {
    this.#settings = settings;
  }

  /** Forgets which tokens were used. */
  reset(): void {
    this.#used.clear();
  }

  /** Does not reject for a bad token: the verdict contains what is wrong. */
  async verify(submission: Submission): Promise<Verdict> {
    const seen: Seen = {};
    try {
      const form = await this.#read(submission, seen);
      return { code: null, reason: 'the token is valid', form, ...seen };
    } catch (error) {
      // A knob overrides the real result, but not the summary.
      const fault = forcedFault(submission) ?? error;
      if (!(fault instanceof TokenFault)) throw fault;
      return { code: fault.code, reason: fault.message, form: {}, ...seen };
    }
  }

  async #read(submission: Submission, seen: Seen): Promise<Json> {
    const { token, tag, knobs } = submission;
    const { verificationKey, decryptionKey, campaigns, tolerance, oneUse } = this.#settings;
    const now = Math.floor(Date.now() / 1000) + knobs.clock;
    if (token === undefined || token === null || token === '') {
      throw new TokenFault('TOKEN_EMPTY', 'there is no token');
    }
    const outer = splitToken(typeof token === 'string' ? token : '');
    if ('fault' in outer) throw new TokenFault('TOKEN_INVALID_FORMAT', outer.fault);
    seen.token = summarize(outer, outer, now);
    const text = String(token);
    const { jws, parts } =
      outer.kind === 'JWE' ? await decrypt(text, decryptionKey) : { jws: text, parts: outer };
    seen.token = summarize(outer, parts, now);
    if (parts.claims === null) {
      throw new TokenFault('TOKEN_INVALID_FORMAT', 'its payload is not a JSON object');
    }
    const forced = forcedFault(submission);
    if (forced !== null) throw forced;
    await checkSignature(jws, parts, verificationKey);
    checkClaims(parts.claims, { tag, expected: campaigns.expected(tag), now, tolerance });
    const takeBack = oneUse ? this.#used.use(parts.claims) : () => undefined;
    try {
      return await readProfile(parts.claims, this.#settings);
    } catch (error) {
      takeBack();
      throw error;
    }
  }
}

function forcedFault({ nth, knobs: { error, errorNth } }: Submission): TokenFault | null {
  const applies = errorNth === undefined ? error !== undefined : nth === errorNth;
  return applies ? new TokenFault(error ?? 'UNKNOWN', 'a knob requires it for every token') : null;
}

function summarize(outer: TokenParts, inner: TokenParts, now: number): TokenSummary {
  const { alg, kid } = outer.header;
  const exp = inner.claims?.['exp'];
  const campaignId = inner.claims && readCampaignId(inner.claims);
  return {
    kind: outer.kind,
    alg: alg.slice(0, 64),
    ...(typeof kid === 'string' && { kid: kid.slice(0, 200) }),
    ...(campaignId && { campaignId }),
    ...(typeof exp === 'number' && { secondsLeft: Math.round(exp - now) }),
  };
}
