import type { CampaignStrings } from './campaign-strings.js';

export const de: CampaignStrings = {
  frameTitle: 'Kampagne',
  loginRequired: 'Melden Sie sich an, um teilzunehmen.',
  logIn: 'Anmelden',
  loginWindow: 'Öffnet sich in einem neuen Fenster.',
  loginDone: 'Sie können dieses Fenster schließen.',
  waiting: 'Einen Moment.',
  offline: 'Sie sind offline. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  blocked:
    'Das Spiel konnte nicht geladen werden. Prüfen Sie Ihre Verbindung oder Ihren Werbeblocker und versuchen Sie es erneut.',
  unconfirmed: 'Ihr Konto konnte nicht bestätigt werden. Versuchen Sie es später erneut.',
  expired: 'Ihre Sitzung ist abgelaufen.',
  unavailable: 'Das Spiel ist zurzeit nicht verfügbar. Versuchen Sie es später erneut.',
  tryAgain: 'Erneut versuchen',
};
