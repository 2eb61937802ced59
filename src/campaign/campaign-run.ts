import type { CampaignConfig } from '../config/campaign-config.js';
import type { CampaignSettings, KitSettings } from './element-settings.js';
import type { CampaignState } from './campaign-state.js';
import { documentMember } from '../page/document-member.js';
import { configError, kitError, type QualifioError } from '../errors.js';
import { QualifioReadyEvent } from '../events.js';
import { Exchange } from './exchange.js';
import { watchFrame } from '../page/frame-watch.js';
import { createIframe, loadKit } from '../page/kit.js';
import { openRoute } from '../page/message-router.js';
import { pageRegistry } from '../page/page-registry.js';
import { placeDiv } from '../page/placement.js';

/** What a run needs. */
export interface CampaignRunParts {
  element: CampaignSettings;
  state: CampaignState;
  config: CampaignConfig;
  kit: KitSettings;
  /** Called when the frame has loaded its first document. */
  onReady: () => void;
}

/**
 * One campaign on the page, from Qualifio's div to the loaded frame and the exchange with it.
 *
 * A run starts once and ends once, with {@link stop}, which removes everything that the run put into
 * the page; after that it reports nothing. Until then it continues after an error of its own, since
 * a kit or frame that comes late still works.
 */
export class CampaignRun {
  readonly exchange: Exchange;
  /** Call this when the element was moved with its frame alive. */
  readonly follow: () => void;
  readonly #state: CampaignState;
  readonly #config: CampaignConfig;
  readonly #onReady: () => void;
  readonly #stopping = new AbortController();
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #loaded = false;

  /** @throws {QualifioError} `DUPLICATE_CAMPAIGN`, or `KIT_LOAD_FAILED` if a kit throws. */
  constructor({ element, state, config, kit, onReady }: CampaignRunParts) {
    const { divId, campaignId } = config;
    if (pageRegistry().routes.has(divId) || documentMember('getElementById')(divId)) {
      const message = `Campaign ${campaignId} is already on this page.`;
      throw configError('DUPLICATE_CAMPAIGN', message);
    }
    this.#state = state;
    this.#config = config;
    this.#onReady = onReady;
    const { signal } = this.#stopping;
    const { div, follow, remove } = placeDiv(element, divId);
    this.follow = follow;
    signal.addEventListener('abort', remove);
    this.exchange = new Exchange({ settings: element, state, config, div, signal });
    watchFrame(
      div,
      {
        onFrame: (frame) => this.#useFrame(frame),
        onLoad: () => this.#onLoad(),
        onBlocked: () => this.#failFrame('frame-src blocks the frame.'),
        onRemoved: () => this.#onRemoved(),
      },
      signal,
    );
    try {
      this.exchange.relay();
      openRoute(divId, (name, code) => this.exchange.receive(name, code), signal);
      createIframe(config, signal);
    } catch (error) {
      this.stop();
      throw error;
    }
    this.#deadline = setTimeout(() => this.#onTimeout(kit), kit.deadline - performance.now());
    loadKit(kit.url, kit.nonce, signal).catch((error: QualifioError) => this.#onKitFailure(error));
  }

  /** Removes everything of this run from the page. A second call does nothing. */
  stop(): void {
    clearTimeout(this.#deadline);
    this.#stopping.abort();
  }

  #useFrame(frame: HTMLIFrameElement | null): void {
    this.exchange.frameChanged();
    this.#state.useFrame(frame);
  }

  #onLoad(): void {
    clearTimeout(this.#deadline);
    const isFurther = this.#loaded;
    this.#loaded = true;
    this.exchange.frameLoaded(isFurther);
    if (isFurther) return;
    // A frame may have asked while it was still loading, perhaps without success.
    const { status, error } = this.#state;
    if (status === 'loading' || error?.phase === 'kit') this.#state.set('ready');
    if (this.#stopping.signal.aborted) return;
    this.#onReady();
    this.#state.dispatch(new QualifioReadyEvent(this.#config.campaignId));
  }

  #onRemoved(): void {
    this.#useFrame(null);
    const message = 'Another script has removed the frame.';
    this.#fail(kitError('FRAME_REMOVED', message));
  }

  #onTimeout({ url, timeout }: KitSettings): void {
    // Do not wait again for a request that never ends.
    pageRegistry().kits.delete(url);
    if (this.#state.status === 'loading') {
      this.#failFrame(`No frame within ${timeout} ms; see frame-src.`);
    } else this.#onReady(); // A frame that has asked exists, even if its document never finishes loading.
  }

  #failFrame(message: string): void {
    this.#fail(kitError('KIT_TIMEOUT', message));
  }

  /** @param error possibly of another copy's class. */
  #onKitFailure(error: QualifioError): void {
    if (!this.#stopping.signal.aborted && !this.#loaded) this.#fail(error);
  }

  #fail(error: QualifioError): void {
    clearTimeout(this.#deadline);
    this.#loaded = false;
    this.#state.fail(error);
  }
}
