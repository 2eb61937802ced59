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
  /** Which answer is right, shown at the exit. */
  readonly right: string;
  readonly wrong: string;
  readonly again: string;
  readonly finished: string;
  readonly unavailable: string;
  /** Where the participant is, with `{step}` and `{last}`. */
  readonly progress: string;
  /** Shown when the campaign is not inside a page. */
  readonly alone: string;
  readonly transcript: string;
  readonly noMessage: string;
  /** Before the ID of the campaign that a token names. */
  readonly campaign: string;
  readonly toPage: string;
  readonly toFrame: string;
}

const en: CampaignTexts = {
  banner: 'Simulated campaign',
  title: 'The reading quiz',
  welcome:
    'Answer one question and fill in a short form to enter the draw. Your data does not leave this computer.',
  start: 'Start',
  question: 'Which of these is printed every day?',
  answers: ['A newspaper', 'A dictionary', 'An atlas'],
  checking: 'One moment…',
  preLoginTitle: 'Before you continue',
  preLogin: 'The next step needs your account. You can log in or register on this site.',
  continue: 'Continue',
  connecting: 'Connecting to your account…',
  connectingHelp: 'The campaign asked the page who you are and is waiting for an answer.',
  formTitle: 'Your details',
  form: 'Check the data that this page sent about you, then take part.',
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
  blocked: 'You are blocked at the authentication step.',
  exitTitle: 'Thank you!',
  exit: 'Your participation is complete.',
  right: 'Your answer was right: a newspaper is printed every day.',
  wrong: 'Your answer was wrong: a newspaper is printed every day.',
  again: 'Play again',
  finished: 'The campaign is now finished.',
  unavailable: 'Sorry, this campaign is no longer available',
  progress: 'Step {step} of {last}',
  alone:
    'This campaign is open on its own. To show its form, it needs a page with the campaign’s tag.',
  transcript: 'Messages',
  noMessage: 'No messages yet.',
  campaign: 'campaign',
  toPage: 'to the page',
  toFrame: 'to the campaign',
};

const fr: CampaignTexts = {
  banner: 'Campagne simulée',
  title: 'Le quiz de la lecture',
  welcome:
    'Une question, un formulaire, et vous participez au tirage au sort. Rien de ce que vous saisissez ne quitte cet ordinateur.',
  start: 'Commencer',
  question: 'Lequel paraît tous les jours ?',
  answers: ['Un journal', 'Un dictionnaire', 'Un atlas'],
  checking: 'Un instant…',
  preLoginTitle: 'Avant de continuer',
  preLogin:
    'Pour la suite, il vous faut un compte. Vous pouvez vous connecter ou vous inscrire sur ce site.',
  continue: 'Continuer',
  connecting: 'Connexion à votre compte…',
  connectingHelp: 'La campagne a demandé à la page qui vous êtes et attend sa réponse.',
  formTitle: 'Vos coordonnées',
  form: 'Vérifiez les informations transmises par la page, puis participez.',
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
  submit: 'Je participe',
  blockedTitle: 'La connexion a échoué',
  blocked: 'Le jeu est bloqué à l’étape d’authentification.',
  exitTitle: 'Merci !',
  exit: 'Votre participation est terminée.',
  right: 'Bonne réponse : c’est bien le journal qui paraît tous les jours.',
  wrong: 'Ce n’était pas la bonne réponse : c’est le journal qui paraît tous les jours.',
  again: 'Rejouer',
  finished: 'La campagne est maintenant terminée.',
  unavailable: 'Désolé, cette campagne n’est plus disponible',
  progress: 'Étape {step} sur {last}',
  alone:
    'Cette campagne est ouverte seule. Pour arriver au formulaire, il lui faut une page hôte, avec le tag de la campagne.',
  transcript: 'Messages',
  noMessage: 'Aucun message pour l’instant.',
  campaign: 'campagne',
  toPage: 'vers la page',
  toFrame: 'vers la campagne',
};

export const campaignTexts: Readonly<Record<'en' | 'fr', CampaignTexts>> = { en, fr };

/** The preferred language in an `Accept-Language` header; English if it names neither. */
export function pickLanguage(acceptLanguage: string | undefined): 'en' | 'fr' {
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
