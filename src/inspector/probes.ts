// Facts that a page can find out about itself only by trying. Each function tries once, and only
// while an inspector is on the page.

/** A host that cannot exist (RFC 6761): a policy that allows it allows every host. */
const nobody = 'https://frame-src-probe.invalid';

/**
 * Whether there is a server at `origin`. Browsers reject the request if the name does not resolve or
 * the connection is refused; what the server answers stays unknown.
 */
export async function isReachable(origin: string): Promise<boolean> {
  const options: RequestInit = { mode: 'no-cors', credentials: 'omit', cache: 'no-store' };
  return fetch(origin, options).then(
    () => true,
    () => false,
  );
}

/** Time that a campaign gets for its first message, in milliseconds. */
const patience = 5000;

/**
 * Whether the page in a frame sends a message of any kind in the next seconds. Browsers' error pages
 * send none.
 */
export function sendsMessage(frame: HTMLIFrameElement): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isSent: boolean): void => {
      clearTimeout(timer);
      removeEventListener('message', hear);
      resolve(isSent);
    };
    const hear = ({ source }: MessageEvent): void => {
      if (source === frame.contentWindow) end(true);
    };
    const timer = setTimeout(() => end(false), patience);
    addEventListener('message', hear);
  });
}

let frameSrc: Promise<boolean> | undefined;

/**
 * Whether the page's Content-Security-Policy limits the hosts of frames. The first call tries it with
 * a hidden frame in `root`, whose address does not exist.
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
    // A policy reports immediately.
    const timer = setTimeout(() => end(false), 1000);
    document.addEventListener('securitypolicyviolation', hear);
    frame.hidden = true;
    frame.title = 'probe';
    frame.src = nobody;
    root.appendChild(frame);
  }));
}
