/** Reads the pasted tag in an element's `<template>`, and reports changes. */
export class TagWatch {
  readonly #element: Element;
  readonly #onChange: () => void;
  #observer: MutationObserver | undefined;
  #text: string | null = null;

  constructor(element: Element, onChange: () => void) {
    this.#element = element;
    this.#onChange = onChange;
  }

  /** The tag as pasted, or null if there is none. It stays text: nothing in it runs. */
  get text(): string | null {
    return this.#template?.innerHTML ?? null;
  }

  connect(): void {
    this.#text = this.text;
    this.#observer = new MutationObserver(() => this.#look());
    this.#observe();
  }

  disconnect(): void {
    this.#observer?.disconnect();
  }

  get #template(): HTMLTemplateElement | null {
    return this.#element.querySelector(':scope > template');
  }

  #observe(): void {
    this.#observer?.observe(this.#element, { childList: true });
    const content = this.#template?.content;
    if (content) {
      this.#observer?.observe(content, { childList: true, characterData: true, subtree: true });
    }
  }

  #look(): void {
    this.#observe();
    const { text } = this;
    if (text === this.#text) return;
    this.#text = text;
    this.#onChange();
  }
}
