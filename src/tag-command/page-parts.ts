import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { kitPath } from './script-code.js';

/** A range of a page's HTML. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** An attribute, as written. */
export interface Attribute extends Range {
  readonly name: string;
  readonly value: string;
}

/** An element of the page. */
export interface ElementPart extends Range {
  readonly attributes: readonly Attribute[];
  /** What is between its tags; null if its end tag is missing. */
  readonly content: Range | null;
}

/** A div that Qualifio's script fills. */
export interface DivPart extends ElementPart {
  readonly divId: string;
  readonly isEmpty: boolean;
}

/** A place that names what belongs to Qualifio's tag, and is no tag. */
export interface Mention extends Range {
  readonly where: 'attribute' | 'comment' | 'server code' | 'template' | 'text';
}

/** What a page has of Qualifio's tags. */
export interface PageParts {
  readonly divs: readonly DivPart[];
  /** Inline scripts. */
  readonly scripts: readonly ElementPart[];
  /** Script elements that load the kit. */
  readonly kits: readonly ElementPart[];
  /** The numbers of the campaigns that are elements. */
  readonly elements: ReadonlySet<string>;
  readonly mentions: readonly Mention[];
}

/** What only Qualifio's tag and code for it contain. */
export const tagWords: RegExp =
  /qualifio_insert_place_|_qual_async|registerChildMessageCallback|sendChildMessage|\/kit\/qualp[\w.]*\.js/;

type Node = Tree.ChildNode | Tree.Document;

/** Finds what a page has of Qualifio's tags, as a browser reads the HTML. */
export function readParts(html: string): PageParts {
  const divs: DivPart[] = [];
  const scripts: ElementPart[] = [];
  const kits: ElementPart[] = [];
  const elements = new Set<string>();
  const mentions: Mention[] = [];
  const mention = (where: Mention['where'], { start, end }: Range): void => {
    if (tagWords.test(html.slice(start, end))) mentions.push({ where, start, end });
  };
  const waiting: Node[] = [parse(html, { sourceCodeLocationInfo: true })];
  // A loop, since hostile markup can be nested deeper than the stack.
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const place = 'sourceCodeLocation' in node ? node.sourceCodeLocation : null;
    const range = place && { start: place.startOffset, end: place.endOffset };
    if (!('tagName' in node)) {
      if (range && node.nodeName === '#text') mention('text', range);
      if (range && node.nodeName === '#comment') {
        mention(html.startsWith('<!--', range.start) ? 'comment' : 'server code', range);
      }
      if ('childNodes' in node) waiting.push(...node.childNodes.toReversed());
      continue;
    }
    if (node.tagName === 'style') continue;
    const part = range && partOf(node, range);
    if (part) {
      const value = (name: string) => part.attributes.find((one) => one.name === name)?.value;
      if (node.tagName === 'qualifio-campaign') {
        elements.add(value('campaign-id') ?? '');
        continue;
      }
      const divId = value('id') ?? '';
      const isPlace = node.tagName === 'div' && /^qualifio_insert_place_\d+$/.test(divId);
      if (isPlace) divs.push({ ...part, divId, isEmpty: node.childNodes.every(isBlank) });
      const isKit = node.tagName === 'script' && kitPath.test((value('src') ?? '').split('?')[0]!);
      if (isKit) kits.push(part);
      for (const attribute of part.attributes) {
        const isOwn = (isPlace && attribute.name === 'id') || (isKit && attribute.name === 'src');
        if (!isOwn) mention('attribute', attribute);
      }
      if (node.tagName === 'script') {
        if (!value('src')) scripts.push(part);
        continue;
      }
      if (node.tagName === 'template') {
        mention('template', part);
        continue;
      }
    }
    waiting.push(...node.childNodes.toReversed());
  }
  return { divs, scripts, kits, elements, mentions };
}

function partOf(node: Tree.Element, range: Range): ElementPart {
  const { startTag, endTag, attrs } = node.sourceCodeLocation!;
  return {
    ...range,
    attributes: node.attrs.flatMap(({ name, value }) => {
      const place = attrs?.[name];
      return place ? [{ name, value, start: place.startOffset, end: place.endOffset }] : [];
    }),
    content: startTag && endTag ? { start: startTag.endOffset, end: endTag.startOffset } : null,
  };
}

/** Whether a node shows nothing: editors put a space or a line break into an empty div. */
function isBlank(node: Tree.ChildNode): boolean {
  if (node.nodeName === '#text') return (node as Tree.TextNode).value.trim() === '';
  return node.nodeName === 'br';
}
