/* global window, document, location, customElements, addEventListener, WeakRef */

/** Runs in the page of scripts/soak.mjs. */
export function soakPage() {
  const timers = new Set();
  const { setTimeout, clearTimeout } = window;
  window.setTimeout = (run, ...rest) => {
    const id = setTimeout(
      () => {
        timers.delete(id);
        run();
      },
      ...rest,
    );
    timers.add(id);
    return id;
  };
  window.clearTimeout = (id) => {
    timers.delete(id);
    clearTimeout(id);
  };
  let callbacks = 0;
  window._qual_async = new (class extends Array {
    push(...commands) {
      for (const [name] of commands) if (name === 'registerChildMessageCallback') callbacks++;
      return super.push(...commands);
    }
  })();
  let errors = 0;
  for (const name of ['error', 'unhandledrejection']) addEventListener(name, () => errors++);
  let elements = [];
  let mounted = 0;
  const { host } = location;
  customElements.get('qualifio-campaign').kitUrl = `${location.origin}/kit/qualp.2.min.js`;
  window.console.warn = () => undefined;

  /** The kinds of run, in turn: where the element is, what its endpoint answers, how it ends. */
  const lives = [
    { endpoint: '/token', until: 'token-sent' },
    { endpoint: '/401', until: 'login-required' },
    { endpoint: '/hold', until: 'authenticating' },
    { endpoint: '/token', until: 'token-sent', shadow: true },
    { endpoint: '/token', until: 'token-sent', shadow: true, move: true },
    { endpoint: '/token', until: 'loading' },
    { endpoint: '/401', until: 'login-required', reload: true },
    { endpoint: '/token', until: 'ready', prefetch: true },
    { endpoint: '/nowhere', until: 'error' },
  ];

  async function live({ endpoint, until, shadow, move, reload, prefetch }) {
    const element = document.createElement('qualifio-campaign');
    elements.push(new WeakRef(element));
    const id = String(1_000_000 + ++mounted);
    Object.assign(element, { campaignId: id, host, authEndpoint: endpoint, kitTimeout: 60_000 });
    element.channelId = `00000000-0000-0000-0000-${id.padStart(12, '0')}`;
    if (prefetch) element.prefetchToken = true;
    const box = document.createElement('div');
    document.body.append(box);
    const root = shadow ? box.attachShadow({ mode: 'closed' }) : box;
    const reached = () =>
      new Promise((resolve) => {
        element.addEventListener('qualifio-status-change', function listen({ status }) {
          if (status !== until) return;
          element.removeEventListener('qualifio-status-change', listen);
          resolve();
        });
      });
    let there = reached();
    root.append(element);
    await there;
    if (reload) {
      there = reached();
      void element.reload();
      await there;
    }
    if (move) document.body.moveBefore(element, null);
    if (shadow && !move) box.remove();
    element.remove();
    box.remove();
  }

  window.soak = async (times) => {
    for (let time = 0; time < times; time++) await live(lives[time % lives.length]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  };
  window.leftOver = () => {
    const left = elements.filter((element) => element.deref()).length;
    elements = [];
    const { routes } = window[Symbol.for('qualifio-campaign')];
    return { elements: left, timers: timers.size, routes: routes.size, callbacks, errors };
  };
}
