import type { TokenErrorCode } from '../model/knob-table.js';
import type { Json } from './token-format.js';
import type { TokenSummary } from '../model/transcript.js';

/** The verifier's result for one token. */
export interface Verdict {
  /** `null` if the token is good. */
  readonly code: TokenErrorCode | null;
  /** For people, in the frame's panel and the terminal: why, without any text from the token except its `campaignId`. */
  readonly reason: string;
  readonly token?: TokenSummary;
  /** Values that fill in the form; empty unless the token is good. */
  readonly form: Json;
}

/** Ends the verification of a token with a code. */
export class TokenFault extends Error {
  readonly code: TokenErrorCode;

  constructor(code: TokenErrorCode, reason: string) {
    super(reason);
    this.code = code;
  }
}
