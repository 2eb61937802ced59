/** A question from a document of a campaign's frame. */
export interface FrameAsk {
  /**
   * - `open`: the document that asked is in the frame, as far as a page can know.
   * - `unsure`: it may still be in the frame; the ask is open again at the next sign of life.
   * - `closed`: it is gone, or has its answer.
   */
  state: 'open' | 'unsure' | 'closed';
  /** Host of the document, if the page knows it: a frame can navigate to another host that the page allows. */
  readonly host: string | null;
}

/** What the page knows about the time of an ask. */
interface Asking {
  /** The session history at that time. */
  readonly moment: Moment;
  /** Whether the document asked before it had loaded. */
  readonly isEarly: boolean;
  /** A document has loaded since. */
  hasLoaded: boolean;
}

/** The session history, and which of its entries is the page's. */
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
 * The documents of one frame, and what they have asked: each step of a campaign is a separate
 * document, and an answer must not go to a later document than the one that asked.
 *
 * A page learns of a document in a frame of another origin only from its load event, and a document
 * may ask before that event. So the first load event after an ask may belong to the document that
 * asked, or to a later one; the second always belongs to a later one. In most cases the session
 * history shows which: it grows when the frame navigates. If it does not (`location.replace()`, a full
 * history, a page that adds entries itself), the ask is unsure: it is open again only when the
 * campaign shows, from its own origin, that it is still in the frame
 * ({@link FrameDocuments.signOfLife}).
 */
export interface FrameDocuments {
  /** The document that is now in the frame asks, from `host`. */
  ask(host: string | null): FrameAsk;
  /** The ask was answered, or needs no answer. */
  close(ask: FrameAsk | null): void;
  /** A document has loaded. */
  loaded(): void;
  /** A message of any kind has come from the campaign's own origin in the frame. */
  signOfLife(): void;
  /** The frame is gone or was replaced: nothing is open, and nothing has loaded. */
  reset(): void;
}

/** Starts the record of a frame that does not exist yet. */
export function frameDocuments(): FrameDocuments {
  /** The asks that are not closed. */
  const asks = new Map<FrameAsk, Asking>();
  let atLoad: Moment | null = null;
  const close = (ask: FrameAsk | null): void => {
    if (!ask) return;
    ask.state = 'closed';
    asks.delete(ask);
  };
  return {
    close,
    ask(host) {
      const ask: FrameAsk = { state: 'open', host };
      const moment = now();
      const isEarly = !atLoad || hasGoneOn(atLoad, moment);
      asks.set(ask, { moment, isEarly, hasLoaded: false });
      return ask;
    },
    loaded() {
      const moment = now();
      for (const [ask, asking] of asks) {
        const mayBeOwn =
          ask.state === 'open' && !asking.hasLoaded && !hasGoneOn(asking.moment, moment);
        const isOwn = asking.isEarly && (!atLoad || asking.moment.length === moment.length);
        asking.hasLoaded = true;
        if (!mayBeOwn) close(ask);
        else if (!isOwn) ask.state = 'unsure';
      }
      atLoad = moment;
    },
    signOfLife() {
      for (const ask of asks.keys()) ask.state = 'open';
    },
    reset() {
      [...asks.keys()].forEach(close);
      atLoad = null;
    },
  };
}
