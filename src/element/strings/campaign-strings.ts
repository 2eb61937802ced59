/** Every text that `<qualifio-campaign>` shows to participants. */
export interface CampaignStrings {
  /** Accessible name of the campaign's frame, if `frame-title` is not set. */
  frameTitle: string;
  /** The participant must log in. */
  loginRequired: string;
  /** Link to the publisher's login page. */
  logIn: string;
  /** The campaign cannot continue. */
  failed: string;
  /** Button that tries once more. */
  tryAgain: string;
}
