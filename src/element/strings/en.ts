import type { CampaignStrings } from './campaign-strings.js';

export const en: CampaignStrings = {
  frameTitle: 'Campaign',
  loginRequired: 'Log in to take part.',
  logIn: 'Log in',
  failed: 'Something went wrong.',
  tryAgain: 'Try again',
};
