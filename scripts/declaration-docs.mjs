// Writes the documentation of each error code and of each knob of the simulator into the declarations in
// build/types/, so that editors show it. The types are derived from src/error-guide.ts and
// src/simulator/model/knob-table.ts, which also have the texts.
import { readFileSync, writeFileSync } from 'node:fs';
import { load } from './load-source.mjs';

const { errorGuide } = await load('src/error-guide.ts');
const codes = Object.entries(errorGuide).map(
  ([code, { phases, when, fix }]) =>
    ` * - \`${code}\` (${phases.join(', ')}): ${when} Fix: ${fix}\n`,
);
insert('build/types/errors.d.ts', [
  [' */\nexport type QualifioErrorCode =', ` *\n${codes.join('')}`],
]);

const table = await load('src/simulator/model/knob-table.ts');
const { kitUnknowns, kitFaults, frameChoices } = table;
const knobs = Object.entries({ ...kitUnknowns, ...kitFaults, ...frameChoices });
insert(
  'build/types/simulator/model/knob-table.d.ts',
  knobs.map(([option, { about, values }]) => [
    `    readonly ${option}: {\n`,
    `    /** ${about.charAt(0).toUpperCase()}${about.slice(1)}. Default: \`${values[0]}\`. */\n`,
  ]),
);

/** Inserts texts in a file, each before another text. */
function insert(path, texts) {
  const after = texts.reduce(
    (before, [place, text]) => {
      if (!before.includes(place)) throw new Error(`${path} has no ${place.trim()}`);
      return before.replace(place, () => text + place);
    },
    readFileSync(path, 'utf8'),
  );
  writeFileSync(path, after);
}
