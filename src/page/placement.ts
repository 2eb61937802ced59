import { documentMember } from './document-member.js';
import { hideChild } from './unseen-child.js';

/** The place of Qualifio's div. */
export interface Placement {
  readonly div: HTMLDivElement;
  /** The div, and the slots that project it; another list of slots after {@link Placement.follow}. */
  readonly parts: readonly HTMLElement[];
  /** Moves the div after its element, which was moved with its frame alive, perhaps into another root. */
  follow: () => void;
  /** Removes the div and its slots. */
  remove: () => void;
}

/**
 * Puts the div that the kit fills into the document's light DOM, since the kit finds it by document
 * id, and shows it in the slot `campaign` of `element`. The children that this adds to `element`
 * are hidden from frameworks that render it.
 *
 * If `element` is inside shadow roots, the div becomes a child of the outermost host, and a slot in
 * each root projects it inwards to `element`.
 */
export function placeDiv(element: HTMLElement, divId: string): Placement {
  const div = documentMember('createElement')('div');
  div.id = divId;
  div.className = 'qualifio_iframe_wrapper';
  const parts: HTMLElement[] = [div];
  let unhide = (): void => {};
  const follow = (): void => {
    unhide();
    for (const slot of parts.splice(1)) slot.remove();
    let parent: Element = element;
    let relay: HTMLSlotElement | undefined;
    const show = (node: HTMLElement): void => {
      node.slot = relay ? divId : 'campaign';
      const isOwn = parent === element;
      const before = isOwn ? parent.firstChild : null;
      parent[node.isConnected ? 'moveBefore' : 'insertBefore'](node, before);
      if (isOwn) unhide = hideChild(element, node);
      // Has an effect only in a root with manual slot assignment, which ignores slot names.
      relay?.assign(node);
    };
    for (
      let root = element.getRootNode();
      root instanceof ShadowRoot;
      root = parent.getRootNode()
    ) {
      const slot = documentMember('createElement')('slot');
      slot.name = divId;
      show(slot);
      parts.push(slot);
      relay = slot;
      parent = root.host;
    }
    show(div);
  };
  follow();
  return {
    div,
    parts,
    follow,
    remove() {
      unhide();
      for (const slot of parts.splice(1)) slot.remove();
      // A morph may have reused it as an element of the page.
      if (div.id === divId) div.remove();
    },
  };
}
