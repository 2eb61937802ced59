/**
 * Something that a document of a campaign's frame has asked. It is open until the frame has another
 * document.
 */
export interface FrameAsk {
  isOpen: boolean;
  /** Whether the load event of the asking document is still to come. */
  isLoading: boolean;
  /** Length of the session history when the document asked. */
  readonly historyLength: number;
}

/**
 * The documents of one frame, and what they have asked: each step of a campaign is a document of its
 * own, and an answer must not go to a later document than the one that asked.
 *
 * A page knows of a document in a frame of another origin by its load event alone, and a document may
 * ask before that event. The length of the session history tells the two apart: it grows when the
 * frame goes on to another document. A document that asks after it has grown is still loading, and
 * its own load event closes nothing; every other load event does. So a document that came without a
 * new entry in the history (`location.replace()`, a reload) and asks before its load event is not
 * answered: it looks like the document before it, whose answer it must not get.
 */
export class FrameDocuments {
  #asks: FrameAsk[] = [];
  /** Length of the session history at the last load event; null before the first. */
  #historyLength: number | null = null;

  /** The document that stands in the frame now asks. */
  ask(): FrameAsk {
    const ask = {
      isOpen: true,
      isLoading: history.length !== this.#historyLength,
      historyLength: history.length,
    };
    this.#asks.push(ask);
    return ask;
  }

  /** The ask was answered, or is not to be. */
  close(ask: FrameAsk | null): void {
    if (ask) ask.isOpen = false;
    this.#asks = this.#asks.filter(({ isOpen }) => isOpen);
  }

  /** A document has loaded: closes what earlier ones have asked. */
  loaded(): void {
    for (const ask of this.#asks) {
      ask.isOpen = ask.isLoading && ask.historyLength === history.length;
      ask.isLoading = false;
    }
    this.#historyLength = history.length;
    this.close(null);
  }

  /** The frame is gone, or another one: nothing is open, and nothing has loaded. */
  reset(): void {
    for (const ask of this.#asks) ask.isOpen = false;
    this.#asks = [];
    this.#historyLength = null;
  }
}
