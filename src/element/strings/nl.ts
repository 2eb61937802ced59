import type { CampaignStrings } from './campaign-strings.js';

export const nl: CampaignStrings = {
  frameTitle: 'Campagne',
  loginRequired: 'Meld je aan om mee te doen.',
  logIn: 'Aanmelden',
  failed: 'Er ging iets mis.',
  tryAgain: 'Opnieuw proberen',
};
