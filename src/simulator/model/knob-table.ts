// Not every detail of Qualifio's kit and frame is public, and a test should show some faults before
// they happen live. Each unknown and each fault is a knob. Knobs are defined only in this file:
// options, their types, flags, query strings and documentation come from here.

/**
 * Codes that Qualifio reports with its `error` message. The element has its own list on purpose.
 */
export const tokenErrorCodes = [
  'TOKEN_EXPIRED',
  'TOKEN_INVALID_FORMAT',
  'TOKEN_EMPTY',
  'TOKEN_INVALID_SIGNATURE',
  'TOKEN_DECRYPTION_FAILED',
  'UNKNOWN',
] as const;

/** Codes that Qualifio reports with its `error` message. */
export type TokenErrorCode = (typeof tokenErrorCodes)[number];

/** A knob that is set to a word. */
interface Choice {
  /** The first one is the default. */
  readonly values: readonly string[];
  /** What it sets, for people. */
  readonly about: string;
  /** What it helps to find out. */
  readonly when: string;
}

/** What is not known about Qualifio's kit. The element works with each combination. */
export const kitUnknowns = {
  registrations: {
    values: ['all', 'first', 'last'],
    about: 'which callbacks for a message name are called',
    when: 'Do several tags, or a tag and the element, work on one page?',
  },
  callbacks: {
    values: ['sync', 'async'],
    about: 'callbacks run inside the message event or in a later task',
    when: 'Does your code rely on `event`?',
  },
  queue: {
    values: ['patch', 'replace'],
    about: 'the kit keeps the _qual_async array or replaces it with an object',
    when: 'Does your code read `_qual_async` again for each push?',
  },
  target: {
    values: ['exact', 'any'],
    about: "the kit posts to the campaign's origin or to any origin",
    when: 'With `behaviour=navigates`: does a frame on another origin receive a token?',
  },
  payload: {
    values: ['object', 'json'],
    about: 'callbacks receive an object or JSON text',
    when: 'Does your code accept both?',
  },
} as const;

/** What may go wrong with the kit. */
export const kitFaults = {
  kit: {
    values: ['ok', 'slow', '404', 'html', 'throws', 'never'],
    about: 'how the kit URL answers; slow: after 3 s; never: a script that does nothing',
    when: 'An ad blocker, a maintenance page, an outage: what does the participant see?',
  },
  frame: {
    values: ['ok', 'none', 'late'],
    about: 'whether createIframe creates an iframe; late: after 3 s',
    when: 'What does the participant see if the frame is missing or late?',
  },
} as const;

/** What is not known about the campaign's frame, and what may go wrong in it. */
export const frameChoices = {
  afterError: {
    values: ['open', 'blocked'],
    about: 'after an error, the frame accepts a second userInfo or stays blocked',
    when: 'Does your page recover in both cases, with a new token or with a reload?',
  },
  behaviour: {
    values: ['ok', 'navigates', 'floods', 'spoofs', 'reloads'],
    about:
      'at the form, the frame navigates to another origin, asks 1,000 times in a second, or reloads; spoofs: a sibling frame asks in its name',
    when: 'Does the wrong frame receive a token? Does your endpoint receive too many requests?',
  },
  campaign: {
    values: ['open', 'finished', 'unavailable'],
    about: 'a campaign that is open, has ended or was removed',
    when: 'Does your page look right? It is not notified.',
  },
  submit: {
    values: ['ask', 'auto'],
    about:
      'the participant submits the form, or it is submitted automatically once it is filled in',
    when: 'Does your page rely on a visible form?',
  },
} as const;

type Chosen<Choices extends Readonly<Record<string, Choice>>> = {
  -readonly [Option in keyof Choices]: Choices[Option]['values'][number];
};

/** How the kit behaves; the first value of each is the default. */
export interface KitKnobs extends Chosen<typeof kitUnknowns>, Chosen<typeof kitFaults> {}

/** How the campaign frame behaves; the first value of each is the default. */
export interface FrameKnobs extends Chosen<typeof frameChoices> {
  /** Answers every token with this code. None by default. */
  error?: TokenErrorCode | undefined;
  /** Only the n-th token of a frame is answered with an error (`UNKNOWN` without `error`). */
  errorNth?: number | undefined;
  /** Seconds added to the verifier's clock. Default 0. */
  clock: number;
}

export type Knobs = KitKnobs & FrameKnobs;

/** One knob: its names, and the values that it accepts. */
export interface Knob {
  readonly option: keyof Knobs;
  /** Name of the flag (after `--`) and of the query parameter. */
  readonly flag: string;
  readonly of: 'kit' | 'frame';
  /** For people, for example `all|first|last`. */
  readonly takes: string;
  /** A short form, as in the help text: `N`. */
  readonly placeholder: string;
  /** What it sets, for people. */
  readonly about: string;
  /** What it helps to find out. */
  readonly when: string;
  /** The value as it is used, or `undefined` if the knob does not accept it. */
  read(text: string): string | number | undefined;
}

/** Every knob, in the order of the help text. */
export const knobs: readonly Knob[] = [
  ...wordKnobs('kit', { ...kitUnknowns, ...kitFaults }),
  ...wordKnobs('frame', {
    ...frameChoices,
    error: {
      values: tokenErrorCodes,
      about: 'code that every token is answered with (none)',
      when: 'What does the participant see for each code?',
    },
  }),
  {
    of: 'frame',
    option: 'errorNth',
    flag: 'error-nth',
    placeholder: 'N',
    takes: 'a whole number, 1 or more',
    about: 'only the N-th token of a frame gets the code of --error (default UNKNOWN) (every)',
    when: 'Does a second attempt succeed?',
    read: (text) => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined),
  },
  {
    of: 'frame',
    option: 'clock',
    flag: 'clock',
    placeholder: 'SECONDS',
    takes: 'whole seconds, such as 600 or -600',
    about: "seconds to add to the verifier's clock (0)",
    when: 'What if your server’s clock is wrong, or the participant logs in late?',
    read: (text) => (/^[+-]?\d{1,10}$/.test(text) ? Number(text) : undefined),
  },
];

/** What every knob is set to by default. */
export const defaultKnobs: Knobs = {
  ...defaults(kitUnknowns),
  ...defaults(kitFaults),
  ...defaults(frameChoices),
  clock: 0,
};

function wordKnobs(of: Knob['of'], choices: { readonly [O in keyof Knobs]?: Choice }): Knob[] {
  return Object.entries(choices).map(([option, { values, about, when }]) => ({
    ...{ of, about, when },
    option: option as keyof Knobs,
    flag: option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    placeholder: values.join('|'),
    takes: values.join('|'),
    read: (text) => (values.includes(text) ? text : undefined),
  }));
}

function defaults<Choices extends Readonly<Record<string, Choice>>>(choices: Choices) {
  const pairs = Object.entries(choices).map(([option, { values }]) => [option, values[0]]);
  return Object.fromEntries(pairs) as Chosen<Choices>;
}
