import type { CampaignStrings } from './campaign-strings.js';

export const es: CampaignStrings = {
  frameTitle: 'Campaña',
  loginRequired: 'Inicia sesión para participar.',
  logIn: 'Iniciar sesión',
  failed: 'Algo ha ido mal.',
  tryAgain: 'Reintentar',
};
