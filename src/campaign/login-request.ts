import { QualifioLoginRequiredEvent, type SignedOutCause } from '../events.js';
import type { CampaignState } from './campaign-state.js';
import type { FrameBudget } from './frame-budget.js';
import { watchReturn } from './return-watch.js';

/** What a login request needs. */
export interface LoginParts {
  campaignId: string;
  state: CampaignState;
  budget: FrameBudget;
  /** Asks the endpoint again: the participant may have come back from a login. */
  look: () => void;
  /** Continues after a login: the event's `resume()`. */
  resume: () => void;
}

/**
 * The login that a campaign waits for. From {@link LoginRequest.require} to {@link LoginRequest.end}
 * it watches for the participant's return; the page receives `qualifio-login-required` once.
 */
export class LoginRequest {
  readonly #parts: LoginParts;
  #isAnnounced = false;
  #watch: AbortController | null = null;

  constructor(parts: LoginParts) {
    this.#parts = parts;
  }

  /**
   * The participant must log in.
   *
   * @param cause what says that the participant is signed out.
   * @param isRepeated whether the page asked again: an event that it already received is not repeated.
   */
  require(reason: 'expired' | 'signed-out', cause: SignedOutCause, isRepeated: boolean): void {
    const { campaignId, state, budget, look, resume } = this.#parts;
    if (!this.#watch) {
      this.#watch = new AbortController();
      watchReturn(look, budget, this.#watch.signal);
    }
    if (this.#isAnnounced && isRepeated) return;
    this.#isAnnounced = true;
    state.dispatch(new QualifioLoginRequiredEvent(campaignId, reason, resume, cause));
  }

  /** The next login that is required is reported again. */
  forget(): void {
    this.#isAnnounced = false;
  }

  /** The campaign no longer waits for a login. */
  end(): void {
    this.forget();
    this.#watch?.abort();
    this.#watch = null;
  }
}
