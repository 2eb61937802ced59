/**
 * What all copies of this library on a page share, so that two versions, or the CDN file beside a
 * bundle, load the kit once and register with it once. It is on the window under a registered
 * symbol, which markup cannot clobber, and contains no token.
 *
 * Its shape is a contract between versions: fields may be added, never changed.
 */
export interface PageRegistry {
  /** Kits that are being loaded, by URL. */
  readonly kits: Map<string, Promise<void>>;
  /** Receivers of campaigns' messages, by the id of a campaign's div. */
  readonly routes: Map<string, Route>;
  /**
   * Asks the campaign of a div to end, by the div's id; it does if the page does not show it. Created at
   * the first use.
   */
  holders?: Map<string, () => void>;
  /**
   * The queue in which this library last registered its callback, by message name. Created at the
   * first use.
   */
  registeredIn?: Map<string, object>;
  /** Each `<qualifio-sign-in>` of the page, as a function that has it look again; only the first answers. Created at the first use. */
  signIns?: Set<() => void>;
  /** Names of the messages for which other code has registered a callback. Created at the first use. */
  foreignCallbacks?: Set<string>;
  /** Ids of the divs to whose frames other code has sent a token. Created at the first use. */
  foreignTokens?: Set<string>;
  /** Settings that only script can change: see `page-trust.ts`. */
  trust?: PageTrust;
  /** Receivers of everything that passes between page and campaigns. Created at the first use. */
  inspectors?: Set<(inspection: Inspection) => void>;
}

/** `data-kit-url` and `data-allowed-hosts` of a script tag, each null if it is absent. */
export type PageTag = readonly [kitUrl: string | null, allowedHosts: string | null];

/** The page's settings for all its campaigns. */
export interface PageTrust {
  kitUrl: string;
  /** Frozen; null allows every host. */
  allowedHosts: readonly string[] | null;
  /** A campaign has started: the kit's address is fixed. */
  isStarted: boolean;
  /** The settings of each script tag of the library that has run. */
  readonly tags: PageTag[];
  /** Settings made in script: no tag changes them. */
  readonly setInScript: Set<'allowedHosts' | 'kitUrl'>;
  /** Called after each change of `allowedHosts`. */
  readonly listeners: Set<() => void>;
}

/**
 * A message or event between a page and a campaign, as `qualifio-campaign/inspector` receives it.
 */
export type Inspection = { campaignId: string } & (
  | {
      direction: 'to-page';
      /** A {@link MessageName}, or a name in `relay`. */
      name: string;
      /** As in the message, of any type. */
      code: unknown;
      /** False if it did not come from the campaign's frame; it was ignored. */
      isGenuine: boolean;
    }
  | {
      direction: 'to-frame';
      name: 'requestParticipantAction' | 'userInfo';
      /** Whether to show the pre-login screen; absent with `userInfo`. */
      answer?: boolean;
    }
  | { direction: 'from-source'; name: 'token'; token: TokenFacts }
);

/** What may be reported about a token. Read, not verified. */
export interface TokenFacts {
  isEncrypted: boolean;
  /** As in the header, of any type. */
  alg: unknown;
  kid: unknown;
  /** Seconds until `exp`, by the endpoint's clock if it is known; undefined if the token has no `exp`, or is encrypted. */
  secondsLeft: number | undefined;
  /** Whether `campaignId` is the declared one; undefined if none is declared, or the token has none, or is encrypted. */
  isForCampaign: boolean | undefined;
  /** The claim `campaignId`, as in the token, of any type. */
  campaignId?: unknown;
  /** The campaign's technical ID as `token-campaign-id` or the endpoint declares it; empty if neither does. */
  declaredCampaignId?: string;
  /** The time from which `secondsLeft` counts: the endpoint's clock if it is known; milliseconds since the epoch. */
  now?: number;
}

/**
 * Receives one message of a campaign's frame: its name, a {@link MessageName} or one that any campaign of
 * the page asks for, and its content, of any type.
 */
export type Route = (name: string, message: unknown) => void;

/** Messages that a campaign's frame sends to the page, by Qualifio's names. */
export type MessageName = 'requestParticipantAction' | 'isLoggedIn' | 'error';

const key = Symbol.for('qualifio-campaign');

/** A page's registry, created at the first call. */
export function pageRegistry(page: object = globalThis): PageRegistry {
  const registries = page as { [key]?: PageRegistry };
  // Without a prototype: a missing field must not be read from a polluted one.
  const fresh = { __proto__: null, kits: new Map(), routes: new Map() };
  return (registries[key] ??= fresh as PageRegistry);
}
