import type { CampaignStrings } from './campaign-strings.js';

export const es: CampaignStrings = {
  frameTitle: 'Campaña',
  loginRequired: 'Inicia sesión para participar.',
  logIn: 'Iniciar sesión',
  loginWindow: 'Se abre en una ventana nueva.',
  loginDone: 'Puedes cerrar esta ventana.',
  waiting: 'Un momento.',
  offline: 'No tienes conexión. Compruébala e inténtalo de nuevo.',
  blocked:
    'No se ha podido cargar el juego. Comprueba tu conexión o tu bloqueador de anuncios e inténtalo de nuevo.',
  unconfirmed: 'No se ha podido confirmar tu cuenta. Inténtalo de nuevo más tarde.',
  expired: 'Tu sesión ha caducado.',
  unavailable: 'El juego no está disponible ahora. Inténtalo de nuevo más tarde.',
  tryAgain: 'Reintentar',
};
