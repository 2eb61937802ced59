const content = '<p>Above</p><div></div><slot>own content</slot>';

export const open: ShadowRootInit = { mode: 'open' };
export const closed: ShadowRootInit = { mode: 'closed' };
export const manual: ShadowRootInit = { mode: 'open', slotAssignment: 'manual' };

/** A place in the page: in a shadow root, in nested shadow roots, or in no root. */
export class Place {
  readonly host: HTMLElement = document.createElement('section');
  /** The parent that a test gives its element. */
  readonly inside: HTMLElement;
  readonly #roots: ShadowRoot[] = [];
  readonly #before: string[];

  constructor(...inits: ShadowRootInit[]) {
    document.body.append(this.host);
    let parent = this.host;
    for (const init of inits) {
      const root = parent.attachShadow(init);
      root.innerHTML = content;
      this.#roots.push(root);
      parent = root.querySelector('div')!;
    }
    this.inside = parent;
    this.#before = this.#snapshot();
  }

  /** The innermost root, or the host if there is none. */
  get root(): ShadowRoot | HTMLElement {
    return this.#roots.at(-1) ?? this.host;
  }

  /** Whether host and roots are as they were before the element was inserted. */
  get isUntouched(): boolean {
    return String(this.#snapshot()) === String(this.#before);
  }

  #snapshot(): string[] {
    return [this.host.innerHTML, ...this.#roots.map((root) => root.innerHTML)];
  }
}

/** Whether a frame is in the document's tree, and shown in the place of its element. */
export function isShownIn(element: HTMLElement, frame: HTMLIFrameElement): boolean {
  const box = element.getBoundingClientRect();
  const inner = frame.getBoundingClientRect();
  return (
    frame.getRootNode() === element.ownerDocument &&
    frame.checkVisibility() &&
    inner.width > 100 &&
    inner.top >= box.top &&
    inner.bottom <= box.bottom &&
    inner.left >= box.left
  );
}
