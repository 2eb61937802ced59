import { loginLink, type LoginLink, type LoginSettings } from '../campaign/element-settings.js';
import type { CampaignState } from '../campaign/campaign-state.js';
import { openLoginWindow } from '../campaign/login-window.js';
import { causeOf } from '../error-causes.js';
import { documentMember } from '../page/document-member.js';
import type { CampaignStrings } from './strings/campaign-strings.js';
import { textsFor, type TextOf } from './strings/index.js';

/** The settings that the panel reads. */
export interface PanelSettings extends LoginSettings {
  strings: Partial<CampaignStrings>;
}

/** The text and the action of the panel that covers a campaign. The action is a link, if it has a target. */
interface Panel extends Partial<LoginLink> {
  /** The slot in which the publisher can put something else, if there is one. */
  readonly kind?: 'login' | 'error';
  readonly message: string;
  /** What the action does. */
  readonly hint?: string;
  /** Text of the link or button; there is none without it. */
  readonly action?: string;
}

/** The panel for a campaign's state; null if it needs none, or a listener prevented it. */
function panelFor(
  { status, error, isPanelPrevented, isLoginExpired, isLoginWindow }: CampaignState,
  textOf: TextOf,
  settings: PanelSettings,
): Panel | null {
  if (isLoginWindow) return { message: textOf('loginDone') };
  if (isPanelPrevented) return null;
  if (error) {
    const cause = causeOf(error, navigator.onLine !== false);
    const message = settings.strings?.[cause] ?? textOf('failed') ?? textOf(cause);
    return { kind: 'error', message, action: cause === 'unavailable' ? '' : textOf('tryAgain') };
  }
  if (status !== 'login-required') return null;
  const link = loginLink(settings);
  return {
    ...link,
    kind: 'login',
    message: (isLoginExpired ? `${textOf('expired')} ` : '') + textOf('loginRequired'),
    hint: link.hasWindow ? textOf('loginWindow') : '',
    action: link.href ? textOf('logIn') : textOf('tryAgain'),
  };
}

/**
 * Adds to `stage` the panel that covers a campaign, closed, and the bar that shows that a token is
 * requested. Built once, without templates, which would add more to every page view than this code does.
 *
 * @param area what the open panel makes inert: it contains the campaign's frame.
 * @param onAction called when the panel's button is pressed.
 * @param host the element in which the campaign is; the texts have its language.
 * @returns a function that shows a campaign's state.
 */
export function panelView(
  settings: PanelSettings,
  stage: ParentNode,
  area: HTMLElement,
  onAction: () => void,
  host: HTMLElement = settings,
): (state: CampaignState) => void {
  const progress = create('div', { part: 'progress', role: 'status' });
  const card = create('div', { part: 'card' });
  const dialog = create(
    'div',
    { part: 'panel', role: 'alertdialog', 'aria-labelledby': 'message', tabindex: '-1' },
    card,
  );
  dialog.hidden = true;
  stage.append(progress, dialog);
  let shown: Panel | null = null;
  /**
   * What gets focus when the panel closes: the frame's area, then the element that had it before. The
   * latter may be `<body>` or a frame that has been removed, which take none.
   */
  let before: (HTMLElement | null)[];

  const contentOf = ({ kind, message, hint = '', action = '', href, hasWindow }: Panel): Node[] => {
    // The text may be in another language than the page, with another direction.
    const text = create('p', { part: 'message', dir: 'auto' }, message);
    // Without a target, an injected <base target> would choose the window.
    const button = create(
      href ? 'a' : 'button',
      { part: 'action', 'aria-describedby': 'hint', ...(href && { href, target: '_self' }) },
      action,
    );
    button.hidden = !action;
    button.onclick = (event) => {
      if (!href) onAction();
      else if (hasWindow && openLoginWindow(href)) event.preventDefault();
    };
    // The login slot holds the publisher's form, the error slot the publisher's text. The element
    // that names the panel contains the slot, so the publisher's text names it too.
    const label = create(
      'div',
      { id: 'message' },
      kind === 'error' ? create('slot', { name: kind }, text) : text,
    );
    const controls = create(
      'slot',
      { name: kind === 'login' ? kind : '-' },
      button,
      create('p', { id: 'hint', part: 'hint', dir: 'auto' }, hint),
    );
    return [label, controls];
  };

  /** Moves the card to the middle of what is visible of the panel, within the panel's size. */
  const centre = (): void => {
    const { top, height } = dialog.getBoundingClientRect();
    const room = height - card.offsetHeight - 32;
    const unseen = Math.max(0, -top) - Math.max(0, top + height - innerHeight);
    const above = Math.max(0, Math.min((room + unseen) / 2, room));
    card.style.marginTop = `${above}px`;
  };

  /** Opens, changes or (null) closes the panel, and moves focus with it. */
  const showPanel = (panel: Panel | null, frame: Element | null): void => {
    if (JSON.stringify(panel) === JSON.stringify(shown)) return;
    const active = documentMember('activeElement');
    // The panel may take focus from the campaign, or if no element has it, but not from an element
    // elsewhere on the page. `:focus-within` may not match while another window has focus.
    const mayMoveFocus =
      [documentMember('body'), frame].includes(active) ||
      host.contains((host.getRootNode() as Document).activeElement);
    if (!shown) before = mayMoveFocus ? [area, active as HTMLElement | null] : [];
    shown = panel;
    dialog.hidden = !panel;
    area.inert = Boolean(panel);
    card.style.marginTop = '';
    card.replaceChildren(...(panel ? contentOf(panel) : []));
    centre();
    if (!mayMoveFocus) return;
    (panel ? [dialog] : before).forEach((target) => target?.focus({ preventScroll: true }));
  };

  return (state) => {
    const textOf = textsFor(host, settings.strings);
    const isBusy = state.status === 'authenticating';
    progress.className = isBusy ? 'busy' : '';
    if (!isBusy) progress.textContent = '';
    // Once, when the bar appears.
    progress.onanimationstart = () => (progress.textContent = textOf('waiting'));
    showPanel(panelFor(state, textOf, settings), state.frame);
  };
}

/** Creates an element of a shadow tree. */
export function create(
  tag: string,
  attributes: Record<string, string>,
  ...children: (Node | string)[]
): HTMLElement {
  const element = documentMember('createElement')(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
