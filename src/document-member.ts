/**
 * A member of the document as the platform defines it, methods bound to the document.
 *
 * An element takes the place of a member whose name it has (`<img name="head">`), and markup alone
 * can put such an element into a page. Not needed for a member that is only compared with a text, or
 * whose truth fails on the safe side.
 */
export function documentMember<Name extends keyof Document>(name: Name): Document[Name] {
  const value: unknown = Reflect.get(Document.prototype, name, document);
  return (typeof value === 'function' ? value.bind(document) : value) as Document[Name];
}
