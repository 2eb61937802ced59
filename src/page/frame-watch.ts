import { documentMember } from './document-member.js';

/** What becomes of a campaign's frame. */
export interface FrameListener {
  /** The kit has put a frame into the div. */
  onFrame(frame: HTMLIFrameElement): void;
  /** The frame has loaded a document, the first time or again. */
  onLoad(): void;
  /** The page's policy keeps the frame from loading; engines say so before or after a load event. */
  onBlocked(): void;
  /** The frame is gone, alone or with its div. */
  onRemoved(): void;
}

/** Watches `div` for the frame that the kit makes in it, until `signal` is aborted. */
export function watchFrame(div: HTMLElement, listener: FrameListener, signal: AbortSignal): void {
  let frame: HTMLIFrameElement | null = null;
  const look = (): void => {
    // The div follows its element, by moveBefore() to another parent too.
    if (div.parentNode) observer.observe(div.parentNode, { childList: true });
    const found = div.isConnected ? div.querySelector('iframe') : null;
    if (found === frame) return;
    frame = found;
    if (!found) return listener.onRemoved();
    listener.onFrame(found);
    let isBlocked = false;
    // A frame that the page's policy blocks has a load event like any other.
    documentMember('addEventListener')(
      'securitypolicyviolation',
      ({ effectiveDirective, disposition, blockedURI }) => {
        if (effectiveDirective !== 'frame-src' || disposition !== 'enforce') return;
        if (found !== frame || !found.src.startsWith(blockedURI)) return;
        isBlocked = true;
        listener.onBlocked();
      },
      { signal },
    );
    found.addEventListener(
      'load',
      (event) => {
        // Consent tools dispatch load events of their own; an empty frame loads before its campaign.
        if (event.isTrusted && !isBlocked && found === frame && /^https?:/.test(found.src)) {
          listener.onLoad();
        }
      },
      { signal },
    );
  };
  const observer = new MutationObserver(look);
  observer.observe(div, { childList: true, subtree: true });
  look();
  signal.addEventListener('abort', () => observer.disconnect());
}
