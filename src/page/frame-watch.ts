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

/** Milliseconds within which a violation follows the load event of the frame that it is about: in Chromium. */
const violationDelay = 1000;

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
    // A frame that the page's policy blocks has a load event like any other.
    let loadedAt = Infinity;
    let isBlocked = false;
    documentMember('addEventListener')(
      'securitypolicyviolation',
      ({ effectiveDirective, disposition, blockedURI }) => {
        if (effectiveDirective !== 'frame-src' || disposition !== 'enforce') return;
        if (found !== frame || !isAddress(blockedURI, found.src)) return;
        // Later on it is another frame of the page that is blocked.
        if (performance.now() - loadedAt > violationDelay) return;
        isBlocked = loadedAt === Infinity;
        listener.onBlocked();
      },
      { signal },
    );
    found.addEventListener(
      'load',
      (event) => {
        // Consent tools dispatch load events of their own; an empty frame loads before its campaign.
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
  observer.observe(div, { childList: true, subtree: true });
  look();
  signal.addEventListener('abort', () => observer.disconnect());
}

/** Whether a violation names an address, whole or, as browsers do for other origins, by its origin. */
function isAddress(blockedURI: string, src: string): boolean {
  if (!URL.canParse(blockedURI)) return false;
  const { origin, href } = new URL(src, location.href);
  return [`${origin}/`, href].includes(new URL(blockedURI).href);
}
