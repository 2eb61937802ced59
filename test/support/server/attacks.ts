/**
 * Ways in which a hostile page can ask for a token. Each function runs in the page, so it may use
 * nothing but its argument; it ends when the browser has answered, with all that script could read.
 */
export interface Attack {
  readonly name: string;
  readonly run: (url: string) => Promise<string>;
  /** Whether the browser lets the request through to the server at all. */
  readonly arrives: boolean;
  readonly withCookie: boolean;
  readonly isFetch: boolean;
}

type Kind = Partial<Omit<Attack, 'name' | 'run'>>;

const attack = (name: string, run: Attack['run'], kind: Kind = {}): Attack => ({
  name,
  run,
  arrives: true,
  withCookie: true,
  isFetch: false,
  ...kind,
});

const byFetch = (name: string, run: Attack['run'], kind: Kind = {}): Attack =>
  attack(name, run, { isFetch: true, ...kind });

export const ATTACKS: readonly Attack[] = [
  attack('an image', (url) => {
    const image = new Image();
    return new Promise((resolve) => {
      image.onload = image.onerror = () => resolve(`width ${image.naturalWidth}`);
      image.src = url;
    });
  }),
  attack('a script', (url) => {
    const before = Object.keys(window).length;
    const script = document.createElement('script');
    let message = '';
    window.onerror = (text) => {
      message += String(text);
    };
    return new Promise((resolve) => {
      script.onload = script.onerror = () =>
        resolve(`${message}${Object.keys(window).slice(before).join()}`);
      script.src = url;
      document.head.append(script);
    });
  }),
  attack(
    'a module',
    (url) =>
      import(url)
        .then((module) => JSON.stringify(module), String)
        .then((text) => text.replace(url, '')),
    { withCookie: false },
  ),
  attack('a style sheet', (url) => {
    const link = document.createElement('link');
    return new Promise((resolve) => {
      link.onload = link.onerror = () => resolve('');
      link.rel = 'stylesheet';
      link.href = url;
      document.head.append(link);
    });
  }),
  attack('a frame', (url) => {
    const frame = document.createElement('iframe');
    return new Promise((resolve) => {
      frame.onload = () => {
        try {
          resolve(frame.contentDocument?.body.innerText ?? '');
        } catch {
          resolve('');
        }
      };
      frame.src = url;
      document.body.append(frame);
    });
  }),
  attack('an object', (url) => {
    const element = document.createElement('object');
    return new Promise((resolve) => {
      element.onload = element.onerror = () => resolve('');
      element.data = url;
      document.body.append(element);
    });
  }),
  attack('audio', (url) => {
    const audio = new Audio();
    return new Promise((resolve) => {
      audio.onloadeddata = audio.onerror = () => resolve(audio.error?.message ?? '');
      audio.src = url;
    });
  }),
  attack('a get form', (url) => {
    const frame = document.createElement('iframe');
    const form = document.createElement('form');
    frame.name = form.target = 'sink';
    document.body.append(frame, form);
    const { origin, pathname, searchParams } = new URL(url);
    form.action = origin + pathname;
    for (const [name, value] of searchParams) {
      form.append(Object.assign(document.createElement('input'), { name, value }));
    }
    return new Promise((resolve) => {
      frame.onload = () => {
        try {
          resolve(frame.contentDocument?.body.innerText ?? '');
        } catch {
          resolve('');
        }
        frame.remove();
      };
      form.submit();
    });
  }),
  attack('a post form', (url) => {
    const frame = document.createElement('iframe');
    const form = document.createElement('form');
    frame.name = form.target = 'sink';
    document.body.append(frame, form);
    form.method = 'post';
    form.action = url;
    return new Promise((resolve) => {
      frame.onload = () => {
        try {
          resolve(frame.contentDocument?.body.innerText ?? '');
        } catch {
          resolve('');
        }
        frame.remove();
      };
      form.submit();
    });
  }),
  byFetch('fetch without CORS, with credentials', (url) =>
    fetch(url, { mode: 'no-cors', credentials: 'include' }).then(
      (response) => response.text(),
      () => '',
    ),
  ),
  byFetch('fetch with CORS and credentials', (url) =>
    fetch(url, { credentials: 'include' }).then(
      (response) => response.text(),
      () => '',
    ),
  ),
  byFetch(
    'fetch without credentials',
    (url) =>
      fetch(url, { credentials: 'omit' }).then(
        (response) => response.text(),
        () => '',
      ),
    { withCookie: false },
  ),
  byFetch(
    'fetch with our custom header',
    (url) =>
      fetch(url, {
        credentials: 'include',
        headers: { 'X-Requested-With': 'qualifio-campaign' },
      }).then(
        (response) => response.text(),
        () => '',
      ),
    { withCookie: false },
  ),
  byFetch('fetch with POST', (url) =>
    fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include' }).then(
      (response) => response.text(),
      () => '',
    ),
  ),
  byFetch('XMLHttpRequest', (url) => {
    const request = new XMLHttpRequest();
    request.withCredentials = true;
    return new Promise((resolve) => {
      request.onloadend = () => resolve(request.responseText);
      request.open('GET', url);
      request.send();
    });
  }),
  byFetch('EventSource', (url) => {
    const source = new EventSource(url, { withCredentials: true });
    return new Promise((resolve) => {
      source.onmessage = ({ data }) => resolve(String(data));
      source.onerror = () => {
        source.close();
        resolve('');
      };
    });
  }),
];
