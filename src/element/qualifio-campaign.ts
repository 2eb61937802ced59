import '../page/lit-globals.js';
import {
  ReactiveElement,
  type PropertyDeclarations,
  type PropertyValues,
} from '@lit/reactive-element';
import { campaignStart } from './campaign-start.js';
import { campaignState } from '../campaign/campaign-state.js';
import { campaignView, type CampaignView } from './campaign-view.js';
import type { QualifioError } from '../errors.js';
import type { CampaignStatus } from '../events.js';
import { closedRoot } from './closed-root.js';
import { warnOfMisuse } from './misuse.js';
import { allowedHosts, kitUrl, setAllowedHosts, setKitUrl } from '../page/page-trust.js';
import { styles } from './qualifio-campaign.styles.js';
import type { CampaignStrings } from './strings/campaign-strings.js';
import type { TokenProvider } from '../token/token-source.js';

/** Some frameworks write `prefetch-token="false"` to turn it off. */
const flag = { fromAttribute: (value: string | null) => value !== null && value !== 'false' };

/**
 * Runs a Qualifio campaign, and signs its participant in with a token from the publisher.
 *
 * After its first update (with `loading`: when it is near the viewport, or when `load()` is called),
 * and never before a prerendered page is visited, it inserts Qualifio's div, loads Qualifio's kit, and has the kit create the campaign's frame. When
 * the frame asks who is playing, the element gets a token from `auth-endpoint` or `tokenProvider` and
 * sends it to the frame, or reports that a login is needed. When it is removed from the page, it
 * removes all of this; when it is inserted again, it starts from the beginning.
 *
 * Channel and host come from attributes or from a pasted tag. If there is neither, the element
 * requests them from the token endpoint while the kit loads. Attributes take precedence over a pasted
 * tag, and a pasted tag over the endpoint. Properties are not reflected to attributes.
 *
 * @summary A Qualifio campaign with its login.
 * @tag qualifio-campaign
 *
 * @slot - A `<template>` with the JS tag from Qualifio Manager. It is read, never executed.
 * @slot placeholder - Shown until the campaign is ready: a picture, or a consent prompt with `loading="manual"`.
 * @slot login - Your own login or register form, shown in the login panel.
 * @slot error - Your own text for the error panel.
 *
 * @fires {QualifioReadyEvent} qualifio-ready - The campaign's iframe has loaded a document, and no policy has blocked it. An error page of the browser or the server counts too: a page cannot see inside the frame. See `heard`.
 * @fires {QualifioParticipantActionEvent} qualifio-participant-action - The campaign asks about its pre-login screen; `respondWith()` answers instead of `pre-login`.
 * @fires {QualifioLoginRequiredEvent} qualifio-login-required - The campaign needs a token and the participant is signed out. `preventDefault()` suppresses the built-in panel; `waitUntil(promise)` resumes the campaign when the promise fulfils.
 * @fires {QualifioTokenSentEvent} qualifio-token-sent - A token was sent to the frame.
 * @fires {QualifioErrorEvent} qualifio-error - Something went wrong; see `error`. `preventDefault()` suppresses the built-in panel.
 * @fires {QualifioMessageEvent} qualifio-message - The campaign sent a message whose name is in `relay`.
 * @fires {QualifioStatusChangeEvent} qualifio-status-change - After every change of `status`.
 *
 * @csspart frame - The area of the campaign's frame.
 * @csspart panel - The login or error panel that covers the campaign.
 * @csspart message - The text in the panel.
 * @csspart action - The link or button in the panel.
 *
 * @cssproperty [--qualifio-accent=#0b57d0] - Background of the panel's action, and focus rings.
 * @cssproperty [--qualifio-panel-background=Canvas] - Background of the panel.
 * @cssproperty [--qualifio-panel-color=CanvasText] - Text of the panel.
 * @cssproperty [--qualifio-radius=0.5rem] - Corners of the panel and its action.
 *
 * @cssstate idle - Not started.
 * @cssstate loading - Kit and frame are loading.
 * @cssstate ready - The frame has loaded a document and no policy has blocked it. Whether the document is the campaign is not known until `heard` is true.
 * @cssstate authenticating - A token is being requested.
 * @cssstate login-required - The participant must log in.
 * @cssstate token-sent - The frame has a token.
 * @cssstate error - Something went wrong.
 */
export class QualifioCampaign extends ReactiveElement {
  static override styles: typeof styles = styles;

  static override properties: PropertyDeclarations = {
    campaignId: { attribute: 'campaign-id' },
    tokenCampaignId: { attribute: 'token-campaign-id' },
    channelId: { attribute: 'channel-id' },
    host: {},
    authEndpoint: { attribute: 'auth-endpoint' },
    loginUrl: { attribute: 'login-url' },
    loginReturnParam: { attribute: 'login-return-param' },
    loading: {},
    width: {},
    height: {},
    frameStyle: { attribute: 'frame-style' },
    frameTitle: { attribute: 'frame-title' },
    preLogin: { attribute: 'pre-login' },
    relay: {},
    prefetchToken: { attribute: 'prefetch-token', converter: flag },
    tokenTimeout: { attribute: 'token-timeout', type: Number },
    kitTimeout: { attribute: 'kit-timeout', type: Number },
    tokenProvider: { attribute: false },
    strings: { attribute: false },
  };

  /**
   * URL of the kit. Default: Qualifio's own file. To serve the kit yourself, set a URL of the page's
   * origin (on a loopback page, of a loopback host) in script before the first campaign starts. After
   * that, setting it warns and has no effect. Markup cannot set it.
   *
   * @type {string}
   */
  static get kitUrl(): string {
    return kitUrl();
  }

  static set kitUrl(url: string) {
    setKitUrl(url);
  }

  /**
   * Hosts that may receive tokens, compared as a whole. A campaign on any other host fails with
   * `HOST_NOT_ALLOWED` before anything is requested. Null allows every host; any other value is a
   * `TypeError`. Can be set at any time: a campaign that a new list does not allow ends.
   *
   * @type {readonly string[] | null}
   */
  static get allowedHosts(): readonly string[] | null {
    return allowedHosts();
  }

  static set allowedHosts(hosts: readonly string[] | null) {
    setAllowedHosts(hosts);
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
   * page's path and query, and its hash if the login page is on this origin. The link leaves the page;
   * the campaign starts again when the participant returns. A hash alone (`#login`) stays in this page,
   * which shows its own login. Without it, the panel has no login link.
   */
  loginUrl = '';
  /** The query parameter of `login-url` that says where to come back to. Default: `return_to`. */
  loginReturnParam = '';
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

  // Absent in DOM implementations for unit tests (happy-dom), as `states` is (jsdom).
  readonly #internals: Partial<ElementInternals> | undefined = this.attachInternals?.();
  readonly #state = campaignState(this, (error) => this.#onChange(error));
  readonly #campaign = campaignStart(this, this.#state);
  #view: CampaignView | null = null;

  /** What the campaign is doing; also available as `:state(…)`. */
  get status(): CampaignStatus {
    return this.#state.status;
  }

  /** What went wrong, while `status` is `error`; otherwise null. */
  get error(): QualifioError | null {
    return this.#state.error;
  }

  /** The campaign's iframe, once the kit has created it; otherwise null. */
  get frame(): HTMLIFrameElement | null {
    return this.#state.frame;
  }

  /**
   * Whether the campaign has sent a message to this page since its frame was created. Until then, the
   * frame may show an error page of the browser or of the server, although `status` is `ready`.
   */
  get heard(): boolean {
    return this.frame !== null && this.frame === this.#state.speaker;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#campaign.connect();
    this.#onChange();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#campaign.disconnect();
  }

  /** Keeps frame and exchange alive when `moveBefore()` moves the element. */
  connectedMoveCallback(): void {
    this.#campaign.run?.follow();
  }

  /**
   * Starts a `lazy` or `manual` element now, or one that failed to start.
   *
   * @returns a promise that is fulfilled when the campaign is ready. It rejects with the `QualifioError` that prevented the start, or with a `DOMException` when the element is not in a document, or is removed.
   */
  load(): Promise<void> {
    return this.#campaign.load();
  }

  /** Removes the frame and starts again; otherwise the same as `load()`. */
  reload(): Promise<void> {
    return this.#campaign.load(true);
  }

  /**
   * Continues after a login: requests a token and answers the waiting frame.
   *
   * @returns a promise of true if a token was sent; of false if the frame is not waiting, the participant is still signed out, or the attempt failed (see `error`). Never rejects.
   */
  async resume(): Promise<boolean> {
    return this.#campaign.run?.exchange.resume() ?? false;
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    return closedRoot(this, this.#internals) ?? super.createRenderRoot();
  }

  protected override firstUpdated(): void {
    warnOfMisuse(this, (this.constructor as typeof QualifioCampaign).observedAttributes);
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    this.#view ??= campaignView(
      this,
      this.renderRoot,
      () => void (this.error?.recoverable === false ? this.reload() : this.resume()),
    );
    this.#view.show(this.#state, this.#campaign.config);
    this.#campaign.settingsChanged(changed as Map<PropertyKey, unknown>);
  }

  #onChange(error?: QualifioError): void {
    const states = this.#internals?.states;
    states?.clear();
    states?.add(this.status);
    if (error) this.#campaign.onError(error);
    this.requestUpdate();
  }
}
