import type { CampaignStrings } from './campaign-strings.js';

export const it: CampaignStrings = {
  frameTitle: 'Campagna',
  loginRequired: 'Accedi per partecipare.',
  logIn: 'Accedi',
  loginWindow: 'Si apre in una nuova finestra.',
  loginDone: 'Puoi chiudere questa finestra.',
  waiting: 'Un momento.',
  offline: 'Sei offline. Controlla la connessione e riprova.',
  blocked:
    'Non è stato possibile caricare il gioco. Controlla la connessione o l’ad blocker e riprova.',
  unconfirmed: 'Non è stato possibile verificare il tuo account. Riprova più tardi.',
  expired: 'La tua sessione è scaduta.',
  unavailable: 'Il gioco non è disponibile al momento. Riprova più tardi.',
  tryAgain: 'Riprova',
};
