import {
  readExchange,
  readRelay,
  type AnswerSettings,
  type ExchangeSettings,
} from './element-settings.js';
import { campaignTokens } from '../token/campaign-tokens.js';
import { checkHosts, type UsableToken } from '../token/endpoint-answer.js';
import { QualifioMessageEvent, QualifioTokenSentEvent, type SignedOutCause } from '../events.js';
import { frameBudget } from './frame-budget.js';
import { frameDocuments, type FrameAsk } from './frame-documents.js';
import { frameLink, type FrameLinkParts } from './frame-link.js';
import { listenTo, ownMessages } from '../page/message-router.js';
import { ownField } from '../config/own-field.js';
import { loginRequest } from './login-request.js';
import { answerPreLogin } from './pre-login.js';
import { reportedError, toQualifioError } from './reported-error.js';
import type { TokenReason } from '../token/token-source.js';

/** What an exchange needs. */
export interface ExchangeParts extends FrameLinkParts {
  element: AnswerSettings;
}

/** An answer in progress. */
interface Answering {
  readonly promise: Promise<boolean>;
  /** The page asked for it after a login: another such request joins it. */
  readonly isResume: boolean;
}

/**
 * One campaign's conversation: what its frame asks, and the answers.
 *
 * A frame that asks `isLoggedIn` waits for its answer. Meanwhile a token is requested, once. The
 * result is a token sent, `login-required`, or an error. In the last two cases the frame keeps
 * waiting until {@link Exchange.resume} is called or a login elsewhere is noticed. When the frame
 * has loaded another document, the asks of earlier documents are not answered: the new one asks
 * again.
 *
 * A token exists only in local variables, between the endpoint's answer and the one
 * `sendChildMessage` (except with `prefetch-token`). After `signal` is aborted, nothing is sent,
 * requested or reported.
 */
export interface Exchange {
  /** The frame has loaded a document. @param isFurther whether it had one before: a step of the campaign. */
  frameLoaded(isFurther: boolean): void;
  /** The frame is gone or was replaced: asks of the previous one are closed. */
  frameChanged(): void;
  /** Handles a message of our frame. Ignores other senders, and names that only others relay. */
  receive(name: string, message: unknown): void;
  /**
   * Requests a token and answers the waiting frame. Does not join an earlier request, which may be for
   * the participant who was signed in then. @returns whether a token was sent.
   */
  resume(): Promise<boolean>;
  /** Listens for the other messages that `relay` names. @throws {QualifioError} `CONFIG_INVALID`, or `KIT_LOAD_FAILED` if a kit throws. */
  relay(): void;
  /** Settings have changed: a token source may have been set after the frame asked without one. */
  settingsChanged(): void;
  /** Requests a token before the frame asks for one. */
  prefetch(): Promise<void>;
}

/** Begins the conversation with the frame that will be in `div`. */
export function openExchange(campaign: ExchangeParts): Exchange {
  const { element, state, config, signal } = campaign;
  const read = (): ExchangeSettings => readExchange(element, config);
  const budget = frameBudget();
  const documents = frameDocuments();
  const tokens = campaignTokens(config.campaignId, read, () => state.frame, signal);
  const link = frameLink(campaign, onLife);
  const look = (): void => void answer('resumed', true);
  const login = loginRequest({ state, budget, look, resume: () => void resume() });
  const parts = { ...campaign, read, budget, documents, tokens, link };
  /** The `isLoggedIn` that waits for its answer. */
  let ask: FrameAsk | null = null;
  let answering: Answering | null = null;
  /** Whether a new token was already requested after Qualifio refused one of this ask. */
  let hasRefreshed = false;
  /** The names of other messages that `relay` names. */
  let relayed: readonly string[] = [];

  const isWaiting = (): boolean => ask?.state === 'open';
  const mayRequest = (): boolean => budget.take('token');

  function relay(): void {
    const names = readRelay(element);
    listenTo(names);
    relayed = names;
  }

  function wait(): void {
    documents.close(ask);
    ask = documents.ask(link.senderHost());
  }

  function stopWaiting(isDone = false): void {
    documents.close(ask);
    ask = null;
    login.end(isDone);
  }

  /** The frame's document still exists: an ask that was unsure is open again. */
  function onLife(): void {
    // A document on another allowed host says nothing about the one that asked.
    if (ask?.state !== 'unsure' || (ask.host && ask.host !== link.senderHost())) return;
    if (!answering && !mayRequest()) return;
    documents.signOfLife();
    void answer('requested');
  }

  function onIsLoggedIn(): void {
    if (answering) wait();
    else if (mayRequest()) {
      wait();
      hasRefreshed = false;
      void answer('requested');
    }
  }

  function onError(code: unknown): void {
    const error = reportedError(code);
    const shown = state.error;
    if (shown?.phase === 'qualifio' && shown.code === error.code) return;
    tokens.noteRefused(error);
    const isExpired = error.code === 'TOKEN_EXPIRED';
    const isCurable = isExpired || error.code === 'TOKEN_EMPTY';
    if (isCurable && answering) return;
    if (isCurable && tokens.wereSent() && !hasRefreshed && mayRequest()) {
      hasRefreshed = true;
      wait();
      void answer(isExpired ? 'expired' : 'empty');
    } else if (budget.take('error')) onFailure(error);
  }

  /** Answers the waiting frame; a second call joins the first. `quietly` keeps the status until there is a token. */
  function answer(reason: TokenReason, quietly = false): Promise<boolean> {
    if (answering) return answering.promise;
    // Set before any listener runs: a listener may call resume(), which must see it.
    const current: Answering = {
      isResume: reason === 'resumed' && !quietly,
      promise: Promise.resolve()
        .then(() => tryToAnswer(reason, quietly, () => answering === current && isWaiting()))
        .finally(() => {
          if (answering === current) answering = null;
        }),
    };
    answering = current;
    return current.promise;
  }

  /** @param isWanted whether the frame still waits, and no later answer has replaced this one. */
  async function tryToAnswer(
    reason: TokenReason,
    quietly: boolean,
    isWanted: () => boolean,
  ): Promise<boolean> {
    if (isWanted() && !quietly) state.set('authenticating');
    if (!isWanted()) return false;
    try {
      const token = await tokens.get(reason, mayRequest);
      if (!isWanted()) return false;
      if (typeof token === 'object') return send(token);
      requireLogin(reason, token, quietly);
    } catch (error) {
      if (isWanted() && !quietly) onFailure(error);
    }
    return false;
  }

  function send({ token, expiresAt, hosts }: UsableToken): boolean {
    if (ask?.host) checkHosts(hosts, ask.host);
    link.sendToken(token);
    stopWaiting(true);
    budget.renew('token');
    tokens.noteSent(token);
    state.set('token-sent');
    // A listener may have removed the element.
    if (!signal.aborted) state.dispatch(new QualifioTokenSentEvent(config.campaignId, expiresAt));
    return true;
  }

  function requireLogin(reason: TokenReason, cause: SignedOutCause, quietly: boolean): void {
    state.set('login-required');
    if (signal.aborted) return;
    const isRepeated = quietly || reason === 'resumed';
    login.require(reason === 'expired' ? 'expired' : 'signed-out', cause, isRepeated);
  }

  function onFailure(reason: unknown): void {
    const error = toQualifioError(reason);
    const retry = (): void => {
      if (isWaiting() && state.error === error) void answer('requested');
    };
    if (error.code === 'ENDPOINT_UNREACHABLE') {
      window.addEventListener('online', retry, { once: true, signal });
    }
    login.forget();
    state.fail(error);
  }

  function frameChanged(): void {
    documents.reset();
    stopWaiting();
  }

  async function resume(): Promise<boolean> {
    if (answering?.isResume) return answering.promise;
    tokens.startAfresh();
    answering = null;
    return isWaiting() && answer('resumed');
  }

  signal.addEventListener('abort', frameChanged);
  return {
    frameChanged,
    relay,
    resume,
    prefetch: tokens.prefetch,
    frameLoaded(isFurther) {
      documents.loaded();
      if (isWaiting()) return;
      login.end(false);
      // A first document may have asked before it loaded, in a history that has changed since.
      if ((isFurther || ask) && state.status !== 'token-sent') state.set('ready');
    },
    receive(name, message) {
      const isRelayed = relayed.includes(name);
      if (!isRelayed && !ownMessages.includes(name)) return;
      const code = isRelayed ? undefined : ownField(message, 'code');
      if (!link.isGenuine(name, code)) return;
      if (name === 'isLoggedIn') onIsLoggedIn();
      else if (name === 'error') onError(code);
      else if (!isRelayed) answerPreLogin(parts).catch(onFailure);
      else if (budget.take('message')) {
        state.dispatch(new QualifioMessageEvent(config.campaignId, name, message));
      }
    },
    settingsChanged() {
      try {
        relay();
      } catch (error) {
        // The campaign continues with the previous names.
        state.warn((error as Error).message);
      }
      if (isWaiting() && state.error?.phase === 'config') void answer('requested');
    },
  };
}
