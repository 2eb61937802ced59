/**
 * Lit stores data in these properties of the window. If they do not exist yet, an element with such
 * an id takes their place, and Lit throws before the element is defined. Import this module before
 * Lit.
 */
const names = ['litPropertyMetadata', 'reactiveElementVersions', 'reactiveElementPolyfillSupport'];

for (const name of names) {
  if (!Object.hasOwn(globalThis, name)) Object.assign(globalThis, { [name]: undefined });
}

export {};
