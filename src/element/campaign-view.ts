import { loginHref, type CampaignSettings } from '../campaign/element-settings.js';
import type { CampaignState } from '../campaign/campaign-state.js';
import { documentMember } from '../page/document-member.js';
import { frameTitle } from './frame-title.js';
import { reservedHeight } from './reserved-height.js';
import type { CampaignStrings } from './strings/campaign-strings.js';
import { stringsFor } from './strings/index.js';

/** The settings of the element that the view reads. */
export interface ViewSettings extends CampaignSettings {
  frameTitle: string;
  strings: Partial<CampaignStrings>;
}

/** The text and the action of the panel that covers a campaign. */
interface Panel {
  readonly kind: 'login' | 'error';
  readonly message: string;
  /** Text of the link or button. */
  readonly action: string;
  /** Target of the link; if empty, the action is a button. */
  readonly href: string;
}

const panelFields = ['kind', 'message', 'action', 'href'] as const;

function isSamePanel(a: Panel | null, b: Panel | null): boolean {
  return panelFields.every((field) => a?.[field] === b?.[field]);
}

/** The panel for a campaign's state; null if it needs none, or a listener prevented it. */
function panelFor(
  { status, error, isPanelPrevented }: CampaignState,
  { loginRequired, logIn, failed, tryAgain }: CampaignStrings,
  element: CampaignSettings,
): Panel | null {
  if (isPanelPrevented) return null;
  if (error) return { kind: 'error', message: failed, action: tryAgain, href: '' };
  if (status !== 'login-required') return null;
  const href = loginHref(element);
  return { kind: 'login', message: loginRequired, action: href ? logIn : tryAgain, href };
}

/**
 * The element's shadow tree: the slot that shows the campaign, the placeholder, and the panel that
 * covers both. Built once, without templates, which would add more to every page view than this
 * code does.
 */
export interface CampaignView {
  /** Shows a campaign's state. @param config the campaign's settings, as far as they are known. */
  show(state: CampaignState, config: { height: string } | null): void;
}

/** Fills `root`. @param onAction called when the panel's button is pressed. */
export function campaignView(
  element: ViewSettings,
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
  const nameFrame = frameTitle();
  let shown: Panel | null = null;
  /** The element that had focus before the panel took it. */
  let before: Element | null;

  const fill = ({ kind, message, action, href }: Panel): void => {
    const text = create('p', { part: 'message' }, message);
    // Without a target, an injected <base target> would choose the window.
    const button = href
      ? create('a', { part: 'action', href, target: '_self' }, action)
      : create('button', { part: 'action' }, action);
    if (!href) button.onclick = onAction;
    // The login slot holds the publisher's form, the error slot the publisher's text. The element
    // that names the panel contains the slot, so the publisher's text names it too.
    const isLogin = kind === 'login';
    const named = isLogin ? text : create('slot', { name: 'error' }, text);
    content.replaceChildren(
      create('div', { id: 'message' }, named),
      isLogin ? create('slot', { name: 'login' }, button) : button,
    );
  };

  /** Opens, changes or (null) closes the panel, and moves focus with it. */
  const showPanel = (panel: Panel | null, frame: Element | null): void => {
    if (isSamePanel(panel, shown)) return;
    const active = documentMember('activeElement');
    // The panel may take focus from the campaign, or if no element has it, but not from an element
    // elsewhere on the page. `:focus-within` does not see focus inside a frame of another origin.
    const mayMoveFocus =
      [documentMember('body'), frame].includes(active) || element.matches(':focus-within');
    if (!shown) before = mayMoveFocus ? active : null;
    shown = panel;
    dialog.hidden = !panel;
    area.inert = Boolean(panel);
    if (panel) fill(panel);
    const target = panel ? dialog : (before as HTMLElement | null);
    if (mayMoveFocus) target?.focus({ preventScroll: true });
    if (!panel) content.replaceChildren();
  };

  return {
    show(state, config) {
      const { status, frame } = state;
      const strings = { ...stringsFor(element), ...element.strings };
      placeholder.hidden = status !== 'idle' && status !== 'loading';
      // Through the CSSOM: a Content-Security-Policy may forbid style attributes.
      stage.style.minHeight = frame ? '' : reservedHeight(element, config);
      showPanel(panelFor(state, strings, element), frame);
      nameFrame(frame, element.frameTitle, strings.frameTitle);
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
