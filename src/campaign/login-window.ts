import { pagePath } from './element-settings.js';

/** The channel on which a login window says that it is back, and the name of its mark. */
const name = 'qualifio-login';

/** The window that this page has opened for a login. */
let opened: Window | null = null;

/**
 * Opens the login page in a window, or focuses the one that is open.
 *
 * The window gets a mark in its session storage, which survives redirects through other origins and
 * a `Cross-Origin-Opener-Policy`, unlike its name and opener. It has no `opener`: a login page cannot
 * navigate this page.
 *
 * @returns false if the browser refuses the window, or shows the page in this one, as web views do.
 */
export function openLoginWindow(href: string): boolean {
  if (opened && !opened.closed) {
    opened.focus();
    return true;
  }
  opened = window.open(href, '_blank', 'popup,width=480,height=720');
  if (!opened || opened === window) return false;
  try {
    opened.opener = null;
    opened.sessionStorage.setItem(name, pagePath());
  } catch {
    // Without the mark, the page in that window starts its campaign after the login.
  }
  return true;
}

/** Closes the window, after a login that did not end in a page of this element. */
export function closeLoginWindow(): void {
  opened?.close();
  opened = null;
}

/**
 * If this page is in a window for a login, which is back from it: says so to the page that waits, and
 * closes the window, if the browser allows it.
 *
 * @returns whether it is such a window, in which no campaign must start.
 */
export function leaveLoginWindow(): boolean {
  try {
    if (sessionStorage.getItem(name) !== location.pathname) return false;
  } catch {
    return false;
  }
  // Another page in this window, or a reload, is an ordinary page.
  window.addEventListener('pagehide', () => sessionStorage.removeItem(name), { once: true });
  new BroadcastChannel(name).postMessage('');
  window.close();
  return true;
}

/**
 * Calls `onBack` when a login window is back. Its message has no content, and any page of this origin
 * can send it: a reason to ask the endpoint, and nothing more.
 */
export function listenForLogin(onBack: () => void, signal: AbortSignal): void {
  let channel: BroadcastChannel | undefined;
  const close = (): void => channel?.close();
  const open = (): void => {
    close();
    channel = window.BroadcastChannel && new BroadcastChannel(name);
    channel?.addEventListener('message', () => {
      opened = null;
      onBack();
    });
  };
  open();
  // An open channel can keep a page out of the back/forward cache.
  window.addEventListener('pagehide', close, { signal });
  window.addEventListener('pageshow', open, { signal });
  signal.addEventListener('abort', close);
}
