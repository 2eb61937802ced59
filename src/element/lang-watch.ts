/** Calls `onChange` when a `lang` changes that may apply to `element`, also outside of its shadow roots. */
export function watchLang(element: Element, onChange: () => void): MutationObserver {
  const observer = new MutationObserver(onChange);
  for (let node = element; node;) {
    const root = node.getRootNode();
    observer.observe(root, { subtree: true, attributeFilter: ['lang'] });
    node = (root as ShadowRoot).host;
  }
  return observer;
}
