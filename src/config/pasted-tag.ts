/** The `<template>` with the pasted tag. */
export function templateOf(element: Element): HTMLTemplateElement | null {
  return element.querySelector(':scope > template');
}

/** The tag as pasted, or null if there is no template. It stays text: nothing in it runs. */
export function pastedTag(element: Element): string | null {
  const template = templateOf(element);
  if (!template) return null;
  // Frameworks that make nodes, such as Vue, add them to the template itself, not to its content.
  const own = [...template.childNodes].map((node) =>
    node.nodeType === Node.TEXT_NODE ? node.nodeValue : (node as Partial<Element>).outerHTML,
  );
  return template.innerHTML + own.join('');
}
