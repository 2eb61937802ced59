import { meantAttribute } from '../config/misspelt.js';
import { documentMember, isParsing, nodeMember } from '../page/document-member.js';

const slots = ['placeholder', 'login', 'error'];

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
      found[1] ??= `${name} has no slot and is not shown. Close the element with </qualifio-campaign>.`;
    }
  }
  for (const name of element.getAttributeNames()) {
    const meant = meantAttribute(name, known);
    if (meant) found[2] = `${found[2] ?? 'unknown attribute:'} ${name} (did you mean ${meant}?)`;
  }
  found.forEach((message) => console.warn(`<qualifio-campaign>: ${message}`, element));
}
