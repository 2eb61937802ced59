// What a page can find out about itself only by trying. Each of these asks once, and only while an
// inspector is on the page.

/** Nobody's host, by RFC 6761: a policy that lets it through lets everybody through. */
const nobody = 'https://frame-src-probe.invalid';

let frameSrc: Promise<boolean> | undefined;

/**
 * Whether the page's Content-Security-Policy keeps frames from going to any host they like. The
 * first call tries it with a hidden frame in `root`, which leads nowhere.
 */
export function restrictsFrames(root: Node): Promise<boolean> {
  return (frameSrc ??= new Promise((resolve) => {
    const frame = document.createElement('iframe');
    const end = (isRestricted: boolean): void => {
      clearTimeout(timer);
      document.removeEventListener('securitypolicyviolation', hear);
      frame.remove();
      resolve(isRestricted);
    };
    const hear = ({ blockedURI, disposition }: SecurityPolicyViolationEvent): void => {
      if (blockedURI.startsWith(nobody) && disposition === 'enforce') end(true);
    };
    // A policy speaks at once.
    const timer = setTimeout(() => end(false), 1000);
    document.addEventListener('securitypolicyviolation', hear);
    frame.hidden = true;
    frame.title = 'probe';
    frame.src = nobody;
    root.appendChild(frame);
  }));
}

const reachable = new Map<string, Promise<boolean>>();

/**
 * Whether there is a server at `endpoint` at all: asked without cookies and without reading the
 * answer, for which no permission is needed.
 */
export function isReachable({ href }: URL): Promise<boolean> {
  const asked =
    reachable.get(href) ??
    fetch(href, { mode: 'no-cors', credentials: 'omit', cache: 'no-store' }).then(
      () => true,
      () => false,
    );
  reachable.set(href, asked);
  // The answer is good for now: the server may be started, or fixed.
  void asked.then(() => reachable.delete(href));
  return asked;
}
