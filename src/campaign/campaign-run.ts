import type { CampaignConfig } from '../config/campaign-config.js';
import type { CampaignSettings, KitSettings } from './element-settings.js';
import type { CampaignState } from './campaign-state.js';
import { documentMember } from '../page/document-member.js';
import { configError, kitError, type QualifioError } from '../errors.js';
import { QualifioReadyEvent } from '../events.js';
import { openExchange, type Exchange } from './exchange.js';
import { keepLook } from '../page/frame-look.js';
import { watchFrame } from '../page/frame-watch.js';
import { createIframe, loadKit } from '../page/kit.js';
import { openRoute } from '../page/message-router.js';
import { pageRegistry } from '../page/page-registry.js';
import { templateOf } from '../config/pasted-tag.js';
import { placeDiv } from '../page/placement.js';
import { isShown } from '../page/shown.js';

/** What a run needs. */
export interface CampaignRunParts {
  element: CampaignSettings;
  state: CampaignState;
  config: CampaignConfig;
  kit: KitSettings;
  /** Called when the frame has loaded its first document. */
  onReady: () => void;
  /** Starts the campaign again. Returns false if it was restarted too often. */
  startAgain: () => boolean;
  /** Ends the run: the page shows another element of this campaign, and not this one. */
  giveWay: () => void;
}

/**
 * One campaign on the page, from Qualifio's div to the loaded frame and the exchange with it.
 *
 * A run starts once and ends once, with {@link CampaignRun.stop}, which removes everything that the
 * run put into the page. After that it reports nothing. Until then it continues after its own
 * errors, since a kit or frame that loads late still works.
 */
export interface CampaignRun {
  readonly exchange: Exchange;
  /** Call this after the element was moved without reloading its frame. */
  follow(): void;
  /** Removes everything of this run from the page. A second call does nothing. */
  stop(): void;
}

/** @throws {QualifioError} `DUPLICATE_CAMPAIGN`, or `KIT_LOAD_FAILED` if a kit throws. */
export function startRun(parts: CampaignRunParts): CampaignRun {
  const { element, state, config, kit, onReady, startAgain, giveWay } = parts;
  const { divId, campaignId } = config;
  // Nodes that a framework put into the template itself are in the document: the kit would find them.
  templateOf(element)?.querySelector(`[id="${divId}"]`)?.removeAttribute('id');
  const registry = pageRegistry();
  const holders = (registry.holders ??= new Map());
  if (isShown(element)) holders.get(divId)?.();
  const other = documentMember('getElementById')(divId);
  if (registry.routes.has(divId) || (other && other.slot !== divId)) {
    const message = `Campaign ${campaignId} is already on this page.`;
    throw configError('DUPLICATE_CAMPAIGN', message);
  }
  // `innerHTML +=` on the host of a shadow root leaves a copy of our div.
  other?.remove();
  const stopping = new AbortController();
  const { signal } = stopping;
  const deadline = setTimeout(onTimeout, kit.deadline - performance.now());
  let hasLoaded = false;
  const placement = placeDiv(element, divId);
  const { div, follow, remove } = placement;
  signal.addEventListener('abort', remove);
  holders.set(divId, () => {
    if (!isShown(element)) giveWay();
  });
  signal.addEventListener('abort', () => holders.delete(divId));
  const exchange = openExchange({ element, state, config, div, signal });

  function stop(): void {
    clearTimeout(deadline);
    stopping.abort();
  }

  function fail(error: QualifioError): void {
    clearTimeout(deadline);
    hasLoaded = false;
    state.fail(error);
  }

  function useFrame(frame: HTMLIFrameElement | null): void {
    exchange.frameChanged();
    state.frame = frame;
    state.changed();
  }

  function onLoad(): void {
    clearTimeout(deadline);
    const isFurther = hasLoaded;
    hasLoaded = true;
    exchange.frameLoaded(isFurther);
    if (isFurther) return;
    // A frame may have asked while it was still loading, perhaps without success.
    if (state.status === 'loading' || state.error?.phase === 'kit') state.set('ready');
    if (signal.aborted) return;
    onReady();
    state.dispatch(new QualifioReadyEvent(campaignId));
  }

  function onRemoved(isTaken: boolean): void {
    if (isTaken && startAgain()) return;
    useFrame(null);
    fail(kitError('FRAME_REMOVED', 'Another script removed the frame.'));
  }

  function onBlocked(): void {
    fail(kitError('KIT_TIMEOUT', 'frame-src blocks the frame.'));
  }

  function onTimeout(): void {
    // Do not wait again for a request that never ends.
    registry.kits.delete(kit.url);
    // A frame that has asked exists, even if its document never finishes loading.
    if (state.status !== 'loading') onReady();
    else fail(kitError('KIT_TIMEOUT', `No frame within ${kit.timeout} ms (kit-timeout).`));
  }

  watchFrame(placement, { onFrame: useFrame, onLoad, onBlocked, onRemoved }, signal, keepLook);
  try {
    exchange.relay();
    openRoute(divId, exchange.receive, signal);
    createIframe(config, signal);
  } catch (error) {
    stop();
    throw error;
  }
  // The error may be an instance of another copy's class.
  loadKit(kit.url, kit.nonce, signal).catch((error: QualifioError) => {
    if (!signal.aborted && !hasLoaded) fail(error);
  });
  return { exchange, follow, stop };
}
