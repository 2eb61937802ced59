import type { Inspected } from './inspected.js';

/** A style that hides a campaign's frame. */
export interface Hiding {
  /** Property and value, such as `display: none`. */
  readonly style: string;
  /** The element that has it, as in a style sheet. */
  readonly selector: string;
  /** True: the campaign is in this element, which the page may show later. */
  readonly isAround: boolean;
}

/** What the page opens later, or hides on purpose. */
const closed = 'dialog, [popover], [hidden]';

/** Milliseconds between two looks: no event tells of a change of style. */
const pause = 500;

/**
 * Watches whether a style hides a campaign's frame, until `signal` is aborted.
 *
 * @param onChange called after each change, but not for a style that lasts only a moment, as in a fade.
 */
export function watchSight(
  inspected: Inspected,
  onChange: (hiding: Hiding | null) => void,
  signal: AbortSignal,
): void {
  let latest = '';
  let told = '';
  const look = (): void => {
    if (document.hidden) return;
    const hiding = hidingOf(inspected);
    const now = hiding ? hiding.style + hiding.selector : '';
    if (now !== told && (!now || now === latest)) {
      told = now;
      onChange(hiding);
    }
    latest = now;
  };
  const timer = setInterval(look, pause);
  signal.addEventListener('abort', () => clearInterval(timer));
}

function hidingOf({ campaign, target }: Inspected): Hiding | null {
  const { frame, status } = campaign;
  // Before, a placeholder may be in its place; later, a panel covers it.
  if (!frame?.isConnected || !/^(ready|authenticating|token-sent)$/.test(status)) return null;
  const found = [...around(frame)].filter((element) => styleThatHides(element, frame));
  if (found.some((element) => element !== frame && element.matches(closed))) return null;
  const [element] = found;
  if (!element) return null;
  const isAround = element !== target && element.contains(target);
  return { style: styleThatHides(element, frame), selector: selectorOf(element), isAround };
}

/** A frame and the elements that it is in, as they are laid out. */
function* around(frame: Element): Generator<Element> {
  for (let element: Element | null = frame; element; element = outside(element)) yield element;
}

function outside(element: Element): Element | null {
  const { assignedSlot, parentElement } = element;
  const { host = null } = element.getRootNode() as Partial<ShadowRoot>;
  return assignedSlot ?? parentElement ?? host;
}

/** The declaration of an element that hides the frame in it; empty if there is none. */
function styleThatHides(element: Element, frame: Element): string {
  const { display, opacity, position, clip, clipPath, contentVisibility, overflow, visibility } =
    getComputedStyle(element);
  if (display === 'none') return 'display: none';
  if (contentVisibility === 'hidden') return 'content-visibility: hidden';
  if (Number(opacity) === 0) return 'opacity: 0';
  if (/^inset\((50|100)%\)|^circle\(0/.test(clipPath)) return `clip-path: ${clipPath}`;
  const isEmpty = /^rect\((\S+?),? \1,? \1,? \1\)$/.test(clip);
  if (isEmpty && /^(absolute|fixed)$/.test(position)) return `clip: ${clip}`;
  const isBox = overflow !== 'visible' && !/^(contents|inline)$/.test(display);
  if (element === frame || (isBox && element !== document.body)) {
    const { width, height } = element.getBoundingClientRect();
    // What is not laid out has no size either, and another element hides it.
    if (Math.min(width, height) <= 1 && element.checkVisibility?.()) {
      return width < height ? `width: ${width}px` : `height: ${height}px`;
    }
  }
  // Inherited: where it begins, if the frame has it too.
  const isBegin = visibility !== visibilityOf(outside(element));
  return isBegin && visibility !== 'visible' && visibilityOf(frame) !== 'visible'
    ? `visibility: ${visibility}`
    : '';
}

function visibilityOf(element: Element | null): string {
  return element ? getComputedStyle(element).visibility : 'visible';
}

/** How a style sheet can name an element. */
function selectorOf({ localName, id, classList: [name] }: Element): string {
  if (id) return `${localName}#${id}`;
  return name ? `${localName}.${name}` : localName;
}
