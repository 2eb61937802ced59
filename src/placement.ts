/** Where Qualifio's div stands, and how to take it away again. */
export interface Placement {
  readonly div: HTMLDivElement;
  remove(): void;
}

/**
 * Puts the div that the kit fills into the document's light DOM, since the kit finds it by
 * document id, and shows it in the slot `campaign` of `element`.
 *
 * Where `element` stands inside shadow roots, the div becomes a child of the outermost host, and a
 * slot in each root on the way projects it inwards to where `element` stands.
 */
export function placeDiv(element: HTMLElement, divId: string): Placement {
  const div = element.ownerDocument.createElement('div');
  div.id = divId;
  div.className = 'qualifio_iframe_wrapper';
  const added: Element[] = [];
  let parent: Element = element;
  let slot = 'campaign';
  let relay: HTMLSlotElement | undefined;
  const append = (node: HTMLElement): void => {
    node.slot = slot;
    parent.append(node);
    // Counts only in a root with manual slot assignment, which goes by no names.
    relay?.assign(node);
    added.push(node);
  };
  for (let root = element.getRootNode(); root instanceof ShadowRoot; root = parent.getRootNode()) {
    const inner = element.ownerDocument.createElement('slot');
    inner.name = divId;
    append(inner);
    relay = inner;
    parent = root.host;
    slot = divId;
  }
  append(div);
  return {
    div,
    remove() {
      for (const node of added) node.remove();
    },
  };
}
