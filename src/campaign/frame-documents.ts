/** A question from a document of a campaign's frame. */
export interface FrameAsk {
  /** The document that asked is in the frame, as far as a page can know. */
  isOpen: boolean;
  /** The document may still be in the frame: the ask is open again at the next sign of life. */
  isUnsure: boolean;
  /** Whether the document asked before it had loaded. */
  readonly isEarly: boolean;
  /** Host of the document, if the page knows it: a frame can navigate to another host that the page allows. */
  readonly host: string | null;
  /** A document has loaded since. */
  hasLoaded: boolean;
  /** The session history when it asked. */
  readonly moment: Moment;
}

/** The session history, and which entry of it is the page's own. */
interface Moment {
  readonly length: number;
  readonly own: string;
}

function now(): Moment {
  // In a browser without the Navigation API, an element may have this name.
  const page = window as { navigation?: { currentEntry?: { id: string } | null } };
  const entry = Object.hasOwn(page, 'navigation') ? page.navigation?.currentEntry : null;
  return { length: history.length, own: `${entry?.id} ${location.href}` };
}

/** Whether the frame, not the page, has added an entry to the history since. */
function hasGoneOn(before: Moment, after: Moment): boolean {
  return before.length !== after.length && before.own === after.own;
}

/**
 * The documents of one frame, and what they have asked: each step of a campaign is a document of its
 * own, and an answer must not go to a later document than the one that asked.
 *
 * A page learns of a document in a frame of another origin only from its load event, and a document
 * may ask before that event. So the first load event after an ask may belong to the document that
 * asked, or to a later one; the second always belongs to a later one. In most cases the session
 * history shows which: it grows when the frame navigates. If it does not (`location.replace()`, a full
 * history, a page that adds entries itself), the ask is unsure: it is open again only when the
 * campaign shows, from its own origin, that it is still in the frame
 * ({@link FrameDocuments.signOfLife}).
 */
export class FrameDocuments {
  #asks: FrameAsk[] = [];
  #atLoad: Moment | null = null;

  /** The document that is now in the frame asks, from `host`. */
  ask(host: string | null): FrameAsk {
    const moment = now();
    const isEarly = this.#atLoad === null || hasGoneOn(this.#atLoad, moment);
    const ask = { isOpen: true, isUnsure: false, isEarly, host, hasLoaded: false, moment };
    this.#asks.push(ask);
    return ask;
  }

  /** The ask was answered, or needs no answer. */
  close(ask: FrameAsk | null): void {
    if (ask) ask.isOpen = ask.isUnsure = false;
    this.#asks = this.#asks.filter(({ isOpen, isUnsure }) => isOpen || isUnsure);
  }

  /** A document has loaded. */
  loaded(): void {
    const moment = now();
    for (const ask of this.#asks) {
      const mayBeOwn = ask.isOpen && !ask.hasLoaded && !hasGoneOn(ask.moment, moment);
      const isOwn = ask.isEarly && (this.#atLoad === null || ask.moment.length === moment.length);
      ask.isOpen = mayBeOwn && isOwn;
      ask.isUnsure = mayBeOwn && !isOwn;
      ask.hasLoaded = true;
    }
    this.#atLoad = moment;
    this.close(null);
  }

  /** A message of any kind has come from the campaign's own origin in the frame. */
  signOfLife(): void {
    for (const ask of this.#asks) {
      if (ask.isUnsure) Object.assign(ask, { isOpen: true, isUnsure: false });
    }
  }

  /** The frame is gone or was replaced: nothing is open, and nothing has loaded. */
  reset(): void {
    for (const ask of this.#asks) ask.isOpen = ask.isUnsure = false;
    this.#asks = [];
    this.#atLoad = null;
  }
}
