// Not every detail of Qualifio's kit and frame is public, and some faults
// should be seen in a test before they happen live. Each such unknown and
// fault is a knob: options, flags and query strings use the same table.

/** Codes that Qualifio reports with its `error` message. */
export type TokenErrorCode =
  | 'TOKEN_EXPIRED'
  | 'TOKEN_INVALID_FORMAT'
  | 'TOKEN_EMPTY'
  | 'TOKEN_INVALID_SIGNATURE'
  | 'TOKEN_DECRYPTION_FAILED'
  | 'UNKNOWN';

/** How the kit behaves; the first value of each is the default. */
export interface KitKnobs {
  /** Which callbacks of one message name are called. */
  registrations: 'all' | 'first' | 'last';
  /** Callbacks run inside the `message` event, or in a later task. */
  callbacks: 'sync' | 'async';
  /** The kit keeps the `_qual_async` array, or replaces it with an object. */
  queue: 'patch' | 'replace';
  /** Messages to the frame go to the campaign's origin, or to any. */
  target: 'exact' | 'any';
  /** What callbacks receive: an object, or JSON text. */
  payload: 'object' | 'json';
  /** How the kit's URL answers; `slow` is 3 s, `never` runs but empties no queue. */
  kit: 'ok' | 'slow' | '404' | 'html' | 'throws' | 'never';
  /** Whether `createIframe` makes an iframe; `late` is 3 s. */
  frame: 'ok' | 'none' | 'late';
}

/** How the campaign frame behaves; the first value of each is the default. */
export interface FrameKnobs {
  /** After an `error`: a second `userInfo` counts, or the frame stays blocked. */
  afterError: 'open' | 'blocked';
  /** A campaign as it should be, or one that misbehaves at the form. */
  behaviour: 'ok' | 'navigates' | 'floods' | 'spoofs' | 'reloads';
  /** A campaign that can be played, or one that has ended or was removed, and asks nothing. */
  campaign: 'open' | 'finished' | 'unavailable';
  /** The participant sends the form, or it is sent automatically once it is filled in. */
  submit: 'ask' | 'auto';
  /** Answers every token with this code. None by default. */
  error?: TokenErrorCode | undefined;
  /** Only the n-th token of a frame is answered with an error (`UNKNOWN` without `error`). */
  errorNth?: number | undefined;
  /** Seconds added to the verifier's clock. Default 0. */
  clock: number;
}

type KnobOption = keyof KitKnobs | keyof FrameKnobs;

/** One knob: its names, and what it takes. */
export interface Knob {
  readonly option: KnobOption;
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

const codes: readonly TokenErrorCode[] = [
  'TOKEN_EXPIRED',
  'TOKEN_INVALID_FORMAT',
  'TOKEN_EMPTY',
  'TOKEN_INVALID_SIGNATURE',
  'TOKEN_DECRYPTION_FAILED',
  'UNKNOWN',
];

type Words = Pick<Knob, 'about' | 'when'>;

function oneOf(
  of: Knob['of'],
  option: KnobOption,
  flag: string,
  values: readonly string[],
  words: Words,
): Knob {
  return {
    ...{ of, option, flag, ...words },
    placeholder: values.join('|'),
    takes: values.join('|'),
    read: (text) => (values.includes(text) ? text : undefined),
  };
}

/** Every knob, in the order of the help text. */
export const knobs: readonly Knob[] = [
  oneOf('kit', 'registrations', 'registrations', ['all', 'first', 'last'], {
    about: 'which callbacks of one message name are called',
    when: 'Do several tags, or a tag and the element, work on one page in each case?',
  }),
  oneOf('kit', 'callbacks', 'callbacks', ['sync', 'async'], {
    about: 'callbacks run inside the message event, or in a later task',
    when: 'Does your code rely on `event`?',
  }),
  oneOf('kit', 'queue', 'queue', ['patch', 'replace'], {
    about: 'the kit keeps the array _qual_async, or replaces it with an object',
    when: 'Does your code look up `_qual_async` again at each push?',
  }),
  oneOf('kit', 'target', 'target', ['exact', 'any'], {
    about: "messages to the frame go to the campaign's origin, or to any",
    when: 'With `behaviour=navigates`: does a frame that has navigated elsewhere receive a token?',
  }),
  oneOf('kit', 'payload', 'payload', ['object', 'json'], {
    about: 'callbacks receive an object, or JSON text',
    when: 'Does your code accept both?',
  }),
  oneOf('kit', 'kit', 'kit', ['ok', 'slow', '404', 'html', 'throws', 'never'], {
    about: "how the kit's address answers; slow: after 3 s, never: a script that does nothing",
    when: 'An ad blocker, a maintenance page, an outage: what does the participant see?',
  }),
  oneOf('kit', 'frame', 'frame', ['ok', 'none', 'late'], {
    about: 'whether createIframe makes an iframe; late: after 3 s',
    when: 'The same, one step later.',
  }),
  oneOf('frame', 'afterError', 'after-error', ['open', 'blocked'], {
    about: 'after an error, the frame accepts a second userInfo, or stays blocked',
    when: 'Does your page recover in both cases, with a new token and with a reload?',
  }),
  oneOf('frame', 'behaviour', 'behaviour', ['ok', 'navigates', 'floods', 'spoofs', 'reloads'], {
    about:
      'at the form, the frame goes to another origin, asks 1,000 times in a second, or reloads; spoofs: a sibling frame asks in its name',
    when: 'Does a wrong frame receive a token, or your endpoint too many requests?',
  }),
  oneOf('frame', 'campaign', 'campaign', ['open', 'finished', 'unavailable'], {
    about: 'a campaign that can be played, or one that has ended or was removed',
    when: 'Your page is not notified: does it still look right?',
  }),
  oneOf('frame', 'submit', 'submit', ['ask', 'auto'], {
    about: 'the participant sends the form, or it is sent automatically once it is filled in',
    when: 'Does your page rely on a form that the participant sees?',
  }),
  oneOf('frame', 'error', 'error', codes, {
    about: 'answers every token with this code (none)',
    when: 'What does the participant see for each code?',
  }),
  {
    of: 'frame',
    option: 'errorNth',
    flag: 'error-nth',
    placeholder: 'N',
    takes: 'a whole number from 1',
    about: 'only the N-th token of a frame gets the code of --error, or UNKNOWN without it (every)',
    when: 'Does a second try succeed?',
    read: (text) => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined),
  },
  {
    of: 'frame',
    option: 'clock',
    flag: 'clock',
    placeholder: 'SECONDS',
    takes: 'whole seconds, such as 600 or -600',
    about: "added to the verifier's clock (0)",
    when: 'Your server’s clock is off, or the participant logs in late.',
    read: (text) => (/^[+-]?\d{1,10}$/.test(text) ? Number(text) : undefined),
  },
];

/** What every knob is set to by default. */
export const defaultKnobs: KitKnobs & FrameKnobs = {
  registrations: 'all',
  callbacks: 'sync',
  queue: 'patch',
  target: 'exact',
  payload: 'object',
  kit: 'ok',
  frame: 'ok',
  afterError: 'open',
  behaviour: 'ok',
  campaign: 'open',
  submit: 'ask',
  clock: 0,
};

/** A knob with a value that it does not accept. */
export interface KnobMistake {
  readonly knob: Knob;
  readonly value: unknown;
}

/**
 * Applies values given by name to a base. Ignores names that are not knobs:
 * the caller decides whether those are a mistake.
 *
 * @param valueOf the value given for a knob, `undefined` if there is none.
 * @returns all knobs, or the first mistake found.
 */
export function readKnobs(
  base: KitKnobs & FrameKnobs,
  valueOf: (knob: Knob) => unknown,
): (KitKnobs & FrameKnobs) | KnobMistake {
  const values: Record<string, unknown> = { ...base };
  for (const knob of knobs) {
    const given = valueOf(knob);
    if (given === undefined) continue;
    const read =
      typeof given === 'string' || typeof given === 'number' ? knob.read(String(given)) : undefined;
    if (read === undefined) return { knob, value: given };
    values[knob.option] = read;
  }
  return values as unknown as KitKnobs & FrameKnobs;
}

/** Whether {@link readKnobs} found a mistake. */
export function isKnobMistake(read: (KitKnobs & FrameKnobs) | KnobMistake): read is KnobMistake {
  return 'knob' in read;
}

/** The frame knobs that a query string names, as a query string again. */
export function frameKnobQuery(query: URLSearchParams): string {
  const handedOn = new URLSearchParams();
  for (const { of, flag } of knobs) {
    const value = query.get(flag);
    if (of === 'frame' && value !== null) handedOn.set(flag, value);
  }
  return handedOn.toString();
}
