import type { ErrorCause } from '../../error-causes.js';

/** Every text that `<qualifio-campaign>` shows to participants. */
export interface CampaignStrings extends Record<ErrorCause, string> {
  /** Accessible name of the campaign's frame, if `frame-title` is not set. */
  frameTitle: string;
  /** The participant must log in. */
  loginRequired: string;
  /** Link to the publisher's login page. */
  logIn: string;
  /** With `login-target="window"`: what the link does. */
  loginWindow: string;
  /** With `login-target="window"`: in the window, if it does not close by itself. */
  loginDone: string;
  /** Announced while a token is requested, if that takes a moment. */
  waiting: string;
  /** The device has no network. */
  offline: string;
  /** Qualifio's script or frame did not load: network, blocker or policy. */
  blocked: string;
  /** There is no token that Qualifio accepts. */
  unconfirmed: string;
  /** The participant's login has ended. Also replaces `loginRequired` then. */
  expired: string;
  /** The campaign is set up incorrectly: trying again does not help. */
  unavailable: string;
  /** Replaces `offline`, `blocked`, `unconfirmed`, `expired` and `unavailable` in the error panel, where they are not set. No default. */
  failed?: string;
  /** Button that tries once more. */
  tryAgain: string;
}
