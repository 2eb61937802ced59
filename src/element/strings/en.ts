import type { CampaignStrings } from './campaign-strings.js';

export const en: CampaignStrings = {
  frameTitle: 'Campaign',
  loginRequired: 'Log in to take part.',
  logIn: 'Log in',
  loginWindow: 'Opens in a new window.',
  loginDone: 'You can close this window.',
  waiting: 'One moment.',
  offline: 'You are offline. Check your connection and try again.',
  blocked: 'The game could not be loaded. Check your connection or ad blocker and try again.',
  unconfirmed: 'Your account could not be confirmed. Please try again later.',
  expired: 'Your session has expired.',
  unavailable: 'The game is not available right now. Please try again later.',
  tryAgain: 'Try again',
};
