import { createApp } from './routes/app.js';
import { readOptions, type SimulatorOptions } from './options.js';
import { TokenCounts } from './verification/token-counts.js';
import type { Campaigns } from './model/campaigns.js';
import { Transcript, type TranscriptEntry } from './model/transcript.js';
import { TranscriptStreams } from './routes/transcript-stream.js';
import { Verifier } from './verification/verify-token.js';

/** Qualifio's side, as a function from requests to responses. */
export interface Simulator {
  /** Answers a request, whatever its host: `/kit/qualp.2.min.js`, `/20/<GUID>/v1.cfm`, `/transcript`, ... */
  fetch(request: Request): Promise<Response>;
  /** The messages so far, oldest first; at most the latest 10,000. */
  readonly transcript: readonly TranscriptEntry[];
  /** Empties the transcript and forgets which tokens were used. Keys and knobs stay. */
  reset(): void;
}

/** What a process that serves a simulator needs in addition. */
export interface ServableSimulator extends Simulator {
  /** Called for each message from now on. */
  onEntry(listener: (entry: TranscriptEntry) => void): void;
  /** Why tokens cannot be checked right now, for people; `null` if they can. */
  complaint(): Promise<string | null>;
  /** Ends the open transcript streams, and all requests to other servers. */
  close(): void;
}

/**
 * Makes a simulator of Qualifio's side: kit, campaign frame, and a check of
 * tokens that really verifies. For development and tests only.
 *
 * It opens no port and starts no timer: call `fetch`, or serve it with
 * `serveSimulator`. It never stores or prints a token.
 *
 * @param options all optional; without a key the simulator creates a temporary key pair.
 * @throws TypeError naming the option that is wrong.
 * @example
 * const simulator = createSimulator({ publicKey: publicKeyPem, oneUse: true });
 * const kit = await simulator.fetch(new Request('http://localhost/kit/qualp.2.min.js'));
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { fetch, transcript, reset } = createServable(options);
  return { fetch, transcript, reset };
}

/**
 * Like {@link createSimulator}, with what a server needs.
 *
 * @param onNote receives notes for people, without any text from a token: why one was refused, and
 *   once for each tag that it is not declared.
 */
export function createServable(
  options: SimulatorOptions,
  onNote: (text: string) => void = () => undefined,
): ServableSimulator {
  const closing = new AbortController();
  const settings = readOptions(options, closing.signal);
  const transcript = new Transcript();
  const streams = new TranscriptStreams(transcript);
  const verifier = new Verifier(settings);
  const tokenCounts = new TokenCounts();
  const onRefusal = (reason: string): void => onNote(`token refused: ${reason}`);
  noteUndeclared(settings.campaigns, transcript, onNote);
  return {
    fetch: createApp({ settings, transcript, streams, verifier, tokenCounts, onRefusal }),
    transcript: transcript.entries,
    reset: () => {
      transcript.clear();
      verifier.reset();
      tokenCounts.clear();
    },
    onEntry: (listener) => void transcript.subscribe(listener),
    complaint: async () => (await settings.verificationKey.complaint?.()) ?? null,
    close: () => {
      closing.abort();
      streams.close();
    },
  };
}

/** Notes each tag of the transcript that is not declared, once. */
function noteUndeclared(
  campaigns: Campaigns,
  transcript: Transcript,
  onNote: (text: string) => void,
): void {
  const noted = new Set<string>();
  transcript.subscribe(({ divId }) => {
    const tag = /\d+$/.exec(divId)?.[0];
    if (tag === undefined || noted.has(tag) || !campaigns.lacks(tag)) return;
    noted.add(tag);
    onNote(campaigns.complaint(tag));
  });
}
