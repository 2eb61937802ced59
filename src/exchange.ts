import { askBudget } from './ask-budget.js';
import type { CampaignConfig } from './campaign-config.js';
import {
  readExchange,
  readRelay,
  type CampaignSettings,
  type ExchangeSettings,
} from './campaign-settings.js';
import type { CampaignState } from './campaign-state.js';
import { CampaignTokens } from './campaign-tokens.js';
import { QualifioError, type QualifioErrorCode } from './errors.js';
import {
  QualifioLoginRequiredEvent,
  QualifioMessageEvent,
  QualifioParticipantActionEvent,
  QualifioTokenSentEvent,
} from './events.js';
import { FrameDocuments, type FrameAsk } from './frame-documents.js';
import { isSameHost } from './host.js';
import { inspect } from './inspection.js';
import { sendChildMessage } from './kit.js';
import { openRelay } from './message-router.js';
import type { MessageName } from './page-registry.js';
import { watchReturn } from './return-watch.js';
import { isFromFrame } from './sender-check.js';
import type { TokenReason } from './token-source.js';

const reportedCodes: readonly QualifioErrorCode[] = [
  'TOKEN_EXPIRED',
  'TOKEN_INVALID_FORMAT',
  'TOKEN_EMPTY',
  'TOKEN_INVALID_SIGNATURE',
  'TOKEN_DECRYPTION_FAILED',
];

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
  /** Hosts that may speak for the campaign. */
  readonly #hosts: readonly string[];
  readonly #config: CampaignConfig;
  readonly #div: HTMLElement;
  readonly #signal: AbortSignal;
  readonly #tokens: CampaignTokens;
  /** The first ask is free; then three repeats a minute. */
  readonly #mayAsk = askBudget();
  readonly #mayAskBeforeLogin = askBudget();
  readonly #documents = new FrameDocuments();
  /** The `isLoggedIn` that waits for its answer. */
  #ask: FrameAsk | null = null;
  #answering: Promise<boolean> | null = null;
  /** Whether a fresh token was sent already after Qualifio refused one of this ask. */
  #refreshed = false;
  #announced = false;
  #loginWatch: AbortController | null = null;
  #warned = false;

  constructor(
    settings: CampaignSettings,
    state: CampaignState,
    config: CampaignConfig,
    hosts: readonly string[],
    div: HTMLElement,
    signal: AbortSignal,
  ) {
    this.#settings = settings;
    this.#state = state;
    this.#config = config;
    this.#hosts = hosts;
    this.#div = div;
    this.#signal = signal;
    const read = (): ExchangeSettings => readExchange(settings, config);
    this.#tokens = new CampaignTokens(config.campaignId, read, signal);
    signal.addEventListener('abort', () => this.frameChanged());
    this.#relay();
  }

  /** The frame has loaded a document. @param isFurther whether it had one before: a step of the campaign. */
  frameLoaded(isFurther: boolean): void {
    this.#documents.loaded();
    if (this.#isWaiting) return;
    this.#stopWaiting();
    if (isFurther && this.#state.status !== 'token-sent') this.#state.set('ready');
  }

  /** The frame is gone, or is another one: what the former one asked is no longer open. */
  frameChanged(): void {
    this.#documents.reset();
    this.#stopWaiting();
  }

  /** Takes a message of the campaign, if it is from our frame. */
  receive(name: MessageName, code: unknown): void {
    if (!this.#isGenuine(name, code)) return;
    if (name === 'isLoggedIn') this.#onIsLoggedIn();
    else if (name === 'error') this.#onError(code);
    else void this.#onParticipantAction();
  }

  #isGenuine(name: string, code?: unknown): boolean {
    const { campaignId } = this.#config;
    const isGenuine = isFromFrame(this.#state.frame, this.#hosts, (host) => this.#warnOfHost(host));
    inspect({ campaignId, direction: 'to-page', name, code, isGenuine });
    return isGenuine;
  }

  /** Asks for a token and answers the waiting frame. @returns whether a token was sent. */
  async resume(): Promise<boolean> {
    if (await this.#answering) return true;
    return this.#isWaiting && !this.#signal.aborted ? this.#answer('resumed') : false;
  }

  /** Settings have changed: a token source may have come after the frame had asked in vain. */
  settingsChanged(): void {
    try {
      this.#relay();
    } catch (error) {
      this.#onFailure(error);
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
    this.#ask = this.#documents.ask();
  }

  #onIsLoggedIn(): void {
    if (this.#answering) this.#wait();
    else if (this.#mayAsk()) {
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
      if (!names.includes(name) || !this.#isGenuine(name)) return;
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
    const mendable = known === 'TOKEN_EXPIRED' || known === 'TOKEN_EMPTY';
    if (mendable && this.#answering) return;
    if (!mendable || !this.#tokens.wereSent || this.#refreshed) return this.#onFailure(error);
    this.#refreshed = true;
    this.#wait();
    void this.#answer(known === 'TOKEN_EXPIRED' ? 'expired' : 'empty');
  }

  async #onParticipantAction(): Promise<void> {
    const ask = this.#documents.ask();
    const event = new QualifioParticipantActionEvent(this.#config.campaignId);
    this.#state.dispatch(event);
    let show: boolean;
    try {
      show = Boolean((await event.response) ?? (await this.#showPreLogin()));
    } catch {
      show = await this.#showPreLogin();
    }
    if (!ask.isOpen) return;
    this.#documents.close(ask);
    try {
      this.#send('requestParticipantAction', show, { answer: show });
    } catch (error) {
      this.#onFailure(error);
    }
  }

  async #showPreLogin(): Promise<boolean> {
    try {
      const { preLogin } = readExchange(this.#settings, this.#config);
      if (preLogin !== 'auto' || !this.#mayAskBeforeLogin()) return preLogin !== 'never';
      return !(await this.#tokens.isSignedIn());
    } catch {
      return true;
    }
  }

  /** Answers the waiting frame; a second call joins the first. `quietly` keeps the status until there is a token. */
  #answer(reason: TokenReason, quietly = false): Promise<boolean> {
    // The promise stands before any listener runs: one may call resume(), and has to join it.
    this.#answering ??= Promise.resolve()
      .then(() => this.#tryToAnswer(reason, quietly))
      .finally(() => {
        this.#answering = null;
      });
    return this.#answering;
  }

  async #tryToAnswer(reason: TokenReason, quietly: boolean): Promise<boolean> {
    if (this.#signal.aborted) return false;
    if (!quietly) this.#state.set('authenticating');
    try {
      const answer = await this.#tokens.get(reason);
      if (this.#signal.aborted || !this.#isWaiting) return false;
      if (answer) return this.#sendToken(answer.token, answer.expiresAt);
      else this.#requireLogin(reason, quietly);
    } catch (error) {
      if (this.#isWaiting && !quietly) this.#onFailure(error);
    }
    return false;
  }

  #sendToken(token: string, expiresAt: Date | null): boolean {
    this.#checkFrame();
    this.#send('userInfo', token);
    this.#stopWaiting();
    this.#mayAsk(true);
    this.#tokens.noteSent(token);
    this.#state.set('token-sent');
    // Whoever hears of that may take the element away.
    if (this.#signal.aborted) return true;
    this.#state.dispatch(new QualifioTokenSentEvent(this.#config.campaignId, expiresAt));
    return true;
  }

  /** Sends to the frame. @param told what the inspector may know of it, beside its name. */
  #send(
    name: 'requestParticipantAction' | 'userInfo',
    data: string | boolean,
    told?: { answer: boolean },
  ): void {
    const { campaignId, divId } = this.#config;
    sendChildMessage(divId, name, data);
    inspect({ campaignId, direction: 'to-frame', name, ...told });
  }

  /** The kit finds the frame by the div's id; what it finds has to be the frame that asked. */
  #checkFrame(): void {
    const { frame } = this.#state;
    const { divId, host } = this.#config;
    if (!frame || !this.#div.contains(frame) || document.getElementById(divId) !== this.#div) {
      throw new QualifioError('kit', 'FRAME_REMOVED', `The frame has left #${divId}.`);
    }
    if (!isSameHost(frame.src.split('/')[2] ?? '', host)) {
      throw new QualifioError('config', 'HOST_NOT_ALLOWED', `The frame has left ${host}.`);
    }
  }

  #requireLogin(reason: TokenReason, quietly: boolean): void {
    this.#state.set('login-required');
    if (this.#signal.aborted) return;
    if (!this.#loginWatch) {
      this.#loginWatch = new AbortController();
      watchReturn(() => void this.#answer('resumed', true), this.#loginWatch.signal);
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
    this.#announced = false;
    this.#loginWatch?.abort();
    this.#loginWatch = null;
  }

  #warnOfHost(host: string): void {
    if (this.#warned) return;
    this.#warned = true;
    console.warn(
      `<qualifio-campaign>: ignored a message from ${host}, not ${this.#config.host}; see QualifioCampaign.allowedHosts.`,
    );
  }
}
