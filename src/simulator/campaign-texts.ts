/** Texts of the campaign, by language. */
export interface CampaignTexts {
  readonly banner: string;
  readonly title: string;
  readonly welcome: string;
  readonly start: string;
  readonly question: string;
  readonly answers: readonly string[];
  readonly checking: string;
  readonly preLoginTitle: string;
  readonly preLogin: string;
  readonly continue: string;
  readonly connecting: string;
  readonly connectingHelp: string;
  readonly formTitle: string;
  readonly form: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly submit: string;
  readonly blockedTitle: string;
  readonly blocked: string;
  readonly exitTitle: string;
  readonly exit: string;
  readonly transcript: string;
  readonly noMessage: string;
  readonly toPage: string;
  readonly toFrame: string;
}

const en: CampaignTexts = {
  banner: 'Simulated campaign',
  title: 'The reading quiz',
  welcome: 'One question, a form, and you are in the draw. Nothing you enter leaves this machine.',
  start: 'Start',
  question: 'Which of these is printed every day?',
  answers: ['A newspaper', 'A dictionary', 'An atlas'],
  checking: 'One moment…',
  preLoginTitle: 'Before you go on',
  preLogin: 'The next step needs your account. You can log in or register on this site.',
  continue: 'Continue',
  connecting: 'Connecting to your account…',
  connectingHelp: 'The campaign has asked the page who you are, and waits for its answer.',
  formTitle: 'Your details',
  form: 'Check what the page has told about you, and take part.',
  fields: {
    email: 'E-mail address',
    firstname: 'First name',
    lastname: 'Last name',
    birthdate: 'Date of birth',
    phone: 'Phone',
    zipcode: 'Postcode',
    city: 'City',
    country: 'Country',
  },
  submit: 'Take part',
  blockedTitle: 'We could not connect you',
  blocked: 'You are blocked at the authentication step of the game.',
  exitTitle: 'Thank you!',
  exit: 'Your participation is complete.',
  transcript: 'Messages',
  noMessage: 'No message yet.',
  toPage: 'to the page',
  toFrame: 'to the campaign',
};

const fr: CampaignTexts = {
  banner: 'Campagne simulée',
  title: 'Le quiz de la lecture',
  welcome:
    'Une question, un formulaire, et vous participez au tirage. Rien de ce que vous saisissez ne quitte cette machine.',
  start: 'Commencer',
  question: 'Lequel de ces ouvrages paraît tous les jours ?',
  answers: ['Un journal', 'Un dictionnaire', 'Un atlas'],
  checking: 'Un instant…',
  preLoginTitle: 'Avant de continuer',
  preLogin:
    'L’étape suivante demande votre compte. Vous pouvez vous connecter ou vous inscrire sur ce site.',
  continue: 'Continuer',
  connecting: 'Connexion à votre compte…',
  connectingHelp: 'La campagne a demandé à la page qui vous êtes, et attend sa réponse.',
  formTitle: 'Vos coordonnées',
  form: 'Vérifiez ce que la page a transmis à votre sujet, puis participez.',
  fields: {
    email: 'Adresse e-mail',
    firstname: 'Prénom',
    lastname: 'Nom',
    birthdate: 'Date de naissance',
    phone: 'Téléphone',
    zipcode: 'Code postal',
    city: 'Ville',
    country: 'Pays',
  },
  submit: 'Participer',
  blockedTitle: 'La connexion a échoué',
  blocked: 'Vous êtes bloqué à l’étape d’authentification du jeu.',
  exitTitle: 'Merci !',
  exit: 'Votre participation est enregistrée.',
  transcript: 'Messages',
  noMessage: 'Aucun message pour l’instant.',
  toPage: 'vers la page',
  toFrame: 'vers la campagne',
};

export const campaignTexts: Readonly<Record<'en' | 'fr', CampaignTexts>> = { en, fr };

/** The better of the two languages for an `Accept-Language` header; English where neither is named. */
export function pickLanguage(acceptLanguage: string | null): 'en' | 'fr' {
  const weighed = (acceptLanguage ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
      return { language: tag.split('-')[0], q: Number(q) || 0 };
    })
    .filter(({ language, q }) => q > 0 && (language === 'en' || language === 'fr'))
    .sort((a, b) => b.q - a.q);
  return weighed[0]?.language === 'fr' ? 'fr' : 'en';
}
