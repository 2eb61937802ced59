// Draws the diagrams of docs/architecture.md as SVG: the exchange, from docs/diagrams/exchange.mmd, and
// the rooms of src/, from the rules of dependency-cruiser and the imports that it finds. They are 340
// pixels wide, so that phones show them at their size, and follow the reader's color scheme.
import { readFileSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import { rooms } from '../.dependency-cruiser.mjs';

const width = 340;
/** The width of a letter in pixels, at a font size of 12 pixels; a little more than the average. */
const letter = 6.4;

/** The text of each diagram, by its path. */
export async function diagrams() {
  return {
    'docs/images/exchange.svg': drawExchange(readFileSync('docs/diagrams/exchange.mmd', 'utf8')),
    'docs/images/rooms.svg': drawRooms(await importsBetweenParts()),
  };
}

/** Draws a sequence diagram in the syntax of Mermaid: participants, messages, and notes over all. */
function drawExchange(source) {
  const lanes = new Map();
  const parts = [];
  let y = 38;
  const reads = [
    [/^participant (\w+) as (.+)$/, (id, name) => lanes.set(id, name)],
    [/^Note over \S+: (.+)$/, (text) => parts.push({ y: (y += 32) - 10, text })],
    [
      /^(\w+)(--?)>>(\w+): (.+)$/,
      (from, line, to, text) =>
        parts.push({ y: (y += 34), from, to, text, isAnswer: line === '--' }),
    ],
  ];
  for (const line of source
    .trim()
    .split('\n')
    .slice(1)
    .map((text) => text.trim())) {
    const [pattern, read] = reads.find(([known]) => known.test(line)) ?? [];
    if (!read) throw new Error(`exchange.mmd: ${line} cannot be drawn.`);
    read(...pattern.exec(line).slice(1));
  }
  const ids = [...lanes.keys()];
  const x = (id) => 34 + ids.indexOf(id) * 68;
  const height = y + 20;
  const heads = ids.map(
    (id) => `<path class="lane" d="M${x(id)} 34V${height}"/>
${box(x(id) - 32, 10, 64, 26)}${label(x(id), 27, lanes.get(id), 'name middle')}`,
  );
  const drawn = parts.map(({ y, from, to, text, isAnswer }) => {
    if (!from)
      return `${box(2, y - 14, width - 4, 20, 'note')}${label(170, y, text, 'name middle')}`;
    const size = text.length * letter + 6;
    const middle = (x(from) + x(to)) / 2;
    const at = Math.min(Math.max(middle, size / 2 + 2), width - size / 2 - 2);
    const kind = isAnswer ? 'arrow answer' : 'arrow';
    const end = x(to) + (x(to) > x(from) ? -1 : 1);
    return `${box(at - size / 2, y - 19, size, 15, 'behind')}${label(at, y - 7, text, 'middle')}
<path class="${kind}" d="M${x(from)} ${y}H${end}"/>`;
  });
  const title =
    'Messages between page, element, kit, frame and endpoint, from the start to a sent token';
  return svg(title, height, [...heads, ...drawn]);
}

/** Draws the rooms of each part in their order, and one arrow for imports of another part's room. */
function drawRooms(imports) {
  const places = {
    element: [0, 0],
    server: [1, 0],
    commands: [1, 1],
    simulator: [0, 1],
    command: [1, 2],
  };
  const titles = {
    element: 'Element',
    server: 'Server',
    commands: 'Commands',
    simulator: 'Simulator',
    command: 'All commands',
  };
  const bottoms = [0, 0];
  const frames = {};
  const at = {};
  const drawn = Object.entries(places).flatMap(([part, [column]]) => {
    const [x, top] = [column * 180 + 2, bottoms[column] + 8];
    const own = partsOf()[part].toReversed();
    const height = 30 + own.length * 30;
    bottoms[column] = top + height;
    frames[part] = { x, top, height };
    const boxes = own.map((room, index) => {
      const y = top + 26 + index * 30;
      at[room] = { x, y: y + 12 };
      const [first, second] = linesOf(nameOf(room).replace(`${part}/`, '') || `${part}/`);
      const texts = second
        ? label(x + 78, y + 10.5, first, 'middle tiny') +
          label(x + 78, y + 20.5, second, 'middle tiny')
        : label(x + 78, y + 16, first, 'middle');
      return box(x + 8, y, 140, 24) + texts;
    });
    return [
      box(x, top, 156, height, 'part'),
      label(x + 8, top + 17, titles[part], 'name'),
      ...boxes,
    ];
  });
  const arrows = imports.map(({ from, room }, index) => {
    const { x, top, height } = frames[from];
    const to = at[room];
    const y = top + Math.min(height / 2, 40 + index * 6);
    if (to.x === x) return `<path class="arrow" d="M${x + 130} ${top + height}V${to.y - 13}"/>`;
    const turn = 160 + 5 * (index + 1);
    const [start, end] = to.x < x ? [x, to.x + 149] : [x + 156, to.x + 7];
    return `<path class="arrow" d="M${start} ${y}H${turn}V${to.y}H${end}"/>`;
  });
  const title =
    'The rooms of src/: each imports only from rooms below it in its part, and from those that an arrow leads to';
  return svg(title, Math.max(...bottoms) + 8, [...drawn, ...arrows]);
}

/** A name in one line, or in two if it is too long for one. */
function linesOf(name) {
  if (name.length * letter < 140) return [name];
  const at = name.lastIndexOf(', ') + 1;
  return [name.slice(0, at), name.slice(at + 1)];
}

/** The rooms of each part, from the lowest up; the one that two parts share is a part of its own. */
function partsOf() {
  const shared = rooms.commands.filter((room) => rooms.simulator.includes(room));
  const own = Object.entries(rooms).map(([part, list]) => [
    part,
    list.filter((room) => !shared.includes(room)),
  ]);
  return { ...Object.fromEntries(own), command: shared };
}

/** For each part, the rooms of other parts from which it imports. */
async function importsBetweenParts() {
  const all = Object.entries(partsOf()).flatMap(([part, list]) =>
    list.map((room) => ({ part, room })),
  );
  const find = (path) => {
    const found = all.find(({ room }) => new RegExp(`^${room}`).test(path));
    if (!found) throw new Error(`${path} is in no room of .dependency-cruiser.mjs.`);
    return found;
  };
  const { output } = await cruise(['src'], { includeOnly: '^src/', tsPreCompilationDeps: true });
  const found = new Map();
  for (const { source, dependencies } of output.modules) {
    for (const { resolved } of dependencies) {
      const [from, to] = [find(source).part, find(resolved)];
      if (from !== to.part) found.set(`${from} ${to.room}`, { from, room: to.room });
    }
  }
  return [...found.keys()].sort().map((key) => found.get(key));
}

/** The name of a room, from its pattern. */
function nameOf(room) {
  const [, folder, names, rest] = /^src\/([\w/]*)(?:\((?!\?)([^)]+)\))?(.*)$/.exec(room);
  if (rest.startsWith('(?!')) return `${folder}*.ts`;
  const end = rest.replace('\\', '').replace(/^\.ts$/, '.ts');
  if (!names) return `${folder}${end}`.replace(/\\/g, '');
  return names.split('|').join(', ') + (end === '/' ? '/' : '');
}

function box(x, y, w, h, kind = 'box') {
  return `<rect class="${kind}" x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}" rx="4"/>`;
}

function label(x, y, text, kind = '') {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text class="${kind}" x="${round(x)}" y="${round(y)}">${safe}</text>`;
}

function round(number) {
  return Math.round(number * 10) / 10;
}

function svg(title, height, parts) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${title}</title>
<style>
svg { --ink: #1f2328; --quiet: #8c959f; --fill: #f6f8fa; --ground: #fff; --line: #0969da; color-scheme: light dark }
@media (prefers-color-scheme: dark) {
  svg { --ink: #e6edf3; --quiet: #768390; --fill: #212830; --ground: #0d1117; --line: #58a6ff }
}
text { font: 12px system-ui, sans-serif; fill: var(--ink) }
.name { font-weight: 600 }
.tiny { font-size: 10.5px }
.middle { text-anchor: middle }
.ground, .behind { fill: var(--ground) }
.box, .note { fill: var(--fill); stroke: var(--quiet) }
.note { stroke: none }
.part { fill: none; stroke: var(--quiet); stroke-dasharray: 3 3 }
.lane { stroke: var(--quiet); stroke-dasharray: 2 4 }
.arrow { fill: none; stroke: var(--line); stroke-width: 1.5; marker-end: url(#head) }
.answer { stroke-dasharray: 5 3 }
marker path { fill: var(--line) }
</style>
<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L8 4L0 8z"/></marker>
<rect class="ground" width="${width}" height="${height}" rx="6"/>
${parts.join('\n')}
</svg>
`;
}
