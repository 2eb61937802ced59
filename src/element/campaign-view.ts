import type { CampaignState } from '../campaign/campaign-state.js';
import { documentMember } from '../page/document-member.js';
import type { CampaignStrings } from './strings/campaign-strings.js';

/** The text and the action of the panel that covers a campaign. */
export type Panel = readonly [
  kind: 'login' | 'error',
  message: string,
  /** Text of the link or button. */
  action: string,
  /** Target of the link; if empty, the action is a button. */
  href: string,
];

/** The panel for a campaign's state; null if it needs none, or a listener prevented it. */
export function panelFor(
  { status, error, isPanelPrevented }: CampaignState,
  { loginRequired, logIn, failed, tryAgain }: CampaignStrings,
  loginHref: () => string,
): Panel | null {
  if (isPanelPrevented) return null;
  if (error) return ['error', failed, tryAgain, ''];
  if (status !== 'login-required') return null;
  const href = loginHref();
  return ['login', loginRequired, href ? logIn : tryAgain, href];
}

/**
 * The element's shadow tree: the slot that shows the campaign, the placeholder, and the panel that
 * covers both. Built once, without templates, which would add more to every page view than this
 * code does.
 */
export class CampaignView {
  readonly #host: HTMLElement;
  readonly #onAction: () => void;
  readonly #stage: HTMLElement;
  readonly #frame: HTMLElement;
  readonly #placeholder: HTMLElement;
  readonly #content = create('div', { class: 'content' });
  readonly #panel = create(
    'div',
    { part: 'panel', role: 'alertdialog', 'aria-labelledby': 'message', tabindex: '-1' },
    this.#content,
  );
  #shown = '';
  /** The element that had focus before the panel took it. */
  #before: Element | null = null;

  /** @param onAction called when the panel's button is pressed. */
  constructor(host: HTMLElement, root: DocumentFragment | HTMLElement, onAction: () => void) {
    this.#onAction = onAction;
    this.#host = host;
    this.#frame = create('div', { part: 'frame' }, create('slot', { name: 'campaign' }));
    this.#placeholder = create('slot', { name: 'placeholder' });
    this.#stage = create('div', { class: 'stage' }, this.#frame, this.#placeholder, this.#panel);
    this.#panel.hidden = true;
    root.append(this.#stage);
  }

  /** Shows or hides the placeholder, and reserves `height` (a CSS length, or empty) while there is no frame. */
  showPlaceholder(isShown: boolean, height: string): void {
    this.#placeholder.hidden = !isShown;
    // Through the CSSOM: a Content-Security-Policy may forbid style attributes.
    this.#stage.style.minHeight = height;
  }

  /** Opens, changes or (null) closes the panel, and moves focus with it. */
  showPanel(panel: Panel | null, frame: Element | null): void {
    const shown = String(panel ?? '');
    if (shown === this.#shown) return;
    const mayMoveFocus = this.#mayMoveFocus(frame);
    if (!this.#shown) this.#before = mayMoveFocus ? documentMember('activeElement') : null;
    this.#shown = shown;
    this.#panel.hidden = !panel;
    this.#frame.inert = Boolean(panel);
    if (panel) {
      this.#fill(panel);
      if (mayMoveFocus) this.#panel.focus({ preventScroll: true });
    } else {
      if (mayMoveFocus) (this.#before as HTMLElement | null)?.focus({ preventScroll: true });
      this.#content.replaceChildren();
    }
  }

  #fill([kind, message, action, href]: Panel): void {
    const text = create('p', { part: 'message', id: 'message' }, message);
    const button = create(href ? 'a' : 'button', { part: 'action' }, action);
    if (href) {
      button.setAttribute('href', href);
      // Otherwise an injected <base target> would choose the window.
      button.setAttribute('target', '_self');
    } else button.onclick = this.#onAction;
    // The login slot holds the publisher's form, the error slot the publisher's text.
    this.#content.replaceChildren(
      ...(kind === 'login'
        ? [text, create('slot', { name: 'login' }, button)]
        : [create('slot', { name: 'error' }, text), button]),
    );
  }

  /** The panel may take focus from the campaign, or if nothing has it, but not from an element elsewhere on the page. */
  #mayMoveFocus(frame: Element | null): boolean {
    const activeElement = documentMember('activeElement');
    const body = documentMember('body');
    // `:focus-within` does not see focus inside a frame of another origin.
    return [body, frame].includes(activeElement) || this.#host.matches(':focus-within');
  }
}

function create(
  tag: string,
  attributes: Record<string, string>,
  ...children: (Node | string)[]
): HTMLElement {
  const element = documentMember('createElement')(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
