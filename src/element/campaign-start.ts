import { readWord, type CampaignConfig } from '../config/campaign-config.js';
import { CampaignRun } from '../campaign/campaign-run.js';
import {
  numberWithoutTag,
  readConfig,
  readExchange,
  readKit,
  readLogin,
  readRelay,
  type CampaignSettings,
  type KitSettings,
} from '../campaign/element-settings.js';
import type { CampaignState } from '../campaign/campaign-state.js';
import { documentMember, isParsing } from '../page/document-member.js';
import { QualifioError } from '../errors.js';
import { whenNear } from './near-viewport.js';
import { awaitsTags, checkHost, checkPage, watchAllowedHosts } from '../page/page-trust.js';
import { Readiness } from './readiness.js';
import { askForTagBesideKit } from '../campaign/tag-beside-kit.js';

/** The settings that decide whether, when and how a campaign starts. */
export interface StartSettings extends CampaignSettings {
  loading: string;
  prefetchToken: boolean;
}

/** In a page that the browser prerenders, in case it is visited next. */
type PrerenderedDocument = Document & { readonly prerendering?: boolean };

/** Used until the endpoint has sent channel and host. */
const notKnown = { host: '', tokenCampaignId: '' };

function notConnected(name: string): DOMException {
  return new DOMException('The element is not in a document.', name);
}

/**
 * Starts the campaign of one element: reads its settings, waits until it should start (`loading`),
 * requests channel and host from the endpoint if neither attributes nor a pasted tag give them, and
 * creates the run. Another start ends the previous one and its run.
 */
export class CampaignStart {
  /** The campaign's settings; null until they are known. */
  config: CampaignConfig | null = null;
  run: CampaignRun | null = null;
  /** Connected, but not updated yet: frameworks set properties after they insert the element. */
  isFresh = false;
  readonly #element: StartSettings;
  readonly #state: CampaignState;
  readonly #pastedTag: () => string | null;
  readonly #readiness = new Readiness();
  #starting = new AbortController();
  /** `load()` was called or the element came into view: a restart does not wait again. */
  #isWanted = false;
  /** The tag was already requested from the endpoint. */
  #hasAsked = false;
  /** This start is the single retry after the network came back. */
  #isSecondTry = false;

  /** @param pastedTag returns the text of the pasted tag, or null. */
  constructor(element: StartSettings, state: CampaignState, pastedTag: () => string | null) {
    this.#element = element;
    this.#state = state;
    this.#pastedTag = pastedTag;
  }

  connect(): void {
    this.#readiness.renew();
    this.isFresh = true;
  }

  disconnect(): void {
    this.#takeDown();
    this.#isWanted = false;
    this.#state.reset('idle');
    this.#readiness.reject(notConnected('AbortError'));
  }

  /**
   * Starts a campaign that is waiting or failed to start.
   *
   * @param again starts again, whatever the campaign is doing.
   * @returns a promise that fulfils when the campaign is ready; it rejects with a `QualifioError`, or with a `DOMException` if the element is not in a document.
   */
  load(again = false): Promise<void> {
    const { status, frame } = this.#state;
    this.#isWanted = this.#element.isConnected;
    if (!this.#isWanted) {
      this.#readiness.renew();
      this.#readiness.reject(notConnected('InvalidStateError'));
    } else if (!this.isFresh && (again || status === 'idle' || (status === 'error' && !frame))) {
      this.restart();
    }
    return this.#readiness.promise;
  }

  restart(isSecondTry = false): void {
    this.isFresh = false;
    this.#isSecondTry = isSecondTry;
    this.#takeDown();
    this.#readiness.renew();
    const { signal } = (this.#starting = new AbortController());
    queueMicrotask(() => this.#begin(signal));
  }

  /** Called once for each error. A start that failed without a network is retried once when the network is back. */
  onError(error: QualifioError): void {
    // Immediately: a listener of the error may start again, with a new promise.
    this.#readiness.reject(error);
    const { code } = error;
    const isOffline =
      (code === 'KIT_LOAD_FAILED' && !navigator.onLine) ||
      (code === 'ENDPOINT_UNREACHABLE' && !this.run);
    if (!isOffline || this.#isSecondTry) return;
    const { signal } = this.#starting;
    window.addEventListener('online', () => this.restart(true), { once: true, signal });
  }

  #takeDown(): void {
    this.#starting.abort();
    this.run?.stop();
    this.run = null;
    this.#state.frame = null;
  }

  #begin(signal: AbortSignal): void {
    if (signal.aborted) return;
    const element = this.#element;
    // While the document is being parsed, the pasted tag may still arrive.
    const isUnfinished = isParsing();
    const beginAt = (event: string): void => {
      const begin = (): void => this.#begin(signal);
      documentMember('addEventListener')(event, begin, { once: true, signal });
    };
    const beginParsed = (): void => beginAt('DOMContentLoaded');
    // Nobody has come yet. An element of this name is not `true`.
    if ((document as PrerenderedDocument).prerendering === true) {
      return beginAt('prerenderingchange');
    }
    try {
      const loading = readWord('loading', element.loading, ['eager', 'lazy', 'manual']);
      this.#state.campaignId = element.campaignId;
      const tag = this.#pastedTag();
      const number = numberWithoutTag(element, tag);
      if (awaitsTags() || (number && isUnfinished && !element.nextSibling)) return beginParsed();
      checkPage();
      this.config = number ? null : readConfig(element, tag);
      this.#state.campaignId = this.config?.campaignId ?? number!;
      if (this.config) checkHost(this.config.host);
      const { endpoint } = readExchange(element, this.config ?? notKnown);
      readRelay(element);
      readLogin(element);
      const isWaiting = loading !== 'eager' && !this.#isWanted;
      const kit = isWaiting ? null : readKit(element);
      this.#state.set(isWaiting ? 'idle' : 'loading');
      // The reserved height may have changed.
      this.#state.changed();
      if (signal.aborted) return;
      if (kit && this.config) this.#makeRun(this.config, kit, signal);
      else if (kit) void this.#askForTag(endpoint!, kit, signal);
      else if (loading === 'lazy') whenNear(element, () => void this.load(), signal);
    } catch (error) {
      if (!(error instanceof QualifioError)) throw error;
      if (error.code === 'CONFIG_INVALID' && isUnfinished) beginParsed();
      else this.#fail(error);
    }
  }

  async #askForTag(endpoint: URL, kit: KitSettings, signal: AbortSignal): Promise<void> {
    const fail = (error: QualifioError): void => this.#fail(error);
    try {
      const { campaignId } = this.#state;
      const isAgain = this.#hasAsked;
      this.#hasAsked = true;
      const tag = await askForTagBesideKit(endpoint, campaignId, kit, signal, isAgain, fail);
      if (signal.aborted) return;
      const config = (this.config = readConfig(this.#element, tag));
      checkHost(config.host);
      // A late tag is used too.
      this.#state.set('loading');
      this.#state.changed();
      if (signal.aborted) return;
      if (kit.deadline < performance.now()) kit.deadline = performance.now() + kit.timeout;
      this.#makeRun(config, kit, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof QualifioError)) throw error;
      fail(error);
    }
  }

  #makeRun(config: CampaignConfig, kit: KitSettings, signal: AbortSignal): void {
    const element = this.#element;
    const onReady = (): void => {
      this.#readiness.resolve();
      // A frame that asked while it was loading has its answer, or is getting it.
      if (element.prefetchToken && this.#state.status === 'ready') {
        void this.run?.exchange.prefetch();
      }
    };
    this.run = new CampaignRun({ element, state: this.#state, config, kit, onReady });
    watchAllowedHosts(() => this.#stopForbidden(config.host), signal);
  }

  /** The page has changed its list of hosts while the campaign runs. */
  #stopForbidden(host: string): void {
    try {
      checkHost(host);
    } catch (error) {
      this.#takeDown();
      this.#fail(error as QualifioError);
    }
  }

  #fail(error: QualifioError): void {
    this.#state.fail(error);
    if (!this.#state.isPanelPrevented) console.warn(`<qualifio-campaign>: ${error.message}`);
  }
}
