import { pastedTag } from '../config/pasted-tag.js';
import { readWord, type CampaignConfig } from '../config/campaign-config.js';
import { startRun, type CampaignRun } from '../campaign/campaign-run.js';
import {
  numberWithoutTag,
  readConfig,
  readExchange,
  readKit,
  readLogin,
  readRelay,
  type CampaignSettings,
} from '../campaign/element-settings.js';
import type { CampaignState } from '../campaign/campaign-state.js';
import { frameBudget, type FrameBudget } from '../campaign/frame-budget.js';
import { documentMember, isParsing, isPrerendering } from '../page/document-member.js';
import type { QualifioError } from '../errors.js';
import { toQualifioError } from '../campaign/reported-error.js';
import { watchTag } from './tag-watch.js';
import { whenNear } from './near-viewport.js';
import { awaitsTags, checkHost, checkPage, watchAllowedHosts } from '../page/page-trust.js';
import { Readiness } from './readiness.js';
import { leaveLoginWindow } from '../campaign/login-window.js';
import { isShown, whenShown } from '../page/shown.js';
import { askForTagBesideKit } from '../campaign/tag-beside-kit.js';

/** The settings that decide whether, when and how a campaign starts. */
export interface StartSettings extends CampaignSettings {
  loading: string;
  prefetchToken: boolean;
}

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
export interface CampaignStart {
  /** The campaign's settings; null until they are known. */
  config: CampaignConfig | null;
  run: CampaignRun | null;
  connect(): void;
  disconnect(): void;
  /**
   * Starts a campaign that is waiting or that failed to start.
   *
   * @param again restarts the campaign in any state.
   * @returns a promise that fulfils when the campaign is ready; it rejects with a `QualifioError`, or with a `DOMException` if the element is not in a document.
   */
  load(again?: boolean): Promise<void>;
  /** Settings have changed; called after each update of the element. @param changed their earlier values. */
  settingsChanged(changed: ReadonlyMap<PropertyKey, unknown>): void;
  /**
   * Called once for each error. Retries a start that failed without a network once, when the
   * network is back.
   */
  onError(error: QualifioError): void;
}

/** The start of an element that is not connected yet. */
export function campaignStart(element: StartSettings, state: CampaignState): CampaignStart {
  const ready = new Readiness();
  let tagWatch: MutationObserver | undefined;
  /** Absent before the first start: an abort without a listener still creates an error with its stack. */
  let starting: AbortController | undefined;
  /** `load()` was called or the element came into view: a restart does not wait again. */
  let isWanted = false;
  /** Limits restarts after the frame was removed; absent until then. */
  let budget: FrameBudget | undefined;
  /** The tag was already requested from the endpoint. */
  let hasAsked = false;
  /** Connected, but not updated yet: frameworks set properties after they insert the element. */
  let isFresh = false;
  /** This start is the single retry after the network came back. */
  let isRetry = false;

  function takeDown(): void {
    starting?.abort();
    campaign.run?.stop();
    campaign.run = null;
    state.frame = null;
    // A cloned element (routers and carousels make them) has a copy of its frame, and `innerHTML +=` makes one.
    element.querySelector(':scope > [slot=campaign]')?.remove();
  }

  function restart(isSecondTry = false): void {
    isFresh = false;
    isRetry = isSecondTry;
    takeDown();
    ready.renew();
    const { signal } = (starting = new AbortController());
    queueMicrotask(() => void begin(signal));
  }

  async function begin(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    // While the document is being parsed, the pasted tag may still arrive.
    let mayArrive = isParsing();
    const beginAt = (event: string): void => {
      documentMember('addEventListener')(event, () => void begin(signal), { once: true, signal });
    };
    const beginParsed = (): void => beginAt('DOMContentLoaded');
    if (isPrerendering()) return beginAt('prerenderingchange');
    try {
      if ((state.isLoginWindow = leaveLoginWindow())) return show('idle');
      const loading = readWord('loading', element.loading, ['eager', 'lazy', 'manual']);
      state.campaignId = element.campaignId;
      const tag = pastedTag(element);
      const number = numberWithoutTag(element, tag);
      if (awaitsTags() || (number && mayArrive && !element.nextSibling)) return beginParsed();
      checkPage();
      let config = (campaign.config = number ? null : readConfig(element, tag));
      state.campaignId = config?.campaignId ?? number!;
      if (config) checkHost(config.host);
      const { endpoint } = readExchange(element, config ?? notKnown);
      readRelay(element);
      readLogin(element);
      const isWaiting = loading !== 'eager' && !isWanted;
      const kit = isWaiting ? null : readKit(element);
      mayArrive = false;
      show(isWaiting ? 'idle' : 'loading');
      if (signal.aborted) return;
      if (!kit) {
        if (loading === 'lazy') whenNear(element, load, signal);
        return;
      }
      if (!config) {
        const isAgain = hasAsked;
        hasAsked = true;
        const asked = await askForTagBesideKit(endpoint!, number!, kit, signal, isAgain, (error) =>
          state.fail(error),
        );
        if (signal.aborted) return;
        config = campaign.config = readConfig(element, asked);
        checkHost(config.host);
        // A late tag is used too.
        show('loading');
        if (signal.aborted) return;
        if (kit.deadline < performance.now()) kit.deadline = performance.now() + kit.timeout;
      }
      const onReady = (): void => {
        ready.resolve();
        // A frame that asked while it was loading has its answer, or is getting it.
        if (element.prefetchToken && state.status === 'ready') {
          void campaign.run?.exchange.prefetch();
        }
      };
      campaign.run = startRun({ element, state, config, kit, onReady, startAgain, giveWay });
      const { host } = config;
      // The page may change its list of hosts while the campaign is running.
      const onHosts = (): void => {
        try {
          checkHost(host);
        } catch (error) {
          takeDown();
          state.fail(error as QualifioError);
        }
      };
      watchAllowedHosts(onHosts, signal);
    } catch (error) {
      if (signal.aborted) return;
      const { code } = error as QualifioError;
      if (code === 'CONFIG_INVALID' && mayArrive) beginParsed();
      else if (code === 'DUPLICATE_CAMPAIGN' && !isShown(element)) giveWay();
      else state.fail(toQualifioError(error));
    }
  }

  function show(status: 'idle' | 'loading'): void {
    state.set(status);
    // The reserved height may have changed.
    state.changed();
  }

  /** A library that updates the page to the server's HTML removed the div. */
  function startAgain(): boolean {
    const isAllowed = (budget ??= frameBudget()).take('repair');
    if (isAllowed) restart();
    return isAllowed;
  }

  /** Waits while the page shows another element of this campaign, and not this one. */
  function giveWay(): void {
    takeDown();
    whenShown(element, restart, (starting = new AbortController()).signal);
    state.set('idle');
  }

  function load(again = false): Promise<void> {
    const { status, frame } = state;
    isWanted = element.isConnected;
    if (!isWanted) {
      ready.renew();
      ready.reject(notConnected('InvalidStateError'));
    } else if (!isFresh && (again || status === 'idle' || (status === 'error' && !frame))) {
      restart();
    }
    return ready.promise;
  }

  const campaign: CampaignStart = {
    config: null,
    run: null,
    load,
    connect() {
      takeDown();
      tagWatch = watchTag(element, restart);
      ready.renew();
      isFresh = true;
    },
    disconnect() {
      tagWatch?.disconnect();
      takeDown();
      isWanted = false;
      state.reset('idle');
      ready.reject(notConnected('AbortError'));
    },
    settingsChanged(changed) {
      const { run } = campaign;
      const has = (...names: string[]): boolean => names.some((name) => changed.has(name));
      // A campaign that waits or could not start tries again. Functions and objects may be new at each rendering.
      const mayStart =
        !run &&
        (state.status !== 'loading' || has('authEndpoint')) &&
        [...changed.values()].some((before) => Object(before) !== before);
      const isOther = has('campaignId', 'channelId', 'host');
      if (element.isConnected && (isFresh || mayStart || isOther)) restart();
      else if (has('tokenProvider', 'authEndpoint', 'tokenCampaignId', 'relay')) {
        run?.exchange.settingsChanged();
      }
    },
    onError(error) {
      // Immediately: a listener of the error may start again, with a new promise.
      ready.reject(error);
      const isOffline =
        (error.code === 'KIT_LOAD_FAILED' && !navigator.onLine) ||
        (error.code === 'ENDPOINT_UNREACHABLE' && !campaign.run);
      if (!isOffline || isRetry) return;
      const { signal } = starting!;
      window.addEventListener('online', () => restart(true), { once: true, signal });
    },
  };
  return campaign;
}
