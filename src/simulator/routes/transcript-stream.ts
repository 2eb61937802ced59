import { longestTranscript, type Transcript, type TranscriptEntry } from '../model/transcript.js';

// A client that never reads is disconnected: at most two whole transcripts wait for it.
const mostUnread = 2 * longestTranscript;

/** Open streams of one simulator, so that they can be ended together. */
export class TranscriptStreams {
  readonly #open = new Set<() => void>();
  readonly #transcript: Transcript;

  constructor(transcript: Transcript) {
    this.#transcript = transcript;
  }

  /** Server-sent events: first the recorded entries, then new ones. */
  response(): Response {
    const encoder = new TextEncoder();
    let end = (): void => undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const send = (entry: TranscriptEntry) => {
          controller.enqueue(encoder.encode(`data: ${JSON.stringify(entry)}\n\n`));
          if ((controller.desiredSize ?? 0) < -mostUnread) close();
        };
        // A comment sends the headers immediately, so the client knows that it is connected.
        controller.enqueue(encoder.encode(': transcript\n\n'));
        const close = () => {
          end();
          controller.close();
        };
        for (const entry of this.#transcript.entries) send(entry);
        const unsubscribe = this.#transcript.subscribe(send);
        this.#open.add(close);
        end = () => {
          unsubscribe();
          this.#open.delete(close);
        };
      },
      cancel: () => end(),
    });
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
  }

  /** Ends every open stream. */
  close(): void {
    for (const close of [...this.#open]) close();
  }
}
