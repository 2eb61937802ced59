import { documentMember, isParsing, nodeMember } from '../page/document-member.js';

const slots = ['placeholder', 'login', 'error'];

/**
 * A name without hyphens and underscores, and what is left of it without one of its letters. Two
 * names that have one of these in common differ by a typo: a letter more, less, other or moved.
 */
function cuts(name: string): string[] {
  const plain = name.replace(/[-_]/g, '');
  return [
    plain,
    ...Array.from(plain, (_, index) => plain.slice(0, index) + plain.slice(index + 1)),
  ];
}

/**
 * Warns in the console of mistakes that HTML accepts silently, once of each kind: children that no
 * slot shows, unknown slots, and misspelt attributes. While the document is being parsed, it waits
 * for the children that are still to come.
 *
 * @param known names of the element's attributes.
 */
export function warnOfMisuse(element: Element, known: readonly string[]): void {
  if (isParsing()) {
    const again = (): void => warnOfMisuse(element, known);
    documentMember('addEventListener')('DOMContentLoaded', again, { once: true });
    return;
  }
  const found: string[] = [];
  // Qualifio's div is not among them.
  for (const child of element.childNodes as Iterable<Element>) {
    const localName = nodeMember(child, 'localName');
    const slot = nodeMember(child, 'slot');
    const name = localName ? `<${localName}>` : child.nodeValue!.trim();
    if (slot) {
      if (!slots.includes(slot))
        found[0] ??= `unknown slot ${slot}; slots are ${slots.join(', ')}.`;
    } else if (child.nodeType !== 8 && !/^(<(template|script|style|link|meta)>)?$/.test(name)) {
      found[1] ??= `${name} has no slot and is not shown. HTML has no self-closing custom elements: write </qualifio-campaign>.`;
    }
  }
  for (const name of element.getAttributeNames()) {
    // Short names have too many neighbours; `on…`, `x-…` and `hx-…` belong to others.
    if (!/^(?!on|..?-)[a-z_-]{5,}$/.test(name) || known.includes(name)) continue;
    const own = cuts(name);
    const meant = known.find((other) => cuts(other).some((cut) => own.includes(cut)));
    if (meant) found[2] = `${found[2] ?? 'unknown attribute:'} ${name} (did you mean ${meant}?)`;
  }
  found.forEach((message) => console.warn(`<qualifio-campaign>: ${message}`, element));
}
