/**
 * What all copies of this library on a page share, so that two versions, or the CDN file beside a
 * bundle, load the kit once and register with it once. It hangs on the window under a registered
 * symbol, which no markup can clobber, and holds no token.
 *
 * Its shape is a contract between versions: fields may be added, never changed.
 */
export interface PageRegistry {
  /** Kits that are being loaded, by URL. */
  readonly kits: Map<string, Promise<void>>;
  /** Who hears messages of a campaign, by the id of its div. */
  readonly routes: Map<string, Route>;
  /** The queue in which this library's callbacks were registered last. */
  registeredIn: object | null;
}

/** Takes one message of a campaign's frame: its name, and its error code where it has one. */
export type Route = (name: MessageName, code: unknown) => void;

/** Messages that a campaign's frame sends to the page, in Qualifio's words. */
export type MessageName = 'requestParticipantAction' | 'isLoggedIn' | 'error';

const key = Symbol.for('qualifio-campaign');

/** The page's registry, made at the first call. */
export function pageRegistry(): PageRegistry {
  const page = globalThis as { [key]?: PageRegistry };
  return (page[key] ??= { kits: new Map(), routes: new Map(), registeredIn: null });
}
