/**
 * Lit keeps things under these names of the window. Where there are none yet, an element's id may pose
 * as one, and Lit would throw before the element is defined. Import this module before Lit.
 */
const names = ['litPropertyMetadata', 'reactiveElementVersions', 'reactiveElementPolyfillSupport'];

for (const name of names) {
  if (!Object.hasOwn(globalThis, name)) Object.assign(globalThis, { [name]: undefined });
}

export {};
