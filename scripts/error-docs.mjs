// Writes what is known of each error code into the documentation of `QualifioErrorCode` in dist/, where
// editors show it: the type is derived from src/error-guide.ts, and no docstring repeats its texts.
import { readFileSync, writeFileSync } from 'node:fs';
import { load } from './load-source.mjs';

const path = 'dist/errors.d.ts';
const end = ' */\nexport type QualifioErrorCode =';

const { errorGuide } = await load('src/error-guide.ts');
const lines = Object.entries(errorGuide).map(
  ([code, { phases, when, fix }]) =>
    ` * - \`${code}\` (${phases.join(', ')}): ${when} Fix: ${fix}\n`,
);
const before = readFileSync(path, 'utf8');
if (!before.includes(end)) throw new Error(`${path} has no docstring of QualifioErrorCode.`);
writeFileSync(
  path,
  before.replace(end, () => ` *\n${lines.join('')}${end}`),
);
