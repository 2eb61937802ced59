const content = '<p>Above</p><div></div><slot>own content</slot>';

export const open: ShadowRootInit = { mode: 'open' };
export const closed: ShadowRootInit = { mode: 'closed' };
export const manual: ShadowRootInit = { mode: 'open', slotAssignment: 'manual' };

/** Somewhere in the page: in a host's one shadow root, in several within each other, or in no root at all. */
export class Place {
  readonly host: HTMLElement = document.createElement('section');
  /** Where a test puts its element. */
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

  /** The innermost root, or the host where there is none. */
  get root(): ShadowRoot | HTMLElement {
    return this.#roots.at(-1) ?? this.host;
  }

  /** Whether host and roots are as they were before any element came. */
  get isUntouched(): boolean {
    return String(this.#snapshot()) === String(this.#before);
  }

  #snapshot(): string[] {
    return [this.host.innerHTML, ...this.#roots.map((root) => root.innerHTML)];
  }
}

/** Whether a frame is shown, in the document's own tree, where its element stands. */
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
