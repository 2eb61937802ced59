import type { CampaignStrings } from './campaign-strings.js';

export const fr: CampaignStrings = {
  frameTitle: 'Campagne',
  loginRequired: 'Connectez-vous pour participer.',
  logIn: 'Se connecter',
  failed: 'Une erreur s’est produite.',
  tryAgain: 'Réessayer',
};
