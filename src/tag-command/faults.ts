import type { CampaignFields } from '../config/field-grammar.js';
import { lineAt } from './edits.js';
import { writtenAttributes } from './element-markup.js';
import type { DivPart, PageParts, Range } from './page-parts.js';
import { readFrame, type Piece, type Script } from './page-tags.js';
import { byHand, remarks, type Remark } from './remarks.js';
import { findWhatStays } from './what-stays.js';

/** A tag that can be rewritten. */
export interface Tag {
  readonly div: DivPart;
  readonly fields: CampaignFields;
  readonly script: Script;
}

/** What can be rewritten, and what is left. */
export interface Verdict {
  readonly tags: readonly Tag[];
  /** Code and script elements that stay. */
  readonly stays: ReadonlySet<Range>;
  readonly left: readonly Remark[];
  readonly notes: readonly Remark[];
}

/** A command `createIframe` in its statement. */
interface Frame {
  readonly piece: Piece;
  /** What the command says; text if the element cannot have it. */
  readonly fields: CampaignFields | string;
}

type Fault = readonly [found: string, fix: string];

const exchange = /registerChildMessageCallback|sendChildMessage/;

/** Decides which tags of a page can be rewritten. */
export function findFaults(html: string, parts: PageParts, scripts: readonly Script[]): Verdict {
  return new Judge(html, parts, scripts).verdict();
}

class Judge {
  readonly #html: string;
  readonly #parts: PageParts;
  readonly #pieces: readonly Piece[];
  readonly #frames = new Map<string, Frame[]>();
  readonly #tags = new Map<string, Tag>();
  /** What is left, by its position. */
  readonly #left = new Map<number, Remark>();
  readonly #notes: Remark[] = [];
  /** Code that is no tag and may use one. */
  readonly #others: Range[] = [];
  #exchange: Range | undefined;
  /** Where the first code that is left needs the queue; undefined if nothing needs it. */
  #firstUse: number | undefined;

  constructor(html: string, parts: PageParts, scripts: readonly Script[]) {
    this.#html = html;
    this.#parts = parts;
    this.#pieces = scripts.flatMap(({ pieces }) => pieces);
    for (const { where, ...range } of parts.mentions) {
      if (where === 'comment') this.#notes.push(this.#remark(range, remarks.comment));
      else this.#leave(range, remarks[where]);
    }
    for (const script of scripts) if (script.fault) this.#leave(script, remarks[script.fault]);
    for (const piece of this.#pieces.filter(({ isTag, hasTagWords }) => !isTag && hasTagWords)) {
      const isExchange = exchange.test(html.slice(piece.start, piece.end));
      if (isExchange) this.#exchange ??= piece;
      this.#leave(piece, isExchange ? remarks.exchange : remarks.code);
    }
    for (const piece of this.#pieces) {
      for (const frame of piece.frames) {
        const divId = frame.values[1] ?? '';
        const all = [...(this.#frames.get(divId) ?? []), { piece, fields: readFrame(frame) }];
        this.#frames.set(divId, all);
      }
    }
  }

  verdict(): Verdict {
    const ids = [...this.#parts.divs.map(({ divId }) => divId), ...this.#frames.keys()];
    for (const divId of new Set(ids)) this.#judge(divId);
    for (;;) {
      const isLeft = (divId: string): boolean => !this.#tags.has(divId);
      const stays = findWhatStays(this.#pieces, this.#parts, isLeft, this.#firstUse);
      // A statement that stays may be of several tags.
      const staying = this.#pieces.filter((piece) => stays.has(piece));
      const shared = staying
        .flatMap(({ frames }) => frames.map(({ values }) => this.#tags.get(values[1] ?? '')))
        .find((tag) => tag !== undefined);
      if (!shared) return this.#result(stays);
      const fault = ['its code is also that of a tag that is left', `${byHand}.`] as const;
      this.#block(shared.div.divId, shared.div, fault);
    }
  }

  #result(stays: ReadonlySet<Range>): Verdict {
    const inOrder = [...this.#left].sort(([a], [b]) => a - b).map(([, each]) => each);
    const loader = this.#pieces.find(({ kits }) => kits.length > 0) ?? this.#parts.kits[0];
    if (loader && this.#tags.size === 0 && inOrder.length === 0) {
      this.#notes.push(this.#remark(loader, remarks.kit));
    }
    const tags = [...this.#tags.values()].sort((a, b) => a.div.start - b.div.start);
    return { tags, stays, left: inOrder, notes: this.#notes };
  }

  #judge(divId: string): void {
    const divs = this.#parts.divs.filter((div) => div.divId === divId);
    const frames = this.#frames.get(divId) ?? [];
    const fault = this.#faultOf(divs, frames);
    const [div] = divs;
    const [frame] = frames;
    if (fault || !div || typeof frame?.fields !== 'object') {
      this.#block(divId, div ?? frame!.piece, fault!);
    } else {
      this.#tags.set(divId, { div, fields: frame.fields, script: frame.piece.script });
    }
  }

  /** Why a tag cannot be rewritten. */
  #faultOf([div, otherDiv]: DivPart[], [frame, otherFrame]: Frame[]): Fault | undefined {
    if (!frame) return ['no createIframe of this file fills it', `${byHand}, or remove the div.`];
    const { fields, piece } = frame;
    if (typeof fields === 'string') return [fields, `${byHand}, or correct it.`];
    if (!div) return ['its div is not in this file', `${byHand}, where the div is.`];
    const again = otherDiv ?? otherFrame?.piece;
    if (again) return [`it is here again, in line ${this.#line(again)}`, 'Remove one of the two.'];
    if (this.#parts.elements.has(fields.campaignId)) {
      return ['this file has a <qualifio-campaign> for it', 'Remove the tag or the element.'];
    }
    if (!div.content) return ['its div is not closed', 'Close the div.'];
    if (!div.isEmpty) {
      return ['its div has content', 'Empty it, or rewrite it by hand with slot="placeholder".'];
    }
    const taken = div.attributes.find(({ name }) => writtenAttributes.includes(name));
    if (taken) return [`its div has the attribute ${taken.name}`, 'Remove the attribute.'];
    if (this.#exchange) {
      const line = this.#line(this.#exchange);
      return [`hand-written code in line ${line} exchanges messages`, remarks.exchange[1]];
    }
    const neighbour = this.#pieces.find(
      ({ script, isTag, hasTagWords }) => script === piece.script && !isTag && hasTagWords,
    );
    const other = neighbour ?? this.#naming(div.divId);
    if (other) return [`code in line ${this.#line(other)} may need it`, `${byHand}.`];
    return undefined;
  }

  /** Code, other than the tag's, that names a div. */
  #naming(divId: string): Range | undefined {
    const name = new RegExp(`${divId}(?!\\d)`);
    return this.#others.find(({ start, end }) => name.test(this.#html.slice(start, end)));
  }

  #block(divId: string, range: Range, [found, fix]: Fault): void {
    this.#tags.delete(divId);
    const frames = this.#frames.get(divId);
    for (const { piece } of frames ?? []) this.#need(piece);
    // What names a div without a frame is reported already.
    if (!frames && this.#naming(divId)) return;
    const tag = `tag ${divId.replace(/^qualifio_insert_place_/, '')}`;
    this.#left.set(range.start, this.#remark(range, [`${tag}: ${found}`, fix]));
  }

  #leave(range: Range, remark: Fault): void {
    this.#left.set(range.start, this.#remark(range, remark));
    this.#others.push(range);
    this.#need(range);
  }

  #need({ start }: Range): void {
    this.#firstUse = Math.min(this.#firstUse ?? Infinity, start);
  }

  #remark(range: Range, [found, fix]: Fault): Remark {
    return { line: this.#line(range), found, fix };
  }

  #line({ start }: Range): number {
    return lineAt(this.#html, start);
  }
}
