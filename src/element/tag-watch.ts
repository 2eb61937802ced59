import { pastedTag, templateOf } from '../config/pasted-tag.js';

/** Calls `onChange` when the text of the tag that is pasted into `element` changes. */
export function watchTag(element: Element, onChange: () => void): MutationObserver {
  let known = pastedTag(element);
  const observe = (): void => {
    observer.observe(element, { childList: true });
    const template = templateOf(element);
    for (const root of template ? [template, template.content] : []) {
      observer.observe(root, { childList: true, characterData: true, subtree: true });
    }
  };
  const observer = new MutationObserver(() => {
    observe();
    const now = pastedTag(element);
    if (now === known) return;
    known = now;
    onChange();
  });
  observe();
  return observer;
}
