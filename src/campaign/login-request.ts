import { QualifioLoginRequiredEvent, type SignedOutCause } from '../events.js';
import type { CampaignState } from './campaign-state.js';
import type { FrameBudget } from './frame-budget.js';
import { closeLoginWindow } from './login-window.js';
import { watchReturn } from './return-watch.js';

/** What a login request needs. */
export interface LoginParts {
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
export interface LoginRequest {
  /**
   * The participant must log in.
   *
   * @param cause why the participant counts as signed out.
   * @param isRepeated whether the page asked again: an event that it already received is not repeated.
   */
  require(reason: 'expired' | 'signed-out', cause: SignedOutCause, isRepeated: boolean): void;
  /** The next login that is required is reported again. */
  forget(): void;
  /** The campaign no longer waits for a login. @param isDone whether the participant has logged in: the login window closes. */
  end(isDone: boolean): void;
}

/** A login that is not required yet. */
export function loginRequest({ state, budget, look, resume }: LoginParts): LoginRequest {
  let isAnnounced = false;
  let watch: AbortController | null = null;
  return {
    require(reason, cause, isRepeated) {
      if (!watch) {
        watch = new AbortController();
        watchReturn(look, budget, watch.signal);
      }
      if (isAnnounced && isRepeated) return;
      isAnnounced = true;
      state.isLoginExpired = reason === 'expired';
      state.dispatch(new QualifioLoginRequiredEvent(state.campaignId, { reason, cause }, resume));
    },
    forget() {
      isAnnounced = false;
    },
    end(isDone) {
      if (isDone) closeLoginWindow();
      isAnnounced = false;
      watch?.abort();
      watch = null;
    },
  };
}
