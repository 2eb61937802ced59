/** Something that a document of a campaign's frame has asked. */
export interface FrameAsk {
  /** The asking document stands in the frame, as far as a page can know. */
  isOpen: boolean;
  /** The document may stand there all the same: open again with the next sign of the campaign's life. */
  isUnsure: boolean;
  /** Whether the document had yet to load when it asked. */
  readonly isEarly: boolean;
  /** Host of the document, where the page knows it: a frame can be led to another host that the page allows. */
  readonly host: string | null;
  /** A document has loaded since. */
  hasLoaded: boolean;
  /** When it asked, as the page saw it. */
  readonly moment: Moment;
}

/** The session history, and which entry of it is the page's own. */
interface Moment {
  readonly length: number;
  readonly own: string;
}

function now(): Moment {
  // Where there is no such thing, an element may have its name.
  const page = window as { navigation?: { currentEntry?: { id: string } | null } };
  const entry = Object.hasOwn(page, 'navigation') ? page.navigation?.currentEntry : null;
  return { length: history.length, own: `${entry?.id} ${location.href}` };
}

/** Whether the frame, not the page, has made an entry in the history meanwhile. */
function hasGoneOn(before: Moment, after: Moment): boolean {
  return before.length !== after.length && before.own === after.own;
}

/**
 * The documents of one frame, and what they have asked: each step of a campaign is a document of its
 * own, and an answer must not go to a later document than the one that asked.
 *
 * A page knows of a document in a frame of another origin by its load event alone, and a document may
 * ask before that event. So the first load event after an ask may be that of the asking document, or of
 * a later one; the second is always that of a later one. The session history tells in most cases: it
 * grows when the frame goes on. Where it does not (`location.replace()`, a full history, a page that
 * makes entries itself), the ask is unsure: it is open again once the campaign shows from its own
 * origin that it is still in the frame ({@link FrameDocuments.signOfLife}), and never otherwise.
 */
export class FrameDocuments {
  #asks: FrameAsk[] = [];
  #atLoad: Moment | null = null;

  /** The document that stands in the frame now asks, from `host`. */
  ask(host: string | null): FrameAsk {
    const moment = now();
    const isEarly = this.#atLoad === null || hasGoneOn(this.#atLoad, moment);
    const ask = { isOpen: true, isUnsure: false, isEarly, host, hasLoaded: false, moment };
    this.#asks.push(ask);
    return ask;
  }

  /** The ask was answered, or is not to be. */
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

  /** A message, of whatever kind, has come from the campaign's own origin in the frame. */
  signOfLife(): void {
    for (const ask of this.#asks) {
      if (ask.isUnsure) Object.assign(ask, { isOpen: true, isUnsure: false });
    }
  }

  /** The frame is gone, or another one: nothing is open, and nothing has loaded. */
  reset(): void {
    for (const ask of this.#asks) ask.isOpen = ask.isUnsure = false;
    this.#asks = [];
    this.#atLoad = null;
  }
}
