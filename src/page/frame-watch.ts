import { parseUrl } from '../config/resolve-url.js';
import { documentMember } from './document-member.js';
import type { Placement } from './placement.js';

/** Receives what happens to a campaign's frame. */
export interface FrameListener {
  /** The kit has put a frame into the div. */
  onFrame(frame: HTMLIFrameElement): void;
  /** The frame has loaded a document, the first time or again. */
  onLoad(): void;
  /** The page's policy blocks the frame; browsers report it before or after a load event. */
  onBlocked(): void;
  /** The frame is gone. @param isTaken whether its div or a slot for it is gone too, or the div has become another element. */
  onRemoved(isTaken: boolean): void;
}

/** In Chromium, a violation follows the load event of its frame within this many milliseconds. */
const violationDelay = 1000;

/** Watches a div, and the slots that project it, for the frame that the kit makes in it, until `signal` is aborted. */
export function watchFrame(
  { div, parts }: Pick<Placement, 'div' | 'parts'>,
  listener: FrameListener,
  signal: AbortSignal,
  keepLook?: (frame: HTMLIFrameElement) => () => void,
): void {
  let frame: HTMLIFrameElement | null = null;
  let keep: (() => void) | null | undefined;
  let wasTaken = false;
  const { id } = div;
  const look = (): void => {
    // They follow their element, also by moveBefore() to another parent.
    for (const { parentNode } of parts) {
      if (parentNode) observer.observe(parentNode, { childList: true });
    }
    const isTaken = div.id !== id || parts.some((part) => !part.isConnected);
    const found = isTaken ? null : div.querySelector('iframe');
    // Also before there is a frame.
    const isTakenNow = isTaken && !wasTaken;
    wasTaken = isTaken;
    if (found === frame && !isTakenNow) return keep?.();
    frame = found;
    keep = found && keepLook?.(found);
    keep?.();
    if (!found) return listener.onRemoved(isTaken);
    listener.onFrame(found);
    // A frame that the page's policy blocks has a load event too.
    let loadedAt = Infinity;
    let isBlocked = false;
    documentMember('addEventListener')(
      'securitypolicyviolation',
      ({ effectiveDirective, disposition, blockedURI }) => {
        if (effectiveDirective !== 'frame-src' || disposition !== 'enforce') return;
        if (found !== frame || !isAddress(blockedURI, found.src)) return;
        // A later violation is about another frame of the page.
        if (performance.now() - loadedAt > violationDelay) return;
        isBlocked = loadedAt === Infinity;
        listener.onBlocked();
      },
      { signal },
    );
    found.addEventListener(
      'load',
      (event) => {
        // Consent tools dispatch their own load events; an empty frame loads before its campaign.
        if (!event.isTrusted || found !== frame || !/^https?:/.test(found.src)) return;
        const isRefusal = isBlocked;
        loadedAt = Math.min(loadedAt, performance.now());
        isBlocked = false;
        if (!isRefusal) listener.onLoad();
      },
      { signal },
    );
  };
  const observer = new MutationObserver(look);
  const attributeFilter = ['width', 'height', 'id'];
  observer.observe(div, { childList: true, subtree: true, attributeFilter });
  look();
  signal.addEventListener('abort', () => observer.disconnect());
}

/** Whether a violation names this address: the whole URL or, for other origins, only the origin. */
function isAddress(blockedURI: string, src: string): boolean {
  const { origin, href } = new URL(src, location.href);
  return [`${origin}/`, href].includes(parseUrl(blockedURI)?.href ?? '');
}
