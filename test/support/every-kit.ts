import { kitUnknowns, type KitKnobs } from '../../src/simulator/model/knob-table.js';

/** The knobs for what is not known about Qualifio's kit. */
export type UnknownKit = Pick<KitKnobs, keyof typeof kitUnknowns>;

/** The simulator's 48 kits: each combination of these knobs. */
export const everyKit = Object.entries(kitUnknowns).reduce<object[]>(
  (some, [knob, { values }]) =>
    some.flatMap((one) => values.map((value) => ({ ...one, [knob]: value }))),
  [{}],
) as readonly UnknownKit[];
