/**
 * A property of the document as the platform defines it; a method is bound to the document.
 *
 * An element with the name of a property (`<img name="head">`) replaces it on `document`, and
 * markup alone can add such an element. Not needed for a property whose use fails safely if it is
 * an element.
 */
export function documentMember<Name extends keyof Document>(name: Name): Document[Name] {
  return nodeMember(document, name);
}

/**
 * A property of a node as the platform defines it; a method is bound to the node.
 *
 * The fields of a form replace its properties, as elements do on `document`: `<input name="remove">`.
 */
export function nodeMember<Type extends Node, Name extends keyof Type>(
  node: Type,
  name: Name,
): Type[Name] {
  const value: unknown = Reflect.get(Object.getPrototypeOf(node) as object, name, node);
  return (typeof value === 'function' ? value.bind(node) : value) as Type[Name];
}

/** Whether the document is still being parsed, so that more of it may come. */
export function isParsing(): boolean {
  return documentMember('readyState') === 'loading';
}

/** Whether the browser prepares a page that is not visited yet. */
export function isPrerendering(): boolean {
  // An element of this name is not `true`.
  return (document as { prerendering?: unknown }).prerendering === true;
}
