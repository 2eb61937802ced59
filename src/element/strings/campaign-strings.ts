/** Every text that `<qualifio-campaign>` shows to participants. */
export interface CampaignStrings {
  /** Accessible name of the campaign's frame, where `frame-title` does not give one. */
  frameTitle: string;
  /** The participant has to log in. */
  loginRequired: string;
  /** Link to the publisher's log-in page. */
  logIn: string;
  /** The campaign cannot go on. */
  failed: string;
  /** Button that tries once more. */
  tryAgain: string;
}
