import type { CampaignStrings } from './campaign-strings.js';

export const fr: CampaignStrings = {
  frameTitle: 'Campagne',
  loginRequired: 'Connectez-vous pour participer.',
  logIn: 'Se connecter',
  loginWindow: 'S’ouvre dans une nouvelle fenêtre.',
  loginDone: 'Vous pouvez fermer cette fenêtre.',
  waiting: 'Un moment.',
  offline: 'Vous êtes hors ligne. Vérifiez votre connexion et réessayez.',
  blocked:
    'Le jeu n’a pas pu être chargé. Vérifiez votre connexion ou votre bloqueur de publicités et réessayez.',
  unconfirmed: 'Votre compte n’a pas pu être vérifié. Réessayez plus tard.',
  expired: 'Votre session a expiré.',
  unavailable: 'Le jeu n’est pas disponible pour le moment. Réessayez plus tard.',
  tryAgain: 'Réessayer',
};
