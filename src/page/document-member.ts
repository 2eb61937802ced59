/**
 * A member of the document as the platform defines it, methods bound to the document.
 *
 * An element takes the place of a member whose name it has (`<img name="head">`), and markup alone
 * can put such an element into a page. Not needed for a member whose value fails on the safe side if it is
 * an element.
 */
export function documentMember<Name extends keyof Document>(name: Name): Document[Name] {
  const value: unknown = Reflect.get(Document.prototype, name, document);
  return (typeof value === 'function' ? value.bind(document) : value) as Document[Name];
}

/** Whether the parser is still at work, so that more of the page may come. */
export function isParsing(): boolean {
  return documentMember('readyState') === 'loading';
}
