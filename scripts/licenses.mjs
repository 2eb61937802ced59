// Writes dist/THIRD-PARTY-LICENSES.txt. For each package whose code is in a built file, according to
// build/bundled.json, which rollup writes, it lists the version, the files and the texts of the license:
// a copy of the code must come with these texts. The build runs it. The same sources give the same bytes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** For each folder of a package, the built files that contain code of it. */
const filesOf = new Map();
for (const [file, folders] of Object.entries(read('build/bundled.json'))) {
  for (const folder of folders) filesOf.set(folder, [...(filesOf.get(folder) ?? []), file]);
}
const intro = `This package has code of the packages below in its built files. These are their licenses.
qualifio-campaign itself is under the license in the file LICENSE.`;
const sections = [...filesOf.keys()].sort().map((folder) => section(folder, filesOf.get(folder)));
writeFileSync('dist/THIRD-PARTY-LICENSES.txt', `${[intro, ...sections].join('\n\n')}\n`);

function section(folder, files) {
  const { name, version, license } = read(`${folder}/package.json`);
  const names = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)\b/i.test(file));
  if (names.length === 0) throw new Error(`${folder} has no text of its license: add it by hand.`);
  const texts = names.sort().map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim());
  const rule = '-'.repeat(72);
  const title = `${name} ${version}, ${license}\nin ${files.sort().join(', ')}`;
  return [rule, title, rule, '', texts.join('\n\n')].join('\n');
}
