/**
 * Ways in which a hostile page can ask for a token. Each function runs in the page, so it uses only
 * its arguments. It returns everything that script could read.
 */
export interface Attack {
  readonly name: string;
  readonly run: (url: string, option: unknown) => Promise<string>;
  readonly option?: unknown;
  /** Whether the browser sends the session cookie along. */
  readonly withCookie: boolean;
  readonly isFetch: boolean;
}

const insert = (url: string, option: unknown): Promise<string> => {
  const [tag, address] = option as [string, string];
  const element = document.createElement(tag);
  return new Promise((resolve) => {
    element.onload = element.onerror = () =>
      resolve(element instanceof HTMLImageElement ? `width ${element.naturalWidth}` : '');
    Object.assign(element, { rel: 'stylesheet', [address]: url });
    document.body.append(element);
  });
};

/** A frame, or a form that is sent to one by `method`. */
const openFrame = (url: string, method: unknown): Promise<string> => {
  const frame = document.createElement('iframe');
  const form = document.createElement('form');
  frame.name = form.target = 'sink';
  document.body.append(frame, form);
  const { origin, pathname, searchParams } = new URL(url);
  form.action = method === 'get' ? origin + pathname : url;
  for (const [name, value] of method === 'get' ? searchParams : []) {
    form.append(Object.assign(document.createElement('input'), { name, value }));
  }
  return new Promise((resolve) => {
    frame.onload = () => {
      let text = '';
      try {
        text = frame.contentDocument?.body.innerText ?? '';
      } catch {
        // The document is of another origin.
      }
      frame.remove();
      resolve(text);
    };
    if (method === undefined) frame.src = url;
    else {
      form.method = String(method);
      form.submit();
    }
  });
};

const runScript = (url: string): Promise<string> => {
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
};

const importModule = (url: string): Promise<string> =>
  import(url)
    .then((module) => JSON.stringify(module), String)
    .then((text) => text.replace(url, ''));

const playAudio = (url: string): Promise<string> => {
  const audio = new Audio();
  return new Promise((resolve) => {
    audio.onloadeddata = audio.onerror = () => resolve(audio.error?.message ?? '');
    audio.src = url;
  });
};

const fetchText = (url: string, init: unknown): Promise<string> =>
  fetch(url, init as RequestInit).then(
    (response) => response.text(),
    () => '',
  );

const sendRequest = (url: string): Promise<string> => {
  const request = new XMLHttpRequest();
  request.withCredentials = true;
  return new Promise((resolve) => {
    request.onloadend = () => resolve(request.responseText);
    request.open('GET', url);
    request.send();
  });
};

const openEvents = (url: string): Promise<string> => {
  const source = new EventSource(url, { withCredentials: true });
  return new Promise((resolve) => {
    source.onmessage = ({ data }) => resolve(String(data));
    source.onerror = () => {
      source.close();
      resolve('');
    };
  });
};

const include = { credentials: 'include' };
const ourHeader = { 'X-Requested-With': 'qualifio-campaign' };

export const ATTACKS: readonly Attack[] = [
  ...attacks(false, true, [
    ['an image', insert, ['img', 'src']],
    ['a script', runScript],
    ['a style sheet', insert, ['link', 'href']],
    ['a frame', openFrame],
    ['an object', insert, ['object', 'data']],
    ['audio', playAudio],
    ['a get form', openFrame, 'get'],
    ['a post form', openFrame, 'post'],
  ]),
  ...attacks(false, false, [['a module', importModule]]),
  ...attacks(true, true, [
    ['fetch without CORS, with credentials', fetchText, { mode: 'no-cors', ...include }],
    ['fetch with CORS and credentials', fetchText, include],
    ['fetch with POST', fetchText, { method: 'POST', mode: 'no-cors', ...include }],
    ['XMLHttpRequest', sendRequest],
    ['EventSource', openEvents],
  ]),
  ...attacks(true, false, [
    ['fetch without credentials', fetchText, { credentials: 'omit' }],
    ['fetch with our custom header', fetchText, { ...include, headers: ourHeader }],
  ]),
];

function attacks(
  isFetch: boolean,
  withCookie: boolean,
  list: readonly (readonly [string, Attack['run'], unknown?])[],
): Attack[] {
  return list.map(([name, run, option]) => ({ name, run, option, withCookie, isFetch }));
}
