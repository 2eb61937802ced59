import type { Settings } from '../options.js';
import type { Transcript } from '../model/transcript.js';
import type { TranscriptStreams } from './transcript-stream.js';
import type { TokenCounts } from '../verification/token-counts.js';
import type { Verifier } from '../verification/verify-token.js';

/** What one simulator's answers are made from. */
export interface SimulatorState {
  readonly settings: Settings;
  readonly transcript: Transcript;
  readonly streams: TranscriptStreams;
  readonly verifier: Verifier;
  readonly tokenCounts: TokenCounts;
  /** Told why a token was refused: text for people, without a word from the token. */
  readonly onRefusal: (reason: string) => void;
}
