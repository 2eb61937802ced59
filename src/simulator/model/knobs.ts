import { knobs, type FrameKnobs, type KitKnobs, type Knob, type Knobs } from './knob-table.js';

/** A knob with a value that it does not accept. */
export interface KnobMistake {
  readonly knob: Knob;
  readonly value: unknown;
}

/**
 * Applies values given by name to a base. Ignores names that are not knobs: the caller decides
 * whether such a name is a mistake.
 *
 * @param valueOf the value given for a knob, `undefined` if there is none.
 * @returns all knobs, or the first mistake found.
 */
export function readKnobs(base: Knobs, valueOf: (knob: Knob) => unknown): Knobs | KnobMistake {
  const values: Record<string, unknown> = { ...base };
  for (const knob of knobs) {
    const given = valueOf(knob);
    if (given === undefined) continue;
    const read =
      typeof given === 'string' || typeof given === 'number' ? knob.read(String(given)) : undefined;
    if (read === undefined) return { knob, value: given };
    values[knob.option] = read;
  }
  return values as unknown as Knobs;
}

/** Whether {@link readKnobs} found a mistake. */
export function isKnobMistake(read: Knobs | KnobMistake): read is KnobMistake {
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

/** The knobs of one kind. */
export function knobsOf(of: 'kit', all: Knobs): KitKnobs;
export function knobsOf(of: 'frame', all: Knobs): FrameKnobs;
export function knobsOf(of: Knob['of'], all: Knobs): Partial<Knobs> {
  const own = knobs.filter((knob) => knob.of === of).map(({ option }) => [option, all[option]]);
  return Object.fromEntries(own) as Partial<Knobs>;
}
