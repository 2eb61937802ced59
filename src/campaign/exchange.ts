import type { CampaignConfig } from '../config/campaign-config.js';
import { readExchange, type CampaignSettings, type ExchangeSettings } from './element-settings.js';
import type { CampaignState } from './campaign-state.js';
import { CampaignTokens } from '../token/campaign-tokens.js';
import { checkHosts, type UsableToken } from '../token/endpoint-answer.js';
import { QualifioTokenSentEvent, type SignedOutCause } from '../events.js';
import { FrameBudget } from './frame-budget.js';
import { FrameDocuments, type FrameAsk } from './frame-documents.js';
import { FrameLink } from './frame-link.js';
import type { MessageName } from '../page/page-registry.js';
import { LoginRequest } from './login-request.js';
import { answerPreLogin, type PreLoginParts } from './pre-login.js';
import { relayMessages, type RelayParts } from './relayed-messages.js';
import { reportedError, toQualifioError } from './reported-error.js';
import type { TokenReason } from '../token/token-source.js';

/** What an exchange needs. */
export interface ExchangeParts {
  settings: CampaignSettings;
  state: CampaignState;
  config: CampaignConfig;
  /** The div that the kit fills. */
  div: HTMLElement;
  /** Aborted when the campaign ends. */
  signal: AbortSignal;
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
 * waiting, until {@link resume} is called or a login elsewhere is noticed. Once the frame has
 * another document, nothing that an earlier one asked is answered: the new one asks again.
 *
 * A token is only in local variables between the endpoint's answer and the one `sendChildMessage`
 * (except with `prefetch-token`). After `signal` is aborted, nothing is sent, requested or reported.
 */
export class Exchange {
  readonly #state: CampaignState;
  readonly #tokens: CampaignTokens;
  readonly #link: FrameLink;
  readonly #budget = new FrameBudget();
  readonly #documents = new FrameDocuments();
  /** The `isLoggedIn` that waits for its answer. */
  #ask: FrameAsk | null = null;
  #answering: Answering | null = null;
  /** Whether a new token was already requested after Qualifio refused one of this ask. */
  #refreshed = false;
  readonly #login: LoginRequest;
  readonly #parts: RelayParts & PreLoginParts;

  constructor({ settings, state, config, div, signal }: ExchangeParts) {
    this.#state = state;
    const { campaignId } = config;
    const frame = (): Element | null => state.frame;
    this.#tokens = new CampaignTokens({ campaignId, settings: () => this.#read(), frame, signal });
    this.#link = new FrameLink({ state, config, div });
    this.#login = new LoginRequest({
      ...{ campaignId, state, budget: this.#budget },
      look: () => void this.#answer('resumed', true),
      resume: () => void this.resume(),
    });
    this.#parts = {
      ...{ settings, state, config, signal, read: () => this.#read() },
      ...{
        link: this.#link,
        budget: this.#budget,
        documents: this.#documents,
        tokens: this.#tokens,
      },
    };
    signal.addEventListener('abort', () => this.frameChanged());
    this.#link.watchLife(() => this.#onLife(), signal);
  }

  #read(): ExchangeSettings {
    return readExchange(this.#parts.settings, this.#parts.config);
  }

  /** The frame has loaded a document. @param isFurther whether it had one before: a step of the campaign. */
  frameLoaded(isFurther: boolean): void {
    this.#documents.loaded();
    if (this.#isWaiting) return;
    this.#login.end();
    // A first document may have asked before it loaded, in a history that has changed since.
    const isOver = isFurther || this.#ask !== null;
    if (isOver && this.#state.status !== 'token-sent') this.#state.set('ready');
  }

  /** The frame's document is still there: an ask that was unsure is open again. */
  #onLife(): void {
    const ask = this.#ask;
    // A document on another host that the page allows does not speak for the one that asked.
    if (!ask?.isUnsure || (ask.host && ask.host !== this.#link.senderHost)) return;
    if (!(this.#answering || this.#budget.take('token'))) return;
    this.#documents.signOfLife();
    void this.#answer('requested');
  }

  /** The frame is gone or was replaced: what the previous one asked is no longer open. */
  frameChanged(): void {
    this.#documents.reset();
    this.#stopWaiting();
  }

  /** Handles a message of the campaign, if it is from our frame. */
  receive(name: MessageName, code: unknown): void {
    if (!this.#link.isGenuine(name, code)) return;
    if (name === 'isLoggedIn') this.#onIsLoggedIn();
    else if (name === 'error') this.#onError(code);
    else answerPreLogin(this.#parts).catch((error: unknown) => this.#onFailure(error));
  }

  /**
   * Requests a token and answers the waiting frame. Does not join an earlier request, which may be for
   * the participant who was signed in then.
   *
   * @returns whether a token was sent.
   */
  async resume(): Promise<boolean> {
    if (this.#answering?.isResume) return this.#answering.promise;
    this.#tokens.startAfresh();
    this.#answering = null;
    return this.#isWaiting ? this.#answer('resumed') : false;
  }

  /** Listens for the other messages that `relay` names. @throws {QualifioError} `CONFIG_INVALID`, or `KIT_LOAD_FAILED` if a kit throws. */
  relay(): void {
    relayMessages(this.#parts);
  }

  /** Settings have changed: a token source may have been set after the frame asked without one. */
  settingsChanged(): void {
    try {
      this.relay();
    } catch (error) {
      // The campaign continues with the previous names.
      console.warn(`<qualifio-campaign>: ${(error as Error).message}`);
    }
    if (this.#isWaiting && this.#state.error?.phase === 'config') void this.#answer('requested');
  }

  /** Requests a token before the frame asks for one. */
  prefetch(): Promise<void> {
    return this.#tokens.prefetch();
  }

  get #isWaiting(): boolean {
    return this.#ask?.isOpen ?? false;
  }

  #wait(): void {
    this.#documents.close(this.#ask);
    this.#ask = this.#documents.ask(this.#link.senderHost);
  }

  #onIsLoggedIn(): void {
    if (this.#answering) this.#wait();
    else if (this.#budget.take('token')) {
      this.#wait();
      this.#refreshed = false;
      void this.#answer('requested');
    }
  }

  #onError(code: unknown): void {
    const error = reportedError(code);
    const shown = this.#state.error;
    if (shown?.phase === 'qualifio' && shown.code === error.code) return;
    this.#tokens.noteRefused(error);
    const isCurable = error.code === 'TOKEN_EXPIRED' || error.code === 'TOKEN_EMPTY';
    if (isCurable && this.#answering) return;
    const mayRefresh = isCurable && this.#tokens.wereSent && !this.#refreshed;
    if (mayRefresh && this.#budget.take('token')) {
      this.#refreshed = true;
      this.#wait();
      void this.#answer(error.code === 'TOKEN_EXPIRED' ? 'expired' : 'empty');
    } else if (this.#budget.take('error')) this.#onFailure(error);
  }

  /** Answers the waiting frame; a second call joins the first. `quietly` keeps the status until there is a token. */
  #answer(reason: TokenReason, quietly = false): Promise<boolean> {
    if (this.#answering) return this.#answering.promise;
    // It is set before any listener runs: a listener may call resume(), which must see it.
    const answering: Answering = {
      isResume: reason === 'resumed' && !quietly,
      promise: Promise.resolve()
        .then(() => this.#tryToAnswer(reason, quietly, () => this.#answering === answering))
        .finally(() => {
          if (this.#answering === answering) this.#answering = null;
        }),
    };
    this.#answering = answering;
    return answering.promise;
  }

  /** @param isWanted whether no later answer has replaced this one. */
  async #tryToAnswer(
    reason: TokenReason,
    quietly: boolean,
    isWanted: () => boolean,
  ): Promise<boolean> {
    if (!this.#isWaiting || !isWanted()) return false;
    if (!quietly) this.#state.set('authenticating');
    try {
      if (!isWanted()) return false;
      const answer = await this.#tokens.get(reason, () => this.#budget.take('token'));
      if (!this.#isWaiting || !isWanted()) return false;
      if (typeof answer === 'object') return this.#sendToken(answer);
      this.#requireLogin(reason, answer, quietly);
    } catch (error) {
      if (this.#isWaiting && isWanted() && !quietly) this.#onFailure(error);
    }
    return false;
  }

  #sendToken({ token, expiresAt, hosts }: UsableToken): boolean {
    if (this.#ask?.host) checkHosts(hosts, this.#ask.host);
    this.#link.sendToken(token);
    this.#stopWaiting();
    this.#budget.renew('token');
    this.#tokens.noteSent(token);
    this.#state.set('token-sent');
    // A listener may have removed the element.
    if (this.#parts.signal.aborted) return true;
    this.#state.dispatch(new QualifioTokenSentEvent(this.#parts.config.campaignId, expiresAt));
    return true;
  }

  #requireLogin(reason: TokenReason, cause: SignedOutCause, quietly: boolean): void {
    this.#state.set('login-required');
    if (this.#parts.signal.aborted) return;
    const isRepeated = quietly || reason === 'resumed';
    this.#login.require(reason === 'expired' ? 'expired' : 'signed-out', cause, isRepeated);
  }

  #onFailure(reason: unknown): void {
    const error = toQualifioError(reason);
    if (error.code === 'ENDPOINT_UNREACHABLE') {
      const retry = (): void => {
        if (this.#isWaiting && this.#state.error === error) void this.#answer('requested');
      };
      window.addEventListener('online', retry, { once: true, signal: this.#parts.signal });
    }
    this.#login.forget();
    this.#state.fail(error);
  }

  #stopWaiting(): void {
    this.#documents.close(this.#ask);
    this.#ask = null;
    this.#login.end();
  }
}
