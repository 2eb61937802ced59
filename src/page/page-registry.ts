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
  /** Who hears the further messages of a campaign, which its `relay` names, by the id of its div. */
  relays?: Map<string, Relay>;
  /** By the name of such a message, the queue in which this library's callback for it was registered last. */
  relayedIn?: Map<string, object>;
  /** What the page decides in script alone: see `page-trust.ts`. */
  trust?: PageTrust;
  /** Who is told of everything that passes between page and campaigns. Made by whoever comes first. */
  inspectors?: Set<(inspection: Inspection) => void>;
}

/** What a script tag says: `data-kit-url` and `data-allowed-hosts`, each null where it is not there. */
export type PageTag = readonly [kitUrl: string | null, allowedHosts: string | null];

/** The page's decisions about all campaigns on it. */
export interface PageTrust {
  kitUrl: string;
  /** Frozen; null: every host. */
  allowedHosts: readonly string[] | null;
  /** A campaign has started: the kit's address is fixed. */
  isStarted: boolean;
  /** What each script tag of the library that has run says. */
  readonly tags: PageTag[];
  /** What script has set: no tag changes it. */
  readonly setInScript: Set<'allowedHosts' | 'kitUrl'>;
  /** Called after each change of `allowedHosts`. */
  readonly listeners: Set<() => void>;
}

/** One thing that passed between a page and a campaign, as `qualifio-campaign/inspector` is told of it. */
export type Inspection = { campaignId: string } & (
  | {
      direction: 'to-page';
      /** A {@link MessageName}, or a name in `relay`. */
      name: string;
      /** As the message has it: of any type. */
      code: unknown;
      /** False: somebody else than the campaign's frame sent it, and it was ignored. */
      isGenuine: boolean;
    }
  | {
      direction: 'to-frame';
      name: 'requestParticipantAction' | 'userInfo';
      /** Whether the pre-login screen is to be shown; absent with `userInfo`. */
      answer?: boolean;
    }
  | { direction: 'from-source'; name: 'token'; token: TokenFacts }
);

/** What may be told of a token. Read, not verified. */
export interface TokenFacts {
  isEncrypted: boolean;
  /** Of the header, as it stands there: of any type. */
  alg: unknown;
  kid: unknown;
  /** Seconds until `exp`, by the endpoint's clock where that is known; undefined where the token does not say, or is encrypted. */
  secondsLeft: number | undefined;
  /** Whether `campaignId` is the declared one; undefined where none is declared, or the token does not say, or is encrypted. */
  isForCampaign: boolean | undefined;
  /** The claim `campaignId`, as it stands there: of any type. */
  campaignId?: unknown;
  /** The campaign's technical ID as `token-campaign-id`, or the endpoint, declares it; empty where neither does. */
  declaredCampaignId?: string;
}

/** Takes one message of a campaign's frame: its name, and its error code where it has one. */
export type Route = (name: MessageName, code: unknown) => void;

/** Takes one further message of a campaign's frame: its name, and what it holds, of any type. */
export type Relay = (name: string, data: unknown) => void;

/** Messages that a campaign's frame sends to the page, in Qualifio's words. */
export type MessageName = 'requestParticipantAction' | 'isLoggedIn' | 'error';

const key = Symbol.for('qualifio-campaign');

/** The page's registry, made at the first call. */
export function pageRegistry(): PageRegistry {
  const page = globalThis as { [key]?: PageRegistry };
  // Without a prototype: what is not there yet is not read from one that may have been polluted.
  const fresh = { __proto__: null, kits: new Map(), routes: new Map(), registeredIn: null };
  return (page[key] ??= fresh as PageRegistry);
}
