/**
 * A property of the document as the platform defines it; a method is bound to the document.
 *
 * An element with the name of a property (`<img name="head">`) replaces it on `document`, and
 * markup alone can add such an element. Not needed for a property whose use fails safely if it is
 * an element.
 */
export function documentMember<Name extends keyof Document>(name: Name): Document[Name] {
  const value: unknown = Reflect.get(Document.prototype, name, document);
  return (typeof value === 'function' ? value.bind(document) : value) as Document[Name];
}

/** Whether the document is still being parsed, so that more of it may come. */
export function isParsing(): boolean {
  return documentMember('readyState') === 'loading';
}
