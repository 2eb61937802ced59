// Writes the tables of README.md and docs/simulator.md, between `<!-- begin:… -->` and
// `<!-- end:… -->`: from the element's docstrings (by way of custom-elements.json), from the event
// classes, from the error guide, and from the simulator's tables of flags and knobs; and
// the hash of the CDN file, for which there must be a build. With --check it writes nothing, and fails
// where a file is behind.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import prettier from 'prettier';
import ts from 'typescript';
import { load } from './load-source.mjs';

execFileSync('npx', ['--no-install', 'cem', 'analyze', '--quiet'], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
const { modules } = JSON.parse(readFileSync('custom-elements.json', 'utf8'));
const element = modules
  .flatMap(({ declarations }) => declarations)
  .find(({ tagName }) => tagName === 'qualifio-campaign');
const { errorGuide } = await load('src/error-guide.ts');

const attributeFields = new Set(element.attributes.map(({ fieldName }) => fieldName));
const properties = element.members.filter(
  ({ kind, name }) => kind === 'field' && !attributeFields.has(name),
);
const methods = element.members.filter(({ kind }) => kind === 'method');

const sections = {
  cdn: cdnSnippet(),
  attributes: table(
    ['Attribute', 'Type', 'Default', ''],
    element.attributes.map((a) => [code(a.name), code(a.type.text), value(a), a.description]),
  ),
  properties: table(
    ['Property', 'Type', 'Default', ''],
    properties.map((p) => [
      code(p.static ? `${element.name}.${p.name}` : p.name),
      code(p.type.text),
      p.readonly ? 'read-only' : value(p),
      p.description,
    ]),
  ),
  methods: table(
    ['Method', 'Returns', ''],
    methods.map((m) => [
      code(`${m.name}()`),
      [code(m.return.type.text), m.return.description].filter(Boolean).join(': '),
      m.description,
    ]),
  ),
  events: table(
    ['Event', 'Fields and methods', ''],
    element.events.map((e) => [
      code(e.name),
      fieldsOf(e.type.text).map(code).join(', '),
      e.description,
    ]),
  ),
  errors: table(
    ['`code`', '`phase`', 'When', 'What to do'],
    Object.entries(errorGuide).map(([name, { phases, when, fix }]) => [
      code(name),
      phases.map(code).join(', '),
      sentence(when),
      fix,
    ]),
  ),
  slots: table(
    ['Slot', ''],
    element.slots.map((s) => [s.name ? code(s.name) : 'none', s.description]),
  ),
  parts: table(
    ['Part', ''],
    element.cssParts.map((p) => [code(p.name), p.description]),
  ),
  'custom-properties': table(
    ['Custom property', 'Default', ''],
    element.cssProperties.map((p) => [code(p.name), code(p.default), p.description]),
  ),
  states: table(
    ['`status`, `:state(…)`', ''],
    element.cssStates.map((s) => [code(s.name), s.description]),
  ),
};

const { flags } = await load('src/simulator/command/flag-table.ts');
const { knobs } = await load('src/simulator/model/knob-table.ts');
const simulatorSections = {
  flags: table(
    ['Flag', 'Option', 'Default', 'Does', 'Use it when'],
    flags.map((f) => [
      code(`--${[f.flag, f.takes].filter(Boolean).join(' ')}`),
      f.option && code(f.option),
      f.default,
      sentence(f.about),
      f.when,
    ]),
  ),
  ...Object.fromEntries(['kit', 'frame'].map((of) => [`${of}-knobs`, knobTable(of)])),
};

await keep('README.md', 'markdown', filledWith(sections));
await keep('docs/simulator.md', 'markdown', filledWith(simulatorSections));

/** The script tag of this version's CDN file. */
function cdnSnippet() {
  const path = 'dist/qualifio-campaign.min.js';
  if (!existsSync(path)) throw new Error(`${path} is missing: run \`npm run build\` before.`);
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const hash = createHash('sha384').update(readFileSync(path)).digest('base64');
  return `\`\`\`html
<script
  defer
  src="https://cdn.jsdelivr.net/npm/${name}@${version}/${path}"
  integrity="sha384-${hash}"
  crossorigin="anonymous"
></script>
\`\`\``;
}

/** Writes a file anew, or with --check compares it. */
async function keep(path, parser, write) {
  const before = readFileSync(path, { encoding: 'utf8', flag: 'a+' });
  const options = { ...(await prettier.resolveConfig(path)), parser };
  const after = await prettier.format(write(before, path), options);
  if (!process.argv.includes('--check')) writeFileSync(path, after);
  else if (after !== before) {
    console.error(
      `${path} is behind its source: run \`npm run build && npm run docs\`, and commit it.`,
    );
    process.exitCode = 1;
  }
}

function knobTable(wanted) {
  return table(
    ['Knob', 'Option', 'Values', 'Sets', 'Finds out'],
    knobs
      .filter(({ of }) => of === wanted)
      .map((k) => [
        code(k.flag),
        code(k.option),
        k.placeholder.split('|').map(code).join(', '),
        sentence(k.about),
        k.when,
      ]),
  );
}

/** What fills the tables of a page in. */
function filledWith(tables) {
  return (before, path) =>
    Object.entries(tables).reduce(
      (text, [name, content]) => fill(path, text, name, content),
      before,
    );
}

function fill(path, text, name, content) {
  const [begin, end] = [`<!-- begin:${name} -->`, `<!-- end:${name} -->`];
  const [head, ...rest] = text.split(begin);
  const tail = rest.join(begin).split(end)[1];
  if (tail === undefined) throw new Error(`${path} lacks ${begin} … ${end}.`);
  return `${head}${begin}\n\n${content}\n\n${end}${tail}`;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(text) {
  return (text ?? '').replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}

function code(text) {
  return `\`${text.replaceAll("'", '')}\``;
}

/** A default as markup would have it; nothing where the docstring tells. */
function value({ default: text = "''" }) {
  return ["''", '{}'].includes(text) ? '' : code(text);
}

/** The public fields and methods of an event class and what it extends, as declared in src/events.ts. */
function fieldsOf(className) {
  const source = parse('src/events.ts');
  const declared = source.statements.find(
    (s) => ts.isClassDeclaration(s) && s.name?.text === className,
  );
  if (!declared) return [];
  const own = declared.members
    .filter((m) => m.name && ts.isIdentifier(m.name) && !ts.isGetAccessor(m))
    .map((m) => {
      const name = m.name.text;
      if (!ts.isMethodDeclaration(m)) return `${name}: ${m.type.getText(source)}`;
      return `${name}(${m.parameters.map((p) => p.getText(source)).join(', ')})`;
    });
  const [parent] = declared.heritageClauses?.[0]?.types ?? [];
  return [...(parent ? fieldsOf(parent.expression.getText(source)) : []), ...own];
}

function parse(path) {
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
