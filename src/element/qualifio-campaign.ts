import '../page/lit-globals.js';
import type { PropertyValues } from '@lit/reactive-element';
import { CampaignProperties } from './campaign-properties.js';
import { campaignStart } from './campaign-start.js';
import { CampaignState } from '../campaign/campaign-state.js';
import { campaignView, type CampaignView } from './campaign-view.js';
import type { QualifioError } from '../errors.js';
import type { CampaignStatus } from '../events.js';
import { closedRoot } from './closed-root.js';
import { watchLang } from './lang-watch.js';
import { warnOfMisuse } from './misuse.js';
import { allowedHosts, kitUrl, setAllowedHosts, setKitUrl } from '../page/page-trust.js';
import { styles } from './qualifio-campaign.styles.js';
import { prepareForSvelte } from '../page/unseen-child.js';

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
 * @csspart panel - The login or error panel, as large as the campaign. It has the colors and corners that its card inherits.
 * @csspart card - The visible part of the panel, over the dimmed frame.
 * @csspart message - The text in the panel.
 * @csspart action - The link or button in the panel.
 * @csspart hint - With `login-target="window"`: what the link does.
 * @csspart progress - The bar that moves over the frame while a token is requested, after 400 ms.
 *
 * @cssproperty [--qualifio-accent=#0b57d0] - Background of the panel's action, and the progress bar.
 * @cssproperty [--qualifio-panel-background=Canvas] - Background of the panel's card.
 * @cssproperty [--qualifio-panel-color=CanvasText] - Text of the panel, and focus rings.
 * @cssproperty [--qualifio-radius=0.5rem] - Corners of the panel's card and its action.
 *
 * @cssstate idle - Not started.
 * @cssstate loading - Kit and frame are loading.
 * @cssstate ready - The frame has loaded a document and no policy has blocked it. Whether the document is the campaign is not known until `heard` is true.
 * @cssstate authenticating - A token is being requested.
 * @cssstate login-required - The participant must log in.
 * @cssstate token-sent - The frame has a token.
 * @cssstate error - Something went wrong.
 */
export class QualifioCampaign extends CampaignProperties {
  static override styles: typeof styles = styles;

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

  // Absent in DOM implementations for unit tests (happy-dom), as `states` is (jsdom).
  readonly #internals: Partial<ElementInternals> | undefined = this.attachInternals?.();
  readonly #state = new CampaignState(this, (error) => this.#onChange(error));
  readonly #campaign = campaignStart(this, this.#state);
  #view: CampaignView | null = null;
  #langWatch: MutationObserver | undefined;

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
    prepareForSvelte(this);
    this.#campaign.connect();
    this.#watchLang();
    this.#onChange();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#campaign.disconnect();
    this.#langWatch?.disconnect();
  }

  /** Keeps frame and exchange alive when `moveBefore()` moves the element. */
  connectedMoveCallback(): void {
    this.#campaign.run?.follow();
    this.#watchLang();
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
    this.#view(this.#state, this.#campaign.config);
    this.#campaign.settingsChanged(changed as Map<PropertyKey, unknown>);
  }

  #watchLang(): void {
    this.#langWatch?.disconnect();
    this.#langWatch = watchLang(this, () => this.requestUpdate());
  }

  #onChange(error?: QualifioError): void {
    const states = this.#internals?.states;
    states?.clear();
    states?.add(this.status);
    if (error) this.#campaign.onError(error);
    this.requestUpdate();
  }
}
