import { pastedTag, templateOf } from '../config/pasted-tag.js';

/** Reads the pasted tag in an element's `<template>`, and reports changes. */
export interface TagWatch {
  /** The tag as pasted, or null if there is none. It stays text: nothing in it runs. */
  text(): string | null;
  connect(): void;
  disconnect(): void;
}

/** @param onChange called after each change of the tag's text. */
export function tagWatch(element: Element, onChange: () => void): TagWatch {
  let known: string | null;
  const text = (): string | null => pastedTag(element);
  const observe = (): void => {
    observer.observe(element, { childList: true });
    const template = templateOf(element);
    for (const root of template ? [template, template.content] : []) {
      observer.observe(root, { childList: true, characterData: true, subtree: true });
    }
  };
  const observer = new MutationObserver(() => {
    observe();
    const now = text();
    if (now === known) return;
    known = now;
    onChange();
  });
  return {
    text,
    connect() {
      known = text();
      observe();
    },
    disconnect: () => observer.disconnect(),
  };
}
