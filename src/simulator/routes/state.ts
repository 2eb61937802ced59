import type { Settings } from '../options.js';
import type { Transcript } from '../model/transcript.js';
import type { TranscriptStreams } from './transcript-stream.js';
import type { TokenCounts } from '../verification/token-counts.js';
import type { Verifier } from '../verification/verify-token.js';

/** The parts of one simulator. */
export interface SimulatorState {
  readonly settings: Settings;
  readonly transcript: Transcript;
  readonly streams: TranscriptStreams;
  readonly verifier: Verifier;
  readonly tokenCounts: TokenCounts;
  /** Receives the reason why a token was refused: text for people, without any text from the token. */
  readonly onRefusal: (reason: string) => void;
}
