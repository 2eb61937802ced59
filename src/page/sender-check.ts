import { isSameHost } from '../config/host.js';

/**
 * Whether the current message may come from a campaign's frame.
 *
 * Works only if the kit calls back inside the `message` event, which is then the window's current
 * event. If a kit calls back later, there is nothing to check: its message is accepted.
 *
 * @param hosts the campaign host and the other hosts that the page allows.
 * @param onForeignOrigin called with the origin of a message from our frame but from none of `hosts`: the campaign redirects there, or the frame was navigated elsewhere.
 */
export function isFromFrame(
  frame: HTMLIFrameElement | null,
  hosts: readonly string[],
  onForeignOrigin?: (origin: string) => void,
): boolean {
  const event = window.event;
  if (!(event instanceof MessageEvent)) return true;
  if (!frame || event.source !== frame.contentWindow) return false;
  // The kit frames the campaign by the page's own protocol.
  const [protocol, host = ''] = event.origin.split('//');
  const isSecure = protocol === 'https:' || protocol === location.protocol;
  if (isSecure && hosts.some((allowed) => isSameHost(allowed, host))) return true;
  onForeignOrigin?.(event.origin);
  return false;
}

/** Host of the document that sent the current message; null if the kit calls back later. */
export function senderHost(): string | null {
  const event = window.event;
  return event instanceof MessageEvent ? (event.origin.split('//')[1] ?? null) : null;
}

const hearers = new Set<() => void>();

function hear(): void {
  hearers.forEach((hearer) => hearer());
}

/**
 * Calls `hearer` for each message event of the page, until `signal` is aborted. The window has one
 * listener for any number of campaigns.
 */
export function onMessage(hearer: () => void, signal: AbortSignal): void {
  hearers.add(hearer);
  window.addEventListener('message', hear);
  signal.addEventListener('abort', () => {
    hearers.delete(hearer);
    if (hearers.size === 0) window.removeEventListener('message', hear);
  });
}
