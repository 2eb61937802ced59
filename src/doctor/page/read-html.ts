import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';

/** An element of a page's HTML, as text: nothing runs. */
export interface HtmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Line in the HTML, from 1. */
  readonly line: number;
  /** The HTML between its tags, unchanged. */
  readonly inner: string;
  /** Names of the elements around it, from the outermost one. */
  readonly parents: readonly string[];
}

type Node = Tree.ChildNode | Tree.Document | Tree.DocumentFragment;

/**
 * The elements that a browser would find in a page, in document order. What is in a `<template>` is
 * inert and left out, except the content of a declarative shadow root, and the tag pasted into an
 * element, which is in that element's `inner`.
 */
export function readHtml(html: string): readonly HtmlElement[] {
  const found: HtmlElement[] = [];
  const waiting: [Node, readonly string[]][] = [
    [parse(html, { sourceCodeLocationInfo: true }), []],
  ];
  // A loop, since hostile markup can be nested deeper than the stack.
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [node, parents] = next;
    if ('tagName' in node) {
      const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]));
      const place = node.sourceCodeLocation;
      const end = place?.endTag?.startOffset ?? place?.endOffset;
      const start = place?.startTag?.endOffset ?? end;
      found.push({
        name: node.tagName,
        attributes,
        line: place?.startLine ?? 1,
        inner: html.slice(start, end),
        parents,
      });
    }
    const inside = 'tagName' in node ? [...parents, node.tagName] : parents;
    for (const child of childrenOf(node).reverse()) waiting.push([child, inside]);
  }
  return found;
}

function childrenOf(node: Node): Node[] {
  if (!('tagName' in node)) return 'childNodes' in node ? [...node.childNodes] : [];
  if (node.tagName !== 'template') return [...node.childNodes];
  const isShadowRoot = node.attrs.some(({ name }) => name === 'shadowrootmode');
  return isShadowRoot ? [...(node as Tree.Template).content.childNodes] : [];
}
