import { documentMember, nodeMember } from '../page/document-member.js';

const prefix = 'qualifio_insert_place_';
const selector = `div[id^="${prefix}"]`;

/** Receives the divs of pasted tags. */
export interface TagListener {
  /** A div that was not known, with its tag number. It is the first element of its id. */
  onFound(div: HTMLDivElement, campaignId: string): void;
  /** The document has changed: a known div may be moved, or gone. Returns the ids of those that are gone. */
  onChange(): readonly string[];
}

/**
 * Finds the divs of Qualifio's tags in the document's light DOM, now and later, until `signal` is
 * aborted. Looks only at what is added to the document, not at all of it.
 */
export function findTags({ onFound, onChange }: TagListener, signal: AbortSignal): void {
  const look = (root: ParentNode & Node): void => {
    if (root instanceof Element && root.matches(selector)) consider(root);
    for (const div of root.querySelectorAll(selector)) consider(div);
  };
  const consider = (div: Element): void => {
    const campaignId = nodeMember(div, 'id').slice(prefix.length);
    const isFirst = documentMember('getElementById')(prefix + campaignId) === div;
    // Also nodes that a framework put into the template of an element.
    if (/^\d{1,20}$/.test(campaignId) && isFirst && !div.closest('qualifio-campaign')) {
      onFound(div as HTMLDivElement, campaignId);
    }
  };
  const observer = new MutationObserver((records) => {
    for (const id of onChange()) {
      // A router may insert the next page's div before it removes this one.
      const next = documentMember('getElementById')(id);
      if (next) look(next);
    }
    for (const { type, target, addedNodes } of records) {
      if (type === 'attributes') look(target as Element);
      for (const node of addedNodes) if (node instanceof Element && node.isConnected) look(node);
    }
  });
  observer.observe(document, { childList: true, subtree: true, attributeFilter: ['id'] });
  signal.addEventListener('abort', () => observer.disconnect());
  look(document);
}
