import type { CampaignStrings } from './campaign-strings.js';

export const de: CampaignStrings = {
  frameTitle: 'Kampagne',
  loginRequired: 'Bitte melden Sie sich an.',
  logIn: 'Anmelden',
  failed: 'Etwas ist schiefgelaufen.',
  tryAgain: 'Erneut versuchen',
};
