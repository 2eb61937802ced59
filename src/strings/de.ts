import type { CampaignStrings } from './index.js';

export const de: CampaignStrings = {
  frameTitle: 'Kampagne',
  loginRequired: 'Melden Sie sich an, um teilzunehmen.',
  logIn: 'Anmelden',
  failed: 'Etwas ist schiefgelaufen.',
  tryAgain: 'Erneut versuchen',
};
