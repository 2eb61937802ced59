import { elementOf, type ElementSettings } from './element-markup.js';
import { applyEdits, lineAt, removal, type Edit } from './edits.js';
import { findFaults } from './faults.js';
import { readParts } from './page-parts.js';
import { readScripts } from './page-tags.js';
import type { Remark } from './remarks.js';

/** A page with its tags rewritten. */
export interface RewrittenPage {
  /** The new HTML; the old one if nothing is rewritten. */
  readonly html: string;
  readonly rewritten: readonly { readonly line: number; readonly campaignId: string }[];
  /** What is left as it is, and runs. */
  readonly left: readonly Remark[];
  /** What is left as it is, and is in order so. */
  readonly notes: readonly Remark[];
}

/** Replaces the tags of a page with elements. All other bytes stay. */
export function rewritePage(html: string, settings: ElementSettings): RewrittenPage {
  const parts = readParts(html);
  const scripts = readScripts(html, parts);
  const { tags, stays, left, notes } = findFaults(html, parts, scripts);
  if (tags.length === 0) return { html, rewritten: [], left, notes };
  const edits: Edit[] = tags.map(({ div, fields, script }) => ({
    ...{ start: div.start, end: div.end },
    text: elementOf(html, fields, settings, { div, script }),
  }));
  for (const script of scripts) {
    const { pieces } = script;
    const gone = pieces.filter((piece) => piece.isTag && piece.hasTagWords && !stays.has(piece));
    if (gone.length === 0) continue;
    const isEmpty = pieces.every((piece) => piece.isTag && !stays.has(piece));
    edits.push(...(isEmpty ? [script] : gone).map((range) => removal(html, range)));
  }
  edits.push(...parts.kits.filter((kit) => !stays.has(kit)).map((kit) => removal(html, kit)));
  return {
    html: applyEdits(html, edits),
    rewritten: tags.map(({ div, fields: { campaignId } }) => ({
      line: lineAt(html, div.start),
      campaignId,
    })),
    left,
    notes,
  };
}
