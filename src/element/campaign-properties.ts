import { ReactiveElement, type PropertyDeclarations } from '@lit/reactive-element';
import { nameAttributes } from '../config/attribute-of.js';
import type { CampaignStrings } from './strings/campaign-strings.js';
import type { TokenProvider } from '../token/token-source.js';

/** Some frameworks write `prefetch-token="false"` to turn it off. */
const flag = { fromAttribute: (value: string | null) => value !== null && value !== 'false' };

/** The attributes of `<qualifio-campaign>`, and the properties that are set in script. */
export abstract class CampaignProperties extends ReactiveElement {
  static override properties: PropertyDeclarations = {
    campaignId: {},
    tokenCampaignId: {},
    channelId: {},
    host: {},
    authEndpoint: {},
    loginUrl: {},
    loginReturnParam: {},
    loginTarget: {},
    loading: {},
    width: {},
    height: {},
    frameStyle: {},
    frameTitle: {},
    preLogin: {},
    relay: {},
    prefetchToken: { converter: flag },
    tokenTimeout: { type: Number },
    kitTimeout: { type: Number },
    tokenProvider: { attribute: false },
    strings: { attribute: false },
  };

  static {
    nameAttributes(this.properties);
  }

  /**
   * The tag number: digits, as in the tag's `qualifio_insert_place_<number>`. It is not the campaign
   * ID that a token names: see `token-campaign-id`.
   */
  campaignId = '';
  /**
   * The campaign ID (technical ID): digits. If it is set, a token whose `campaignId` claim differs is
   * not sent. Default: the endpoint's value from `part=tag`; without one, the claim is not checked.
   */
  tokenCampaignId = '';
  /**
   * The channel GUID, in the tag's `createIframe`. Without it and `host`, and without a pasted tag,
   * the element requests both from `auth-endpoint`.
   */
  channelId = '';
  /** Campaign host, as in the tag's `createIframe`: an ASCII hostname, optional `:port`, nothing else. */
  host = '';
  /**
   * URL of your token endpoint, resolved against the document's base; https, or http between
   * loopback hosts. If neither this nor `tokenProvider` is set, the campaign runs, but reaching the
   * form raises `CONFIG_INVALID`.
   */
  authEndpoint = '';
  /**
   * Your login page, to which the built-in login panel links. It receives `return_to` with this
   * page's path and query, and its hash if the login page is on this origin. See
   * `login-target` for where it opens. A hash alone (`#login`) stays in this page,
   * which shows its own login. Without it, the panel has no login link.
   */
  loginUrl = '';
  /** The query parameter of `login-url` that says where to come back to. Default: `return_to`. */
  loginReturnParam = '';
  /**
   * Where the login page opens. `self`: in place of this page; the campaign starts again when the
   * participant returns. `window`: in a window (a tab on phones), while this page and the
   * participant's answers stay; when the login is done, the window closes, or says that it can be
   * closed, and the campaign continues. If the browser refuses the window: as `self`.
   */
  loginTarget: 'self' | 'window' = 'self';
  /**
   * `eager`: starts immediately. `lazy`: requests nothing from Qualifio until the element is within
   * 256 px of the viewport. `manual`: starts only when `load()` is called, for example after consent.
   */
  loading: 'eager' | 'lazy' | 'manual' = 'eager';
  /** Width of the frame: pixels without unit, or a percentage. */
  width = '100%';
  /** Height of the frame, reserved before the frame exists: pixels without unit, or a percentage. */
  height = '1200';
  /** CSS declarations for the frame. Default: the tag's, or `max-width:810px;margin:0 auto;`. */
  frameStyle = '';
  /** Accessible name of the iframe. Default: the title that the kit sets, otherwise "Campaign" in the page's language. */
  frameTitle = '';
  /**
   * Whether the campaign shows its pre-login screen: `always`; `auto`, only to participants who are
   * signed out, for which the endpoint is asked; `never`.
   */
  preLogin: 'always' | 'auto' | 'never' = 'always';
  /**
   * Names of other messages that the campaign sends, separated by spaces. Each such message raises a
   * `qualifio-message` event. The message must be an object that contains the campaign's `divId`, by
   * which the element finds the campaign; `data` includes it.
   */
  relay = '';
  /**
   * Requests a token as soon as the frame is ready, so that the form step gets it immediately. Cost:
   * the endpoint is also called for participants who never reach the form.
   */
  prefetchToken = false;
  /** Milliseconds for one token, retries included. Default: 10000. */
  tokenTimeout = 10_000;
  /** Milliseconds for kit and frame together. Default: 15000. */
  kitTimeout = 15_000;
  /** Function that provides tokens instead of `auth-endpoint`. It returns a promise of a JWT, or of null for a signed-out participant. */
  tokenProvider: TokenProvider | null = null;
  /** Texts that replace the built-in ones. */
  strings: Partial<CampaignStrings> = {};
}
