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
export interface CampaignView {
  /** Shows or hides the placeholder, and reserves `height` (a CSS length, or empty) while there is no frame. */
  showPlaceholder(isShown: boolean, height: string): void;
  /** Opens, changes or (null) closes the panel, and moves focus with it. */
  showPanel(panel: Panel | null, frame: Element | null): void;
}

/** Fills `root`. @param onAction called when the panel's button is pressed. */
export function campaignView(
  host: HTMLElement,
  root: DocumentFragment | HTMLElement,
  onAction: () => void,
): CampaignView {
  const area = create('div', { part: 'frame' }, create('slot', { name: 'campaign' }));
  const placeholder = create('slot', { name: 'placeholder' });
  const content = create('div', { class: 'content' });
  const dialog = create(
    'div',
    { part: 'panel', role: 'alertdialog', 'aria-labelledby': 'message', tabindex: '-1' },
    content,
  );
  const stage = create('div', { class: 'stage' }, area, placeholder, dialog);
  dialog.hidden = true;
  root.append(stage);
  let shown = '';
  /** The element that had focus before the panel took it. */
  let before: Element | null;

  const fill = ([kind, message, action, href]: Panel): void => {
    const text = create('p', { part: 'message', id: 'message' }, message);
    // Without a target, an injected <base target> would choose the window.
    const button = href
      ? create('a', { part: 'action', href, target: '_self' }, action)
      : create('button', { part: 'action' }, action);
    if (!href) button.onclick = onAction;
    // The login slot holds the publisher's form, the error slot the publisher's text.
    content.replaceChildren(
      ...(kind === 'login'
        ? [text, create('slot', { name: 'login' }, button)]
        : [create('slot', { name: 'error' }, text), button]),
    );
  };

  return {
    showPlaceholder(isShown, height) {
      placeholder.hidden = !isShown;
      // Through the CSSOM: a Content-Security-Policy may forbid style attributes.
      stage.style.minHeight = height;
    },
    showPanel(panel, frame) {
      const text = String(panel ?? '');
      if (text === shown) return;
      const active = documentMember('activeElement');
      // The panel may take focus from the campaign, or if nothing has it, but not from an element
      // elsewhere on the page. `:focus-within` does not see focus inside a frame of another origin.
      const mayMoveFocus =
        [documentMember('body'), frame].includes(active) || host.matches(':focus-within');
      if (!shown) before = mayMoveFocus ? active : null;
      shown = text;
      dialog.hidden = !panel;
      area.inert = Boolean(panel);
      if (panel) fill(panel);
      const target = panel ? dialog : (before as HTMLElement | null);
      if (mayMoveFocus) target?.focus({ preventScroll: true });
      if (!panel) content.replaceChildren();
    },
  };
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
