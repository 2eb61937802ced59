/**
 * Hides `child`, which must be the first child of `parent`, from the properties of `parent` that lead
 * to its children.
 *
 * A framework that hydrates or patches `parent` follows these properties, and reports or removes a
 * child that it did not render. Selectors, `getElementById()`, slots and layout still find the child.
 * Svelte calls the getters of `Node.prototype`, and so finds it too.
 *
 * @returns a function that shows the child again.
 */
export function hideChild(parent: Element, child: Element): () => void {
  const members: PropertyDescriptorMap = {};
  const { childNodes, children } = parent;
  const others = (list: ArrayLike<ChildNode>): ChildNode[] =>
    Array.from(list).filter((node) => node !== child);
  const define = (name: string, get: () => unknown, set?: (value: unknown) => void): void => {
    members[name] = { configurable: true, get, ...(set && { set }) };
  };
  const hideIn = (list: ArrayLike<ChildNode>, name: string, kind: string): void => {
    const item = (index: number): ChildNode | null => others(list)[index] ?? null;
    // As live as the list, which a loop may empty.
    const shown = new Proxy(list, {
      get: (_, key): unknown => Reflect.get(Object.assign(others(list), { item }), key),
    });
    define(name, () => shown);
    define(`first${kind}`, () => item(0));
    define(`last${kind}`, () => others(list).at(-1) ?? null);
  };
  hideIn(childNodes, 'childNodes', 'Child');
  hideIn(children, 'children', 'ElementChild');
  define('childElementCount', () => others(children).length);
  define('hasChildNodes', () => () => others(childNodes).length > 0);
  define(
    'textContent',
    () =>
      others(childNodes)
        // Without comments and processing instructions.
        .filter(({ nodeType }) => nodeType < 7)
        .map((node) => node.textContent)
        .join(''),
    (value) => {
      for (const node of others(childNodes)) node.remove();
      // Frameworks set numbers, too.
      const text = String(value ?? '');
      if (text) parent.append(text);
    },
  );
  Object.defineProperties(parent, members);
  return () => {
    for (const name in members) Reflect.deleteProperty(parent, name);
  };
}
