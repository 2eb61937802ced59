import { adoptStyles } from '@lit/reactive-element';
import type { CampaignState } from '../campaign/campaign-state.js';
import { create, panelView, type PanelSettings } from '../element/panel-view.js';
import { textsFor } from '../element/strings/index.js';
import { styles as panelStyles } from '../element/qualifio-campaign.styles.js';
import { configError } from '../errors.js';
import { documentMember } from '../page/document-member.js';
import { styles } from './tag-panel.styles.js';

/** A div keeps its shadow root for good: a later sign-in uses it again. */
const roots = new WeakMap<Element, ShadowRoot>();

/**
 * Gives a vendor's div a shadow root with a slot, which shows the div's content as before.
 *
 * @throws {QualifioError} `CONFIG_INVALID` if the div has a shadow root of other code.
 */
export function rootOf(div: HTMLDivElement): ShadowRoot {
  try {
    const root = roots.get(div) ?? div.attachShadow({ mode: 'open' });
    roots.set(div, root);
    return root;
  } catch (cause) {
    const message = `#${div.id} already has a shadow root, so that no panel can cover its campaign: remove it, or use <qualifio-campaign>.`;
    throw configError('CONFIG_INVALID', message, { cause });
  }
}

/**
 * The panel of one campaign, in the shadow root of the vendor's div, until `signal` is aborted.
 *
 * It takes no part in the layout of the page: neither the div nor its frame is moved or restyled. While
 * it is open, it follows the frame.
 *
 * @returns a function that shows a campaign's state.
 */
export function tagPanel(
  settings: PanelSettings,
  div: HTMLDivElement,
  root: ShadowRoot,
  onAction: () => void,
  signal: AbortSignal,
): (state: CampaignState) => void {
  const area = create('slot', {});
  const over = create('div', { class: 'over' });
  adoptStyles(root, [panelStyles, styles]);
  root.replaceChildren(over, area);
  const showState = panelView(settings, over, area, onAction, div);
  let frame: HTMLIFrameElement | null = null;
  let following: AbortController | null = null;

  /** Puts the panel over the frame, wherever its static position is. */
  const place = (): void => {
    if (!frame) return;
    // `zoom` or `transform` of the page.
    over.style.cssText = 'width: 100px';
    const scale = over.getBoundingClientRect().width / 100 || 1;
    const { left, top, width, height } = frame.getBoundingClientRect();
    over.style.cssText = `width: ${width / scale}px; height: ${height / scale}px`;
    const own = over.getBoundingClientRect();
    over.style.translate = `${(left - own.left) / scale}px ${(top - own.top) / scale}px`;
  };

  const follow = (): void => {
    following?.abort();
    following = new AbortController();
    const ended = following.signal;
    const options = { capture: true, passive: true, signal: ended };
    documentMember('addEventListener')('scroll', place, options);
    window.addEventListener('resize', place, { signal: ended });
    const observer = new ResizeObserver(place);
    for (const box of [frame, div, documentMember('body')]) if (box) observer.observe(box);
    ended.addEventListener('abort', () => observer.disconnect());
  };

  signal.addEventListener('abort', () => {
    following?.abort();
    root.adoptedStyleSheets = [];
    root.replaceChildren(create('slot', {}));
  });

  return (state) => {
    if (signal.aborted) return;
    frame = state.frame;
    // Without a name, a screen reader may read the frame's address instead.
    if (frame) frame.title ||= textsFor(div, settings.strings)('frameTitle');
    place();
    showState(state);
    place();
    const isShown = over.querySelector('.busy, [part=panel]:not([hidden])');
    if (isShown && !following) follow();
    if (isShown) return;
    following?.abort();
    following = null;
    // A size that does not follow the frame would widen a page that gets narrower.
    over.removeAttribute('style');
  };
}
