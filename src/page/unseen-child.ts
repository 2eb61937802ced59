import { nodeMember } from './document-member.js';

/** The children that {@link hideChild} hides from the getter of `Node.prototype`, which Svelte calls. */
let unseen: WeakSet<Node> | undefined;

/**
 * Prepares the page if Svelte may hydrate `node`, since its server code puts a comment before what it
 * renders. Svelte keeps the getter when it starts, which may be before there is a child to hide. Also
 * changes the getter for other libraries of the page, but only what it returns for the campaign.
 *
 * Reads `nodeValue`, since `data` of an element is the page's own and may throw. If the page has frozen the
 * prototype, the getter stays as it is.
 *
 * Reads no later siblings: browsers make an object of each node that script reads, and an element that
 * has one before it is upgraded takes 0.7 kB more afterwards.
 */
export function prepareForSvelte(node: Node | null): void {
  while (!node || nodeMember(node, 'nodeValue') !== '[') {
    if (!node || unseen) return;
    node = nodeMember(node, 'previousSibling') ?? nodeMember(node, 'parentElement');
  }
  unseen = new WeakSet();
  const { get: native } = Object.getOwnPropertyDescriptor(Node.prototype, 'firstChild')!;
  Reflect.defineProperty(Node.prototype, 'firstChild', {
    get(this: Node): ChildNode | null {
      const first = native!.call(this) as ChildNode | null;
      return first && unseen!.has(first) ? first.nextSibling : first;
    },
  });
}

/**
 * Hides `child`, the first child of `parent`, from the properties of `parent` that lead
 * to its children.
 *
 * A framework that hydrates or patches `parent` follows these properties, and reports or removes a
 * child that it did not render. Selectors, `getElementById()`, slots and layout still find the child.
 * `previousSibling` leads to it and, from a child that `prepend()` puts before it, `nextSibling`:
 * insertions beside it end up in the right order.
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
        .filter((node) => nodeMember(node, 'nodeType') < 7)
        .map((node) => nodeMember(node, 'textContent'))
        .join(''),
    (value) => {
      for (const node of others(childNodes)) parent.removeChild(node);
      // Frameworks set numbers, too.
      const text = String(value ?? '');
      if (text) parent.append(text);
    },
  );
  Object.defineProperties(parent, members);
  unseen?.add(child);
  return () => {
    unseen?.delete(child);
    for (const name in members) Reflect.deleteProperty(parent, name);
  };
}
