import '../page/lit-globals.js';
import type { PropertyValues } from '@lit/reactive-element';
import { readExchange, readLogin, readRelay } from '../campaign/element-settings.js';
import { toQualifioError } from '../campaign/reported-error.js';
import { configError, errorPages, type QualifioError } from '../errors.js';
import { QualifioErrorEvent, type CampaignStatus } from '../events.js';
import { documentMember } from '../page/document-member.js';
import { isInPage } from '../page/in-page.js';
import { noteWaitingCallbacks, watchPageAnswers } from '../page/page-answers.js';
import { pageRegistry } from '../page/page-registry.js';
import {
  allowedHosts,
  awaitsTags,
  checkPage,
  setAllowedHosts,
  watchAllowedHosts,
} from '../page/page-trust.js';
import { SignInProperties } from './sign-in-properties.js';
import { findTags } from './tag-finder.js';
import { signInTag, type Readiness, type TagSignIn } from './tag-sign-in.js';

/** A campaign of a pasted tag, as `<qualifio-sign-in>` sees it. */
export interface SignInCampaign {
  /** The tag number. */
  readonly campaignId: string;
  /** The tag's div, which dispatches the campaign's events. */
  readonly div: HTMLDivElement;
  /** The campaign's iframe; null if the kit has not made it yet. */
  readonly frame: HTMLIFrameElement | null;
  readonly status: CampaignStatus;
  readonly error: QualifioError | null;
  /** Whether the frame has sent a message to this page. */
  readonly heard: boolean;
}

/**
 * Signs participants in to every campaign that pasted JS tags make, now and later, anywhere in the
 * document's light DOM. It answers their frames as `<qualifio-campaign>` does: with the same checks,
 * events, errors, panels and languages.
 *
 * It never loads Qualifio's kit, makes no frame, and neither moves nor restyles what the tags made. The
 * events of a campaign are dispatched on the tag's div, `qualifio_insert_place_<number>`. Tags that a
 * `<qualifio-campaign>` owns are not its concern. Removing the element ends all of this.
 *
 * `allowedHosts` must be set, in script or by `data-allowed-hosts` on the CDN file's script tag:
 * markup must not choose who receives a token. A page has one `<qualifio-sign-in>`; a second one waits,
 * with `CONFIG_INVALID`, until the first is removed.
 *
 * @summary Signs in the campaigns of pasted tags.
 * @tag qualifio-sign-in
 *
 * @fires {QualifioErrorEvent} qualifio-error - The element cannot work: `allowedHosts` is missing, an attribute is malformed, or the page has another one. Its `campaignId` is empty. Errors of a campaign are dispatched on the tag's div.
 */
export class QualifioSignIn extends SignInProperties {
  /**
   * Hosts that may receive tokens, compared as a whole; the same list as `QualifioCampaign.allowedHosts`.
   * Must be set. Can be set at any time: a campaign that a new list does not allow ends.
   *
   * @type {readonly string[] | null}
   */
  static get allowedHosts(): readonly string[] | null {
    return allowedHosts();
  }

  static set allowedHosts(hosts: readonly string[] | null) {
    setAllowedHosts(hosts);
  }

  readonly #tags = new Map<string, TagSignIn>();
  #connection = new AbortController();
  #error: QualifioError | null = null;
  /** Connected, but not updated yet: frameworks set properties after they insert the element. */
  #isFresh = true;
  #readiness: Readiness = 'waiting';
  #isFinding = false;
  readonly #look = (): void => this.#check();

  /** Why the element cannot answer any campaign; null if it can. */
  get error(): QualifioError | null {
    return this.#error;
  }

  /** The campaigns that were found, in the order in which they were found. */
  get campaigns(): readonly SignInCampaign[] {
    return [...this.#tags.values()];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#isFinding) return this.#check();
    if (!isInPage(this)) return;
    this.#isFresh = true;
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    (pageRegistry().signIns ??= new Set()).add(this.#look);
    watchAllowedHosts(this.#look, signal);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Moved, as by `append()`: a frame that has asked does not ask again.
    if (isInPage(this)) return;
    this.#connection.abort();
    const { signIns } = pageRegistry();
    signIns?.delete(this.#look);
    for (const tag of this.#tags.values()) tag.stop();
    this.#tags.clear();
    this.#error = null;
    this.#isFinding = false;
    this.#readiness = 'waiting';
    // Another one, which waited, takes its place.
    const [next] = signIns ?? [];
    next?.();
  }

  /** Keeps everything when `moveBefore()` moves the element. */
  connectedMoveCallback(): void {
    this.#check();
  }

  /**
   * Continues after a login: requests a token for each campaign that waits, and answers its frame.
   *
   * @param campaignId the tag number of the only campaign to continue; default: all.
   * @returns a promise of true if a token was sent to at least one frame. Never rejects.
   */
  async resume(campaignId?: string): Promise<boolean> {
    const tags = [...this.#tags.values()].filter(
      (tag) => campaignId === undefined || tag.campaignId === String(campaignId),
    );
    const sent = await Promise.all(tags.map((tag) => tag.resume()));
    return sent.includes(true);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    if (!isInPage(this)) return;
    this.#isFresh = false;
    this.#check();
    if (changed.has('strings') || changed.has('loginUrl')) {
      for (const tag of this.#tags.values()) tag.show();
    }
  }

  get #isHolding(): boolean {
    const [first] = pageRegistry().signIns ?? [];
    return first === this.#look;
  }

  /** Finds out whether it can answer, and has each campaign look again. */
  #check(): void {
    const { signal } = this.#connection;
    if (signal.aborted || this.#isFresh) return;
    if (this.#isHolding && !this.#isFinding) this.#find(signal);
    if (awaitsTags()) {
      const options = { once: true, signal };
      return documentMember('addEventListener')('DOMContentLoaded', this.#look, options);
    }
    const error = this.#fault();
    const isNew = error !== null && error.message !== this.#error?.message;
    this.#error = error;
    this.#readiness = error ?? 'ready';
    for (const tag of [...this.#tags.values()]) tag.look();
    if (!isNew || signal.aborted) return;
    if (this.dispatchEvent(new QualifioErrorEvent('', error))) {
      console.warn(`<qualifio-sign-in>: ${error.message} ${errorPages}${error.code}.md`);
    }
  }

  #fault(): QualifioError | null {
    try {
      if (!this.#isHolding) {
        throw configError('CONFIG_INVALID', 'The page has another <qualifio-sign-in>: keep one.');
      }
      checkPage();
      if (!allowedHosts()) {
        const message =
          'QualifioSignIn.allowedHosts must be set, in script or by data-allowed-hosts on the classic script tag, to the hosts of your campaigns.';
        throw configError('CONFIG_INVALID', message);
      }
      readExchange(this, { host: '', tokenCampaignId: '' });
      readRelay(this);
      readLogin(this);
      return null;
    } catch (error) {
      return toQualifioError(error);
    }
  }

  #find(signal: AbortSignal): void {
    this.#isFinding = true;
    let isEarly = true;
    const onToken = (divId: string): boolean => this.#onForeignToken(divId);
    const onKit = (): void => watchPageAnswers(onToken, signal);
    const readiness = (): Readiness => this.#readiness;
    const onFound = (div: HTMLDivElement, campaignId: string): void => {
      // An element's own div has its route.
      if (pageRegistry().routes.has(div.id)) return;
      noteWaitingCallbacks();
      const parts = { settings: this, div, campaignId, readiness, isEarly, onKit };
      this.#tags.set(div.id, signInTag(parts));
    };
    const onChange = (): string[] =>
      [...this.#tags].flatMap(([divId, tag]) => {
        if (tag.follow()) return [];
        tag.stop();
        this.#tags.delete(divId);
        return divId;
      });
    // Each tag loads the kit, and each kit has another queue. No message comes between it and this event.
    documentMember('addEventListener')('load', onKit, { capture: true, signal });
    findTags({ onFound, onChange }, signal);
    isEarly = false;
  }

  #onForeignToken(divId: string): boolean {
    const isLate = this.#tags.get(divId)?.onForeignToken() ?? false;
    if (isLate) {
      console.warn(
        `<qualifio-sign-in>: did not pass on a second token for #${divId}: the page's own callbacks answer it too. Remove one of the two.`,
      );
    }
    return isLate;
  }
}
