import type { CampaignStrings } from './index.js';

export const it: CampaignStrings = {
  frameTitle: 'Campagna',
  loginRequired: 'Accedi per partecipare.',
  logIn: 'Accedi',
  failed: 'Qualcosa è andato storto.',
  tryAgain: 'Riprova',
};
