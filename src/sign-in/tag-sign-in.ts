import { CampaignState } from '../campaign/campaign-state.js';
import type { AnswerSettings } from '../campaign/element-settings.js';
import { openExchange, type Exchange } from '../campaign/exchange.js';
import { leaveLoginWindow } from '../campaign/login-window.js';
import type { PanelSettings } from '../element/panel-view.js';
import { watchLang } from '../element/lang-watch.js';
import { kitError, QualifioError } from '../errors.js';
import { QualifioReadyEvent, type CampaignStatus } from '../events.js';
import { watchFrame } from '../page/frame-watch.js';
import { openRoute } from '../page/message-router.js';
import { isInPage } from '../page/in-page.js';
import { checkHost } from '../page/page-trust.js';
import { isFromFrame } from '../page/sender-check.js';
import { hasLoaded, hostOf } from './frame-address.js';
import { rootOf, tagPanel } from './tag-panel.js';

/** The settings that all campaigns of a page share. */
export interface SignInSettings extends AnswerSettings, PanelSettings {}

/** Whether the campaigns of a page can be answered, or why not; `waiting` while this is not known yet. */
export type Readiness = 'ready' | 'waiting' | QualifioError;

/** What a campaign of a pasted tag needs. */
export interface TagParts {
  readonly settings: SignInSettings;
  readonly div: HTMLDivElement;
  readonly campaignId: string;
  readonly readiness: () => Readiness;
  /** Whether its frame may have loaded before it was found. */
  readonly isEarly: boolean;
  /** Called when a kit has run. */
  readonly onKit: () => void;
}

/** One campaign of a pasted tag, from its div to the exchange with its frame. */
export interface TagSignIn {
  readonly div: HTMLDivElement;
  readonly campaignId: string;
  readonly status: CampaignStatus;
  readonly error: QualifioError | null;
  readonly frame: HTMLIFrameElement | null;
  /** Whether the frame has sent a message. */
  readonly heard: boolean;
  resume(): Promise<boolean>;
  /** The settings have changed, or a fault was found or is gone. */
  look(): void;
  /** Shows the state again, in another language or with other texts. */
  show(): void;
  /** The document has changed. Returns false if the div is gone. */
  follow(): boolean;
  /** Other code sends a token to the frame. Returns whether it comes too late. */
  onForeignToken(): boolean;
  /** Ends it. Nothing is reported after that. */
  stop(): void;
}

/** Begins to answer the frame that a kit makes, or has made, in a div. */
export function signInTag({
  settings,
  div,
  campaignId,
  readiness,
  isEarly,
  onKit,
}: TagParts): TagSignIn {
  const divId = div.id;
  const stopping = new AbortController();
  const { signal } = stopping;
  const state = new CampaignState(div, () => show(), 'qualifio-sign-in');
  state.campaignId = campaignId;
  let answering: { exchange: Exchange; host: string; end: AbortController } | null = null;
  let showPanel: ReturnType<typeof tagPanel> | null = null;
  /** The `isLoggedIn` that came before it could be answered. */
  let heldAsk: unknown = null;
  /** The frame's window, which is another one after a move. */
  let frameWindow: Window | null = null;
  let isLoaded = false;
  let mayHaveLoaded = isEarly;
  /** Our token has gone to the frame, which has not asked since. */
  let isAnswered = false;
  /** Other code has sent a token in this task. */
  let isAnsweredByPage = false;

  const show = (): void => showPanel?.(state);

  /** @throws {QualifioError} `CONFIG_INVALID` */
  function openPanel(): void {
    showPanel ??= tagPanel(settings, div, rootOf(div), onAction, signal);
    show();
  }

  function onAction(): void {
    const { error, frame } = state;
    if (error?.recoverable !== false) void resume();
    // The game starts anew, in the vendor's own frame.
    else if (frame) frame.contentWindow?.location.replace(frame.src);
  }

  function fail(error: QualifioError): void {
    if (!signal.aborted) state.fail(error);
  }

  function endExchange(): void {
    answering?.end.abort();
    answering = null;
    isAnswered = false;
  }

  /** Opens the exchange with the frame's host, once that is known and allowed. */
  function look(): void {
    const host = state.frame ? hostOf(state.frame) : '';
    const isReady = readiness() === 'ready';
    if (answering && (answering.host !== host || !isReady)) endExchange();
    if (!host || !isReady || signal.aborted) return;
    try {
      checkHost(host);
      if (answering) return answering.exchange.settingsChanged();
      const end = new AbortController();
      signal.addEventListener('abort', () => end.abort(), { signal: end.signal });
      openPanel();
      const config = { campaignId, divId, host, tokenCampaignId: '' };
      const parts = { element: settings, state, config, div, signal: end.signal };
      answering = { exchange: openExchange(parts), host, end };
      answering.exchange.relay();
      if (isLoaded) answering.exchange.frameLoaded(false);
      if (state.status === 'error') state.set(isLoaded ? 'ready' : 'loading');
      if (heldAsk !== null) answering.exchange.receive('isLoggedIn', heldAsk);
      heldAsk = null;
    } catch (error) {
      endExchange();
      const { code, message } = error as QualifioError;
      if (state.error?.code !== code || state.error.message !== message) {
        fail(error as QualifioError);
      }
    }
  }

  function receive(name: string, message: unknown): void {
    onKit();
    look();
    if (answering) {
      // The page's own callback ran before this one, and has answered.
      if (name === 'isLoggedIn' && isAnsweredByPage) return;
      if (name === 'isLoggedIn' || name === 'error') isAnswered = false;
      return answering.exchange.receive(name, message);
    }
    const { frame } = state;
    if (name !== 'isLoggedIn' || !frame || !isFromFrame(frame, [hostOf(frame)])) return;
    heldAsk = message;
    const reason = readiness();
    if (reason === 'waiting') return;
    try {
      // Only now does it matter to the participant.
      openPanel();
      if (reason !== 'ready') fail(reason);
    } catch {
      // Reported when the frame was found.
    }
  }

  function useFrame(frame: HTMLIFrameElement | null): void {
    endExchange();
    heldAsk = null;
    frameWindow = frame?.contentWindow ?? null;
    isLoaded = false;
    state.frame = frame;
    state.isLoginWindow = leaveLoginWindow();
    state.set(frame ? 'loading' : 'idle');
    if (signal.aborted || !frame) return state.changed();
    onKit();
    look();
    if (mayHaveLoaded && hasLoaded(frame)) onLoad();
  }

  function onLoad(): void {
    const isFurther = isLoaded;
    isLoaded = true;
    heldAsk = isFurther ? null : heldAsk;
    isAnswered = false;
    const wasAnswering = answering;
    look();
    if (wasAnswering === answering) answering?.exchange.frameLoaded(isFurther);
    if (isFurther || signal.aborted) return;
    if (state.status === 'loading' || state.error?.phase === 'kit') state.set('ready');
    if (!signal.aborted) state.dispatch(new QualifioReadyEvent(campaignId));
  }

  async function resume(): Promise<boolean> {
    return answering?.exchange.resume() ?? false;
  }

  div.addEventListener('qualifio-token-sent', ({ target }) => (isAnswered ||= target === div), {
    capture: true,
    signal,
  });
  const langWatch = watchLang(div, show);
  signal.addEventListener('abort', () => langWatch.disconnect());
  openRoute(divId, receive, signal);
  watchFrame(
    { div, parts: [div] },
    {
      onFrame: useFrame,
      onLoad,
      onBlocked: () => fail(kitError('KIT_TIMEOUT', 'frame-src blocks the frame.')),
      // The page has taken it away: there is nothing to answer.
      onRemoved: () => useFrame(null),
    },
    signal,
    // Its look stays as it is; its address may have changed.
    () => look,
  );
  mayHaveLoaded = false;

  return {
    div,
    campaignId,
    get status() {
      return state.status;
    },
    get error() {
      return state.error;
    },
    get frame() {
      return state.frame;
    },
    get heard() {
      return state.frame !== null && state.frame === state.speaker;
    },
    resume,
    look,
    show,
    follow() {
      if (!isInPage(div) || div.id !== divId) return false;
      const { frame } = state;
      // A move has ended the frame's documents, unless it was by moveBefore().
      if (frame && frame.contentWindow !== frameWindow) useFrame(frame);
      return true;
    },
    onForeignToken() {
      if (isAnswered) return true;
      isAnsweredByPage = true;
      queueMicrotask(() => (isAnsweredByPage = false));
      heldAsk = null;
      if (!answering) return false;
      answering.exchange.frameChanged();
      answering.exchange.frameLoaded(true);
      return false;
    },
    stop: () => stopping.abort(),
  };
}
