import type { CampaignStrings } from './campaign-strings.js';

export const nl: CampaignStrings = {
  frameTitle: 'Campagne',
  loginRequired: 'Meld je aan om mee te doen.',
  logIn: 'Aanmelden',
  loginWindow: 'Opent in een nieuw venster.',
  loginDone: 'Je kunt dit venster sluiten.',
  waiting: 'Een moment.',
  offline: 'Je bent offline. Controleer je verbinding en probeer het opnieuw.',
  blocked:
    'Het spel kon niet worden geladen. Controleer je verbinding of adblocker en probeer het opnieuw.',
  unconfirmed: 'Je account kon niet worden bevestigd. Probeer het later opnieuw.',
  expired: 'Je sessie is verlopen.',
  unavailable: 'Het spel is nu niet beschikbaar. Probeer het later opnieuw.',
  tryAgain: 'Opnieuw proberen',
};
