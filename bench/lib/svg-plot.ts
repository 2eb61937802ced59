/** Plots as SVG text, for light and dark pages, without dependencies. */

/** A row of an interval plot. */
export interface IntervalRow {
  readonly label: string;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** The value that `estimate` must not exceed, if there is one. */
  readonly goal?: number | undefined;
}

/** A line of a line plot. */
export interface Series {
  readonly label: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** An axis of a line plot. Values on a logarithmic axis must be above 0. */
export interface Axis {
  readonly label: string;
  readonly isLogarithmic?: boolean;
}

const width = 720;
const colors = ['#0b57d0', '#b3541e', '#2e7d32', '#7b1fa2'];

/** Ticks at round values; on a logarithmic scale at powers of ten. */
function ticksOf(low: number, high: number, isLogarithmic = false): number[] {
  if (isLogarithmic) {
    const first = Math.ceil(Math.log10(low) - 1e-9);
    const last = Math.floor(Math.log10(high) + 1e-9);
    return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
  }
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough)!;
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, index) =>
    Number(((first + index) * step).toPrecision(6)),
  );
}

/** Maps values to positions. */
function scale(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
  isLogarithmic = false,
): (value: number) => number {
  const at = isLogarithmic ? Math.log10 : (value: number): number => value;
  return (value) => from + ((at(value) - at(low)) / (at(high) - at(low))) * (to - from);
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (found) => `&#${found.charCodeAt(0)};`);
}

function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escaped(content)}</text>`;
}

function line(
  from: readonly [number, number],
  to: readonly [number, number],
  name: string,
): string {
  const [x1, y1, x2, y2] = [...from, ...to].map(round);
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" class="${name}"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function image(title: string, height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">
<style>
svg{background:#fff;color:#1f1f1f;font:13px system-ui,sans-serif}
text{fill:currentColor}
.title{font-weight:600}
.grid{stroke:currentColor;opacity:.15}
.one{stroke:currentColor;opacity:.6}
.goal{stroke:#c62828;stroke-width:2}
@media (prefers-color-scheme:dark){svg{background:#161616;color:#e6e6e6}}
</style>
${text(12, 22, title, 'class="title"')}
${parts.join('\n')}
</svg>
`;
}

/**
 * Estimates with their intervals, one below the other, and a red mark at each goal.
 *
 * @param reference a value at which a line is drawn: 1 for ratios.
 */
export function intervalPlot(
  title: string,
  rows: readonly IntervalRow[],
  reference: number = 1,
): string {
  const left = 330;
  const top = 40;
  const step = 26;
  const bottom = top + rows.length * step;
  const values = rows.flatMap(({ low, high, goal }) => [low, high, goal ?? reference]);
  const range = [Math.min(reference, ...values), Math.max(reference, ...values)] as const;
  const margin = (range[1] - range[0]) * 0.05 || 1;
  const domain = [range[0] - margin, range[1] + margin] as const;
  const x = scale(domain, [left, width - 20]);
  const grid = ticksOf(...domain).flatMap((tick) => [
    line([x(tick), top], [x(tick), bottom], 'grid'),
    text(x(tick), bottom + 18, String(tick), 'text-anchor="middle"'),
  ]);
  const marks = rows.flatMap(({ label, estimate, low, high, goal }, index) => {
    const y = top + (index + 0.5) * step;
    return [
      text(left - 12, y + 4, label, 'text-anchor="end"'),
      `<path d="M${round(x(low))} ${y}H${round(x(high))}" stroke="${colors[0]}" stroke-width="3"/>`,
      `<circle cx="${round(x(estimate))}" cy="${y}" r="5" fill="${colors[0]}"/>`,
      goal === undefined ? '' : line([x(goal), y - 9], [x(goal), y + 9], 'goal'),
    ];
  });
  const reached = line([x(reference), top], [x(reference), bottom], 'one');
  return image(title, bottom + 32, [...grid, reached, ...marks].filter(Boolean));
}

/** One line for each series, with a point at each value. The axis of `y` begins at 0 unless it is logarithmic. */
export function linePlot(
  title: string,
  axes: { readonly x: Axis; readonly y: Axis },
  series: readonly Series[],
): string {
  const [left, right, top, bottom] = [70, width - 20, 64, 300];
  const values = (index: 0 | 1): number[] =>
    series.flatMap(({ points }) => points.map((point) => point[index]));
  const limits = (all: readonly number[], { isLogarithmic }: Axis, least?: number) =>
    isLogarithmic
      ? ([Math.min(...all) / 1.3, Math.max(...all) * 1.3] as const)
      : ([least ?? Math.min(...all), Math.max(...all) * 1.05] as const);
  const xLimits = limits(values(0), axes.x);
  const yLimits = limits(values(1), axes.y, 0);
  const x = scale(xLimits, [left, right], axes.x.isLogarithmic);
  const y = scale(yLimits, [bottom, top], axes.y.isLogarithmic);
  const grid = [
    ...ticksOf(...xLimits, axes.x.isLogarithmic).flatMap((tick) => [
      line([x(tick), top], [x(tick), bottom], 'grid'),
      text(x(tick), bottom + 18, tick.toLocaleString('en'), 'text-anchor="middle"'),
    ]),
    ...ticksOf(...yLimits, axes.y.isLogarithmic).flatMap((tick) => [
      line([left, y(tick)], [right, y(tick)], 'grid'),
      text(left - 8, y(tick) + 4, tick.toLocaleString('en'), 'text-anchor="end"'),
    ]),
  ];
  const lines = series.flatMap(({ label, points }, index) => {
    const color = colors[index % colors.length]!;
    const places = points.map(([at, value]) => [round(x(at)), round(y(value))] as const);
    const legend = left + index * 165;
    return [
      `<polyline points="${places.map((place) => place.join()).join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>`,
      ...(places.length > 60 ? [] : places).map(
        ([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="4" fill="${color}"/>`,
      ),
      `<circle cx="${legend + 5}" cy="44" r="5" fill="${color}"/>`,
      text(legend + 15, 48, label),
    ];
  });
  const names = [
    text((left + right) / 2, bottom + 38, axes.x.label, 'text-anchor="middle"'),
    text(12, 60, axes.y.label, 'font-size="11"'),
  ];
  return image(title, bottom + 50, [...grid, ...lines, ...names]);
}
