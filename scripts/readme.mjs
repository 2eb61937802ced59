// Writes what is generated in README.md and docs/, between `<!-- begin:… -->` and `<!-- end:… -->`:
// tables from the element's docstrings (through custom-elements.json), the event classes, the error
// guide, and the tables of the simulator and the doctor; the last figures of `npm run bench`; and the
// hashes of the CDN files. Also writes
// llms.txt and the diagrams of docs/architecture.md. Needs a build. With --check it writes nothing, and
// fails if a file is not up to date.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import prettier from 'prettier';
import { diagrams } from './diagrams.mjs';
import { load } from './load-source.mjs';

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
      `[${code(name)}](errors/${name}.md)`,
      phases.map(code).join(', '),
      sentence(when),
      fix,
    ]),
  ),
  slots: names('Slot', element.slots),
  parts: names('Part', element.cssParts),
  'custom-properties': table(
    ['Custom property', 'Default', ''],
    element.cssProperties.map((p) => [code(p.name), code(p.default), p.description]),
  ),
  states: names('`status`, `:state(…)`', element.cssStates),
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
};
for (const wanted of ['kit', 'frame']) {
  simulatorSections[`${wanted}-knobs`] = table(
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

await keep('README.md', { cdn: cdnSnippet() });
await keep('docs/reference.md', sections);
await keep('docs/simulator.md', simulatorSections);
await keep('docs/no-build.md', { 'import-map': importMapSnippet() });

const { causeOf } = await load('src/error-causes.ts');
const { languages } = await load('src/element/strings/index.ts');
await keep('docs/texts.md', textSections());
await keep('docs/performance.md', performanceSections());

/** The last result of `npm run bench`. */
function performanceSections() {
  const result = JSON.parse(readFileSync('bench/results/page.json', 'utf8'));
  const { date, machine, versions, command, blocks, isConclusive, itself, rows, growth } = result;
  const figure = ({ estimate, low, high }) => `${estimate} [${low}, ${high}]`;
  const software = Object.entries(versions).map((entry) => entry.join(' '));
  const controls = Object.entries(itself).map(([name, each]) => `${name} ${figure(each)}`);
  const doubt = isConclusive
    ? ''
    : ' **The machine was too busy to conclude anything from this run.**';
  return {
    circumstances: `Measured on ${date} (${machine}; ${software.join(', ')}) with \`${command}\`, ${blocks} blocks. The tag against itself: ${controls.join('; ')}.${doubt}`,
    comparison: table(
      ['Scenario', 'Measured', 'Goal', ''],
      rows.map(({ scenario, unit, goal, verdict, ...interval }) => [
        scenario,
        `${figure(interval)} ${unit}`,
        goal === undefined ? '' : `at most ${goal}`,
        isConclusive || verdict === 'reported' ? verdict : 'not concluded',
      ]),
    ),
    growth: table(
      ['On one page', 'Tag', 'Element', 'Heap, tag', 'Heap, element'],
      Object.entries(growth).flatMap(([of, { tag, element: ours }]) =>
        tag.map(({ count, time, heap }, index) => [
          `${count} ${of}`,
          `${time} ms`,
          `${ours[index].time} ms`,
          `${Math.round(heap / 1000)} kB`,
          `${Math.round(ours[index].heap / 1000)} kB`,
        ]),
      ),
    ),
  };
}
await keepErrorPages();
for (const [path, text] of Object.entries(await diagrams())) keepText(path, text);
keepText('llms.txt', llmsText());

/** The package in one file, in the form of llmstxt.org. */
function llmsText() {
  const { name, description } = JSON.parse(readFileSync('package.json', 'utf8'));
  const list = (rows) => rows.map(([head, text]) => `- ${head}: ${text}`).join('\n');
  const plain = (text) => text.replace(/\s+/g, ' ').trim();
  const errorPages = Object.keys(errorGuide).map((key) => `docs/errors/${key}.md`);
  const pages = ['README.md', 'SECURITY.md']
    .concat(
      readdirSync('docs', { recursive: true })
        .map((path) => `docs/${path}`)
        .sort(),
    )
    .filter((path) => path.endsWith('.md') && !errorPages.includes(path))
    .map((path) => {
      const [title, paragraph] = readFileSync(path, 'utf8').split('\n\n', 2).map(plain);
      const [first] = /^.*?\.(?= |$)/.exec(paragraph) ?? [paragraph];
      const text = first.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
      return [`[${title.replace(/^# |\\/g, '')}](${path})`, text];
    });
  return `# ${name}

> ${description}

Two attributes are enough if the token endpoint also answers the request for the tag:

\`\`\`html
<script type="module">
  import 'qualifio-campaign';
</script>
<qualifio-campaign campaign-id="123456" auth-endpoint="/qualifio/token"></qualifio-campaign>
\`\`\`

\`campaign-id\` is the number in the JS tag's \`qualifio_insert_place_<number>\`. The \`campaignId\` claim of a token is another number, the campaign ID (technical ID). The element does not verify tokens: only Qualifio does.

## Docs

${list(pages)}

## Attributes

${list(element.attributes.map((a) => [code(a.name), plain(a.description)]))}

## Events

${list(element.events.map((e) => [code(e.name), plain(e.description)]))}

## Errors

${list(Object.entries(errorGuide).map(([key, { when, fix }]) => [`[${key}](docs/errors/${key}.md)`, `${sentence(when)} Fix: ${fix}`]))}
`;
}

/** The causes of an error, as a participant sees them. */
function causesOf(name) {
  const { phases } = errorGuide[name];
  return [...new Set(phases.map((phase) => causeOf({ code: name, phase }, true)))];
}

/** One page for each error: what the guide says; example, causes and fixes are written by hand. */
async function keepErrorPages() {
  const { answerAdvice } = await load('src/inspector/endpoint-advice.ts');
  const { errorGroups } = await import('../demo/error-cases.js');
  const cases = errorGroups.flatMap(({ cases }) => cases);
  const names = Object.keys(errorGuide);
  const pages = readdirSync('docs/errors').filter((name) => name !== 'README.md');
  for (const page of pages.filter((name) => !names.includes(name.replace('.md', '')))) {
    fail(`docs/errors/${page} is about no error code: remove it.`);
  }
  for (const name of names) {
    const path = `docs/errors/${name}.md`;
    const { phases, when, fix } = errorGuide[name];
    const inDemo = cases.filter(({ outcome }) => outcome.split(/\W+/).includes(name));
    const guide = table(
      ['', ''],
      [
        ['When', sentence(when)],
        ['What to do', fix],
        ['`phase`', phases.map(code).join(', ')],
        [
          'The participant reads',
          causesOf(name)
            .map((cause) => languages.en[cause])
            .join(' / '),
        ],
        ['In the demo', inDemo.map(({ id }) => code(`/errors/${id}`)).join(', ')],
      ].filter(([, text]) => text),
    );
    const hasAnswers = name === 'ENDPOINT_BAD_RESPONSE';
    const answers = table(['`cause`', 'Fix'], Object.entries(answerAdvice));
    if (!existsSync(path)) keepText(path, newErrorPage(name));
    const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
    for (const part of ['## Example', '## Causes and fixes']) {
      const [, written = ''] = before.split(`\n${part}\n`);
      if (!written.replace(/^## [^]*/m, '').trim()) {
        fail(`${path} must have text in its part "${part}": see the pages of other codes.`);
      }
    }
    if (before) await keep(path, { guide, ...(hasAnswers && { answers }) });
  }
  const index = names.map((name) => [
    `[${code(name)}](${name}.md)`,
    sentence(errorGuide[name].when),
  ]);
  await keep('docs/errors/README.md', { errors: table(['`code`', 'When'], index) });
}

/** The page of a code that has none yet. */
function newErrorPage(name) {
  const parts = [`# ${name}`, '<!-- begin:guide -->', '<!-- end:guide -->'];
  return `${parts.concat('## Example', '## Causes and fixes').join('\n\n')}\n`;
}

/** Which text each error has, and all texts. */
function textSections() {
  // English comes first: it replaces a language that is missing.
  const order = ['en', ...Object.keys(languages).filter((lang) => lang !== 'en')];
  const rows = Object.keys(errorGuide).flatMap((name) =>
    causesOf(name).map((cause) => ({ name, cause })),
  );
  const causes = [...new Set(rows.map(({ cause }) => cause))];
  return {
    causes: table(
      ['Text', 'Errors', '"Try again"'],
      causes.map((cause) => [
        code(cause),
        rows
          .filter((row) => row.cause === cause)
          .map(({ name }) => code(name))
          .join(', '),
        cause === 'unavailable' ? 'no' : 'yes',
      ]),
    ),
    texts: table(
      ['Key', 'Language', 'Text'],
      Object.keys(languages.en).flatMap((key) =>
        order.map((lang, index) => [index === 0 ? code(key) : '', lang, languages[lang][key]]),
      ),
    ),
  };
}

const { flags: doctorFlags } = await load('src/doctor/command/flag-table.ts');
const { areaOf, areas, checks } = await load('src/doctor/check-table.ts');
const doctorSections = {
  flags: optionTable(doctorFlags),
  checks: Object.entries(areas)
    .map(([area, title]) => `### ${title}\n\n${checkTable(area)}`)
    .join('\n\n'),
};
await keep('docs/doctor.md', doctorSections);

const { flags: tagFlags } = await load('src/tag-command/flag-table.ts');
await keep('docs/migration.md', { flags: optionTable(tagFlags) });

/** The options of a command. */
function optionTable(options) {
  return table(
    ['Option', 'Does'],
    options.map((f) => [
      code(`--${[f.flag, f.takes].filter(Boolean).join(' ')}`),
      sentence(f.about),
    ]),
  );
}

/** The checks of an area; each has an anchor, which reports link to. */
function checkTable(area) {
  return table(
    ['Check', 'If it is wrong', 'What is right', 'Fix'],
    checks
      .filter(({ id }) => areaOf(id) === area)
      .map(({ id, level, right, fix }) => [
        `<a id="${id}"></a>${code(id)}`,
        sentence(level),
        escaped(right),
        escaped(fix),
      ]),
  );
}

/** Text for a table, with `<` escaped outside of backticks. */
function escaped(text) {
  return text.replace(/(`[^`]*`)|</g, (match, quoted) => quoted ?? '&lt;');
}

/** The address and the hash of a built file of this version on a CDN. */
function onCdn(path) {
  if (!existsSync(path)) throw new Error(`${path} is missing: run \`npm run build\` before.`);
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const hash = createHash('sha384').update(readFileSync(path)).digest('base64');
  return {
    url: `https://cdn.jsdelivr.net/npm/${name}@${version}/${path}`,
    integrity: `sha384-${hash}`,
  };
}

/** The script tag of this version's CDN file. */
function cdnSnippet() {
  const { url, integrity } = onCdn('dist/qualifio-campaign.min.js');
  return `\`\`\`html
<script
  defer
  src="${url}"
  integrity="${integrity}"
  crossorigin="anonymous"
></script>
\`\`\``;
}

/** The import map of this version's module. */
function importMapSnippet() {
  const { url, integrity } = onCdn('dist/qualifio-campaign.min.mjs');
  const map = { imports: { 'qualifio-campaign': url }, integrity: { [url]: integrity } };
  return `\`\`\`html import-map.html
<script type="importmap">
${JSON.stringify(map, null, 2).replace(/^/gm, '  ')}
</script>
<script type="module">
  import { QualifioCampaign } from 'qualifio-campaign';

  QualifioCampaign.allowedHosts = ['jeux.publisher.com'];
</script>
\`\`\``;
}

/** Writes the tables of a page; with --check, compares them. */
async function keep(path, tables) {
  const options = { ...(await prettier.resolveConfig(path)), parser: 'markdown' };
  keepText(path, await prettier.format(filled(path, tables), options));
}

function keepText(path, after) {
  if (!process.argv.includes('--check')) writeFileSync(path, after);
  else if (!existsSync(path) || after !== readFileSync(path, 'utf8')) {
    fail(`${path} is behind its source: run \`npm run build && npm run docs\`, and commit it.`);
  }
}

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}

/** The text of a page with its tables filled in. */
function filled(path, tables) {
  return Object.entries(tables).reduce(
    (text, [name, content]) => {
      const [begin, end] = [`<!-- begin:${name} -->`, `<!-- end:${name} -->`];
      const [head, ...rest] = text.split(begin);
      const tail = rest.join(begin).split(end)[1];
      if (tail === undefined) {
        fail(`${path} must have the lines ${begin} and ${end} where its ${name} goes.`);
        return text;
      }
      return `${head}${begin}\n\n${content}\n\n${end}${tail}`;
    },
    readFileSync(path, 'utf8'),
  );
}

/** A table of names and what each is for. */
function names(title, list) {
  return table(
    [title, ''],
    list.map(({ name, description }) => [name ? code(name) : 'none', description]),
  );
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

/** A default value as in markup; empty if the docstring describes it. */
function value({ default: text = "''" }) {
  return ["''", '{}'].includes(text) ? '' : code(text);
}

/** The public fields and methods of an event class and its base classes, from build/types/events.d.ts. */
function fieldsOf(className) {
  const source = readFileSync('build/types/events.d.ts', 'utf8').replace(/\/\*\*[^]*?\*\//g, '');
  const declared = new RegExp(`class ${className} extends (\\w+) \\{([^]*?)\n\\}`).exec(source);
  if (!declared) return [];
  const members = declared[2].matchAll(/^ {4}(?:readonly )?(\w+(?:: |\(.*\)).*);$/gm);
  const own = [...members].map(([, text]) => text.replace(/\): .+$/, ')'));
  return [...fieldsOf(declared[1]), ...own.filter((text) => !text.startsWith('constructor'))];
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
