import type { CampaignStrings } from './campaign-strings.js';

export const it: CampaignStrings = {
  frameTitle: 'Campagna',
  loginRequired: 'Accedi per partecipare.',
  logIn: 'Accedi',
  failed: 'Qualcosa è andato storto.',
  tryAgain: 'Riprova',
};
