import type { CampaignConfig } from './campaign-config.js';
import { QualifioError } from './errors.js';
import { QualifioReadyEvent } from './events.js';
import { Exchange, type ExchangeHost } from './exchange.js';
import { watchFrame } from './frame-watch.js';
import { createIframe, loadKit } from './kit.js';
import { openRoute } from './message-router.js';
import { pageRegistry } from './page-registry.js';
import { placeDiv } from './placement.js';

/** How the kit is loaded, for one run. */
export interface KitSettings {
  url: string;
  /** Nonce for the script element, or an empty text. */
  nonce: string;
  /** Milliseconds for kit and frame together. */
  timeout: number;
}

/** Who a run belongs to. */
export interface RunHost extends ExchangeHost {
  /** The kit's frame is there, or gone. */
  onFrame(frame: HTMLIFrameElement | null): void;
  onReady(): void;
}

/**
 * One campaign on the page, from Qualifio's div to the loaded frame and the exchange with it.
 *
 * A run starts once and ends once, with {@link stop}: what it put into the page is then gone, and
 * nothing of it is heard of again. In between it goes on after an error of its own, since a kit or
 * frame that comes late is as good as one in time.
 */
export class CampaignRun {
  readonly exchange: Exchange;
  readonly #host: RunHost;
  readonly #config: CampaignConfig;
  readonly #stopping = new AbortController();
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #loaded = false;

  /** @throws {QualifioError} `DUPLICATE_CAMPAIGN` */
  constructor(element: HTMLElement, host: RunHost, config: CampaignConfig, kit: KitSettings) {
    const { divId, campaignId } = config;
    if (pageRegistry().routes.has(divId) || document.getElementById(divId)) {
      const message = `Campaign ${campaignId} is on this page already; a pasted tag belongs in <template>.`;
      throw new QualifioError('config', 'DUPLICATE_CAMPAIGN', message);
    }
    this.#host = host;
    this.#config = config;
    const { signal } = this.#stopping;
    const placement = placeDiv(element, divId);
    signal.addEventListener('abort', () => placement.remove());
    this.exchange = new Exchange(host, config, placement.div, signal);
    watchFrame(
      placement.div,
      {
        onFrame: (frame) => this.#useFrame(frame),
        onLoad: () => this.#onLoad(),
        onRemoved: () => this.#onRemoved(),
      },
      signal,
    );
    openRoute(divId, (name, code) => this.exchange.receive(name, code), signal);
    createIframe(config, signal);
    this.#deadline = setTimeout(() => this.#onTimeout(kit), kit.timeout);
    loadKit(kit.url, kit.nonce).catch((error: unknown) => this.#onKitFailure(error));
  }

  /** Takes everything of this run off the page. A second call does nothing. */
  stop(): void {
    clearTimeout(this.#deadline);
    this.#stopping.abort();
  }

  #useFrame(frame: HTMLIFrameElement | null): void {
    this.exchange.useFrame(frame);
    this.#host.onFrame(frame);
  }

  #onLoad(): void {
    clearTimeout(this.#deadline);
    if (this.#loaded) {
      this.exchange.frameReloaded();
      return;
    }
    this.#loaded = true;
    this.#host.onReady();
    this.#host.dispatch(new QualifioReadyEvent(this.#config.campaignId));
  }

  #onRemoved(): void {
    clearTimeout(this.#deadline);
    this.#loaded = false;
    this.#useFrame(null);
    const message = 'Another script has removed the frame; reload() brings it back.';
    this.#host.fail(new QualifioError('kit', 'FRAME_REMOVED', message));
  }

  #onTimeout({ url, timeout }: KitSettings): void {
    const message = `No frame within ${timeout} ms: did ${url} run, and does frame-src allow ${this.#config.host}?`;
    this.#host.fail(new QualifioError('kit', 'KIT_TIMEOUT', message));
  }

  #onKitFailure(error: unknown): void {
    if (this.#stopping.signal.aborted || this.#loaded || !(error instanceof QualifioError)) return;
    clearTimeout(this.#deadline);
    this.#host.fail(error);
  }
}
