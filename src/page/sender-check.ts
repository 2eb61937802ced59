import { isSameHost } from '../config/host.js';

/**
 * Tells whether the message being handled may come from a campaign's frame.
 *
 * Works only where the kit calls back inside the `message` event, which is then the window's current
 * event. A kit that calls back later leaves nothing to check: its message is let through.
 *
 * @param hosts the campaign host and those that the page allows beside it.
 * @param onForeignOrigin called with the origin of a message from our frame but from none of `hosts`: the campaign redirects there, or the frame was navigated elsewhere.
 */
export function isFromFrame(
  frame: HTMLIFrameElement | null,
  hosts: readonly string[],
  onForeignOrigin: (origin: string) => void,
): boolean {
  const event = window.event;
  if (!(event instanceof MessageEvent)) return true;
  if (!frame || event.source !== frame.contentWindow) return false;
  // The kit frames the campaign by the page's own protocol.
  const [protocol, host = ''] = event.origin.split('//');
  const isSecure = protocol === 'https:' || protocol === location.protocol;
  if (isSecure && hosts.some((allowed) => isSameHost(allowed, host))) return true;
  onForeignOrigin(event.origin);
  return false;
}

/** Host of the document whose message is being handled; null where the kit calls back later. */
export function senderHost(): string | null {
  const event = window.event;
  return event instanceof MessageEvent ? (event.origin.split('//')[1] ?? null) : null;
}
