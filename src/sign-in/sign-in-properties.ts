import { ReactiveElement, type PropertyDeclarations } from '@lit/reactive-element';
import { nameAttributes } from '../config/attribute-of.js';
import type { CampaignStrings } from '../element/strings/campaign-strings.js';
import type { TokenProvider } from '../token/token-source.js';

/** The attributes of `<qualifio-sign-in>`, and the properties that are set in script. */
export abstract class SignInProperties extends ReactiveElement {
  static override properties: PropertyDeclarations = {
    authEndpoint: {},
    loginUrl: {},
    loginReturnParam: {},
    loginTarget: {},
    preLogin: {},
    relay: {},
    tokenTimeout: { type: Number },
    tokenProvider: { attribute: false },
    strings: { attribute: false },
  };

  static {
    nameAttributes(this.properties);
  }

  /**
   * URL of your token endpoint, resolved against the document's base; https, or http between loopback
   * hosts. If neither this nor `tokenProvider` is set, reaching a form raises `CONFIG_INVALID`.
   */
  authEndpoint = '';
  /**
   * Your login page, to which the login panel links. It receives `return_to` with this page's path and
   * query, and its hash if the login page is on this origin. Without it, the panel has no login link.
   */
  loginUrl = '';
  /** The query parameter of `login-url` that says where to come back to. Default: `return_to`. */
  loginReturnParam = '';
  /** Where the login page opens. `self`: in place of this page. `window`: in a window, while this page and the participant's answers stay. */
  loginTarget: 'self' | 'window' = 'self';
  /** Whether campaigns show their pre-login screen: `always`; `auto`, only to participants who are signed out; `never`. */
  preLogin: 'always' | 'auto' | 'never' = 'always';
  /** Names of other messages that campaigns send, separated by spaces. Each such message raises a `qualifio-message` event on the campaign's div. */
  relay = '';
  /** Milliseconds for one token, retries included. Default: 10000. */
  tokenTimeout = 10_000;
  /** Function that provides tokens instead of `auth-endpoint`. It returns a promise of a JWT, or of null for a signed-out participant. */
  tokenProvider: TokenProvider | null = null;
  /** Texts that replace the built-in ones. */
  strings: Partial<CampaignStrings> = {};
}
