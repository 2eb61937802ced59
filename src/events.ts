import type { QualifioError } from './errors.js';

/**
 * What a campaign is doing. In order of a normal run: `idle` (not started), `loading` (kit and
 * frame are loading), `ready` (the frame has loaded a document), `authenticating` (a token is being
 * requested), `login-required` (the participant is signed out), `token-sent`; or `error`.
 */
export type CampaignStatus =
  'idle' | 'loading' | 'ready' | 'authenticating' | 'login-required' | 'token-sent' | 'error';

/** What said that a participant is signed out. */
export type SignedOutCause = '401' | '204' | 'null' | 'redirect' | 'provider';

/** Base class of the events of one campaign. */
class CampaignEvent extends Event {
  readonly campaignId: string;

  constructor(type: string, campaignId: string, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable });
    this.campaignId = campaignId;
  }
}

/** The campaign's iframe has loaded a document, and no policy has blocked it. An error page of the browser or the server counts too: a page cannot see inside the frame. See `heard` of the element. */
export class QualifioReadyEvent extends CampaignEvent {
  constructor(campaignId: string) {
    super('qualifio-ready', campaignId);
  }
}

/**
 * The campaign asks whether to show its pre-login screen. If no listener calls
 * {@link respondWith}, the element's `pre-login` setting decides.
 */
export class QualifioParticipantActionEvent extends CampaignEvent {
  /** The answer given by a listener; undefined while there is none. */
  #response: boolean | Promise<boolean> | undefined;

  constructor(campaignId: string) {
    super('qualifio-participant-action', campaignId);
  }

  /** Answers instead of `pre-login`: true shows the pre-login screen. The first call counts. */
  respondWith(showPreLogin: boolean | Promise<boolean>): void {
    this.#response ??= showPreLogin;
  }

  /** A listener's answer, for the element; undefined if there is none. */
  get response(): boolean | Promise<boolean> | undefined {
    return this.#response;
  }
}

/**
 * The campaign needs the participant's token and the participant is signed out. Show your login,
 * then call the element's `resume()`, or pass the login's promise to {@link waitUntil}.
 * `preventDefault()` suppresses the built-in login panel.
 */
export class QualifioLoginRequiredEvent extends CampaignEvent {
  /** `expired`: the participant had a token, which ran out; `signed-out` otherwise. */
  readonly reason: 'signed-out' | 'expired';
  /**
   * What said that the participant is signed out: the endpoint's status, `401` or `204`; `null`, its
   * `{"token": null}`; `redirect`, which may also mean that `auth-endpoint` is not its final URL;
   * `provider`, the `null` of `tokenProvider`.
   */
  readonly cause: SignedOutCause;
  readonly #resume: () => void;

  constructor(
    campaignId: string,
    why: { reason: 'signed-out' | 'expired'; cause: SignedOutCause },
    resume: () => void,
  ) {
    super('qualifio-login-required', campaignId, true);
    this.reason = why.reason;
    this.cause = why.cause;
    this.#resume = resume;
  }

  /**
   * Resumes the campaign when `login` fulfils, with any value. If it rejects, nothing happens: the
   * participant gave up the login, and the campaign keeps waiting.
   */
  waitUntil(login: Promise<unknown>): void {
    Promise.resolve(login).then(this.#resume, () => {});
  }
}

/** A token was sent to the campaign's frame. Whether Qualifio accepts it is not known yet. */
export class QualifioTokenSentEvent extends CampaignEvent {
  /** When the token expires; null if it has no expiry time, or is encrypted. */
  readonly expiresAt: Date | null;

  constructor(campaignId: string, expiresAt: Date | null) {
    super('qualifio-token-sent', campaignId);
    this.expiresAt = expiresAt;
  }
}

/** Something went wrong. `preventDefault()` suppresses the built-in error panel. */
export class QualifioErrorEvent extends CampaignEvent {
  readonly error: QualifioError;

  constructor(campaignId: string, error: QualifioError) {
    super('qualifio-error', campaignId, true);
    this.error = error;
  }
}

/** The campaign's frame sent a message whose name is in `relay`. */
export class QualifioMessageEvent extends CampaignEvent {
  /** The message's name, one of those in `relay`. */
  readonly name: string;
  /** What the campaign sent, of any type. Do not trust it. */
  readonly data: unknown;

  constructor(campaignId: string, name: string, data: unknown) {
    super('qualifio-message', campaignId);
    this.name = name;
    this.data = data;
  }
}

/** The element's `status` has changed. */
export class QualifioStatusChangeEvent extends Event {
  readonly status: CampaignStatus;
  readonly previous: CampaignStatus;

  constructor(status: CampaignStatus, previous: CampaignStatus) {
    super('qualifio-status-change', { bubbles: true, composed: true });
    this.status = status;
    this.previous = previous;
  }
}

/** Every event of `<qualifio-campaign>`, by name. */
export interface QualifioCampaignEventMap {
  'qualifio-ready': QualifioReadyEvent;
  'qualifio-participant-action': QualifioParticipantActionEvent;
  'qualifio-login-required': QualifioLoginRequiredEvent;
  'qualifio-token-sent': QualifioTokenSentEvent;
  'qualifio-error': QualifioErrorEvent;
  'qualifio-message': QualifioMessageEvent;
  'qualifio-status-change': QualifioStatusChangeEvent;
}

/** The names of all events of `<qualifio-campaign>`. */
export const eventNames: readonly (keyof QualifioCampaignEventMap)[] = Object.keys({
  'qualifio-ready': true,
  'qualifio-participant-action': true,
  'qualifio-login-required': true,
  'qualifio-token-sent': true,
  'qualifio-error': true,
  'qualifio-message': true,
  'qualifio-status-change': true,
} satisfies Record<keyof QualifioCampaignEventMap, true>) as (keyof QualifioCampaignEventMap)[];

declare global {
  interface HTMLElementEventMap extends QualifioCampaignEventMap {}
  interface DocumentEventMap extends QualifioCampaignEventMap {}
}
