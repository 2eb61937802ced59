/** Calls `onChange` when a `lang` changes that may apply to `element`, also outside of its shadow roots. */
export function watchLang(element: Element, onChange: () => void): MutationObserver {
  const observer = new MutationObserver(onChange);
  let root: Node = element;
  do {
    root = (root instanceof ShadowRoot ? root.host : root).getRootNode();
    observer.observe(root, { subtree: true, attributeFilter: ['lang'] });
  } while (root instanceof ShadowRoot);
  return observer;
}
