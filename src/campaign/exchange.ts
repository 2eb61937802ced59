import type { CampaignConfig } from '../config/campaign-config.js';
import {
  readExchange,
  readRelay,
  type CampaignSettings,
  type ExchangeSettings,
} from './element-settings.js';
import type { CampaignState } from './campaign-state.js';
import { CampaignTokens } from '../token/campaign-tokens.js';
import { checkHosts, type UsableToken } from '../token/endpoint-answer.js';
import { QualifioError, type QualifioErrorCode } from '../errors.js';
import {
  QualifioLoginRequiredEvent,
  QualifioMessageEvent,
  QualifioTokenSentEvent,
} from '../events.js';
import { FrameBudget } from './frame-budget.js';
import { FrameDocuments, type FrameAsk } from './frame-documents.js';
import { FrameLink } from './frame-link.js';
import { openRelay } from '../page/message-router.js';
import type { MessageName } from '../page/page-registry.js';
import { answerPreLogin } from './pre-login.js';
import { watchReturn } from './return-watch.js';
import { senderHost } from '../page/sender-check.js';
import type { TokenReason } from '../token/token-source.js';

const reportedCodes: readonly QualifioErrorCode[] = [
  'TOKEN_EXPIRED',
  'TOKEN_INVALID_FORMAT',
  'TOKEN_EMPTY',
  'TOKEN_INVALID_SIGNATURE',
  'TOKEN_DECRYPTION_FAILED',
];

/** What an exchange is made of. */
export interface ExchangeParts {
  settings: CampaignSettings;
  state: CampaignState;
  config: CampaignConfig;
  /** The div that the kit fills. */
  div: HTMLElement;
  /** Aborted when the campaign ends. */
  signal: AbortSignal;
}

/** An answer that is under way. */
interface Answering {
  readonly promise: Promise<boolean>;
  /** The page has asked for it after a log-in: another such request joins it. */
  readonly isResume: boolean;
}

/**
 * One campaign's conversation: what its frame asks, and what it is answered.
 *
 * A frame that asks `isLoggedIn` waits until it is answered. While it waits a token is asked for,
 * once; what comes of it is a token sent, `login-required`, or an error, and in the last two cases
 * the frame waits on, until {@link resume} or a log-in seen elsewhere goes on. Once the frame has
 * another document, nothing that an earlier one asked is answered: the new one asks for itself.
 *
 * A token lives in local variables between the endpoint's answer and the one `sendChildMessage`
 * (but for `prefetch-token`). After `signal` is aborted nothing is sent, asked or told.
 */
export class Exchange {
  readonly #settings: CampaignSettings;
  readonly #state: CampaignState;
  readonly #config: CampaignConfig;
  readonly #signal: AbortSignal;
  readonly #tokens: CampaignTokens;
  readonly #link: FrameLink;
  readonly #budget = new FrameBudget();
  readonly #documents = new FrameDocuments();
  /** The `isLoggedIn` that waits for its answer. */
  #ask: FrameAsk | null = null;
  #answering: Answering | null = null;
  /** Whether a fresh token was sent already after Qualifio refused one of this ask. */
  #refreshed = false;
  #announced = false;
  #loginWatch: AbortController | null = null;

  constructor({ settings, state, config, div, signal }: ExchangeParts) {
    this.#settings = settings;
    this.#state = state;
    this.#config = config;
    this.#signal = signal;
    const { campaignId } = config;
    const frame = (): Element | null => state.frame;
    this.#tokens = new CampaignTokens(campaignId, () => this.#read(), frame, signal);
    this.#link = new FrameLink({ state, config, div });
    signal.addEventListener('abort', () => this.frameChanged());
    this.#link.watchLife(() => this.#onLife(), signal);
  }

  /** Hears the further messages that `relay` names. @throws {QualifioError} `CONFIG_INVALID`, or `KIT_LOAD_FAILED` of a kit that throws. */
  start(): void {
    this.#relay();
  }

  #read(): ExchangeSettings {
    return readExchange(this.#settings, this.#config);
  }

  /** The frame has loaded a document. @param isFurther whether it had one before: a step of the campaign. */
  frameLoaded(isFurther: boolean): void {
    this.#documents.loaded();
    if (this.#isWaiting) return;
    this.#endLogin();
    // A first document may have asked before it loaded, in a history that has changed since.
    const isOver = isFurther || this.#ask !== null;
    if (isOver && this.#state.status !== 'token-sent') this.#state.set('ready');
  }

  /** What the frame asked before an event that could not be told apart is open again. */
  #onLife(): void {
    if (!this.#ask?.isUnsure || !(this.#answering || this.#budget.take('token'))) return;
    this.#documents.signOfLife();
    void this.#answer('requested');
  }

  /** The frame is gone, or is another one: what the former one asked is no longer open. */
  frameChanged(): void {
    this.#documents.reset();
    this.#stopWaiting();
  }

  /** Takes a message of the campaign, if it is from our frame. */
  receive(name: MessageName, code: unknown): void {
    if (!this.#link.isGenuine(name, code)) return;
    if (name === 'isLoggedIn') this.#onIsLoggedIn();
    else if (name === 'error') this.#onError(code);
    else this.#onParticipantAction().catch((error: unknown) => this.#onFailure(error));
  }

  /**
   * Asks for a token and answers the waiting frame. Joins no request from before, which may be in the
   * name of whoever was signed in then.
   *
   * @returns whether a token was sent.
   */
  async resume(): Promise<boolean> {
    if (this.#answering?.isResume) return this.#answering.promise;
    this.#tokens.startAfresh();
    this.#answering = null;
    return this.#isWaiting ? this.#answer('resumed') : false;
  }

  /** Settings have changed: a token source may have come after the frame had asked in vain. */
  settingsChanged(): void {
    try {
      this.#relay();
    } catch (error) {
      // The campaign goes on, with the names from before.
      console.warn(`<qualifio-campaign>: ${(error as Error).message}`);
    }
    if (this.#isWaiting && this.#state.error?.phase === 'config') void this.#answer('requested');
  }

  /** Asks for a token before the frame does. */
  prefetch(): Promise<void> {
    return this.#tokens.prefetch();
  }

  get #isWaiting(): boolean {
    return this.#ask?.isOpen ?? false;
  }

  #wait(): void {
    this.#documents.close(this.#ask);
    this.#ask = this.#documents.ask(senderHost());
  }

  #onIsLoggedIn(): void {
    if (this.#answering) this.#wait();
    else if (this.#budget.take('token')) {
      this.#wait();
      this.#refreshed = false;
      void this.#answer('requested');
    }
  }

  /** From now on, takes the messages that `relay` names, and no others. */
  #relay(): void {
    const { divId, campaignId } = this.#config;
    const names = readRelay(this.#settings);
    const relay = (name: string, data: unknown): void => {
      if (!names.includes(name) || !this.#link.isGenuine(name)) return;
      if (!this.#budget.take('message')) return;
      this.#state.dispatch(new QualifioMessageEvent(campaignId, name, data));
    };
    openRelay(divId, names, relay, this.#signal);
  }

  #onError(code: unknown): void {
    const known = reportedCodes.find((reported) => reported === code) ?? 'UNKNOWN';
    const shown = this.#state.error;
    if (shown?.phase === 'qualifio' && shown.code === known) return;
    const message = `Qualifio answered ${known} to the token.`;
    const error = new QualifioError('qualifio', known, message);
    this.#tokens.noteRefused(error);
    const isCurable = known === 'TOKEN_EXPIRED' || known === 'TOKEN_EMPTY';
    if (isCurable && this.#answering) return;
    const mayRefresh = isCurable && this.#tokens.wereSent && !this.#refreshed;
    if (mayRefresh && this.#budget.take('token')) {
      this.#refreshed = true;
      this.#wait();
      void this.#answer(known === 'TOKEN_EXPIRED' ? 'expired' : 'empty');
    } else if (this.#budget.take('error')) this.#onFailure(error);
  }

  #onParticipantAction(): Promise<void> {
    return answerPreLogin(this.#config.campaignId, {
      ...{ state: this.#state, documents: this.#documents, tokens: this.#tokens },
      ...{ link: this.#link, budget: this.#budget, signal: this.#signal },
      read: () => this.#read(),
    });
  }

  /** Answers the waiting frame; a second call joins the first. `quietly` keeps the status until there is a token. */
  #answer(reason: TokenReason, quietly = false): Promise<boolean> {
    if (this.#answering) return this.#answering.promise;
    // It stands before any listener runs: one may call resume(), and has to see it.
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

  /** @param isWanted whether no later answer has taken the place of this one. */
  async #tryToAnswer(
    reason: TokenReason,
    quietly: boolean,
    isWanted: () => boolean,
  ): Promise<boolean> {
    if (!this.#isWaiting || !isWanted()) return false;
    if (!quietly) this.#state.set('authenticating');
    try {
      const answer = isWanted()
        ? await this.#tokens.get(reason, () => this.#budget.take('token'))
        : null;
      if (!this.#isWaiting || !isWanted()) return false;
      if (answer) return this.#sendToken(answer);
      else this.#requireLogin(reason, quietly);
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
    // Whoever hears of that may take the element away.
    if (this.#signal.aborted) return true;
    this.#state.dispatch(new QualifioTokenSentEvent(this.#config.campaignId, expiresAt));
    return true;
  }

  #requireLogin(reason: TokenReason, quietly: boolean): void {
    this.#state.set('login-required');
    if (this.#signal.aborted) return;
    if (!this.#loginWatch) {
      this.#loginWatch = new AbortController();
      const look = (): void => void this.#answer('resumed', true);
      watchReturn(look, this.#budget, this.#loginWatch.signal);
    }
    // A look that finds nothing new is no news.
    if (this.#announced && (quietly || reason === 'resumed')) return;
    this.#announced = true;
    const why = reason === 'expired' ? 'expired' : 'signed-out';
    const resume = (): void => void this.resume();
    const event = new QualifioLoginRequiredEvent(this.#config.campaignId, why, resume);
    this.#state.dispatch(event);
  }

  #onFailure(reason: unknown): void {
    const error =
      reason instanceof QualifioError
        ? reason
        : new QualifioError('qualifio', 'UNKNOWN', String(reason));
    if (error.code === 'ENDPOINT_UNREACHABLE') {
      const retry = (): void => {
        if (this.#isWaiting && this.#state.error === error) void this.#answer('requested');
      };
      window.addEventListener('online', retry, { once: true, signal: this.#signal });
    }
    // A log-in that is needed after that is news again.
    this.#announced = false;
    this.#state.fail(error);
  }

  #stopWaiting(): void {
    this.#documents.close(this.#ask);
    this.#ask = null;
    this.#endLogin();
  }

  #endLogin(): void {
    this.#announced = false;
    this.#loginWatch?.abort();
    this.#loginWatch = null;
  }
}
