import type { Range } from './page-parts.js';

/** A range of a text, and what stands there instead. */
export interface Edit extends Range {
  readonly text: string;
}

/** The text with edits made; they do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let after = '';
  let position = 0;
  for (const { start, end, text: own } of edits.toSorted((a, b) => a.start - b.start)) {
    after += text.slice(position, start) + own;
    position = end;
  }
  return after + text.slice(position);
}

/**
 * Removes a range. If nothing else is on its lines, the lines go with it; at the end of a line, the
 * white space before it.
 */
export function removal(text: string, { start, end }: Range): Edit {
  const before = /[ \t]*$/.exec(text.slice(0, start))![0].length;
  const found = /^([ \t]*)(?:(\r\n|\r|\n)|$)/.exec(text.slice(end));
  if (!found) return { start, end, text: '' };
  const [, after = '', lineEnd = ''] = found;
  const first = start - before;
  const isWhole = first === 0 || /[\r\n]/.test(text[first - 1]!);
  const last = end + after.length + (isWhole ? lineEnd.length : 0);
  return { start: first, end: last, text: '' };
}

/** The line of a position, from 1. */
export function lineAt(text: string, position: number): number {
  return (text.slice(0, position).match(/\r\n|\r|\n/g)?.length ?? 0) + 1;
}
