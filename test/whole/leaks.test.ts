import { expect } from '@open-wc/testing';
import { leaks } from '../support/leaks/index.js';
import { library, OwnPage } from '../support/own-page.js';
import { next, stageHost, token } from '../support/stage.js';

type Page = OwnPage['window'];

/** Adds an element to a page, and returns it. */
function add<Name extends keyof HTMLElementTagNameMap>(
  { document }: Page,
  name: Name,
): HTMLElementTagNameMap[Name] {
  return document.body.appendChild(document.createElement(name));
}

/** Puts a value into a place of a page where a token must not be. */
type Planting = (page: Page, secret: string) => unknown;

const plantings: Record<string, Planting> = {
  'an attribute': (page, secret) => add(page, 'p').setAttribute('data-token', secret),
  'an attribute’s name': (page, secret) =>
    add(page, 'p').setAttribute(secret.replaceAll('.', ''), ''),
  'a text': (page, secret) => add(page, 'p').append(secret),
  'a comment': ({ document }, secret) => document.body.append(document.createComment(secret)),
  'a template': (page, secret) => add(page, 'template').content.append(secret),
  'the memory of regular expressions': (page, secret) => new page.RegExp('.+').test(secret),
  'the title': ({ document }, secret) => (document.title = secret),
  'an open shadow root': (page, secret) =>
    add(page, 'div').attachShadow({ mode: 'open' }).append(secret),
  'a closed shadow root': (page, secret) =>
    add(page, 'div').attachShadow({ mode: 'closed' }).append(secret),
  'a shadow root inside another': (page, secret) => {
    const outer = add(page, 'div').attachShadow({ mode: 'closed' });
    const inner = outer.appendChild(page.document.createElement('div'));
    inner.attachShadow({ mode: 'closed' }).append(secret);
  },
  'an element that was removed from the page': (page, secret) => {
    const element = add(page, 'qualifio-campaign');
    return element.updateComplete.then(() => {
      element.title = secret;
      element.remove();
    });
  },
  'a frame': (page, secret) => add(page, 'iframe').contentDocument!.body.append(secret),
  'a form field': (page, secret) => (add(page, 'input').value = secret),
  'a property of any element': (page, secret) => Object.assign(add(page, 'p'), { jwt: secret }),
  'a property of the element': (page, secret) =>
    Object.assign(add(page, 'qualifio-campaign'), { jwt: secret }),
  'a symbol of the element': (page, secret) =>
    Object.assign(add(page, 'qualifio-campaign'), { [Symbol('jwt')]: secret }),
  'an object behind the element': (page, secret) =>
    Object.assign(add(page, 'qualifio-campaign'), { last: { answers: [{ body: secret }] } }),
  'a map of the element': (page, secret) =>
    Object.assign(add(page, 'qualifio-campaign'), { sent: new page.Map([[1, secret]]) }),
  'a set of the element': (page, secret) =>
    Object.assign(add(page, 'qualifio-campaign'), { sent: new page.Set([secret]) }),
  'a promise of the element': (page, secret) =>
    Object.assign(add(page, 'qualifio-campaign'), { sent: page.Promise.resolve(secret) }),
  'an error of the element': (page, secret) =>
    Object.assign(add(page, 'qualifio-campaign'), { last: new page.Error(secret) }),
  'bytes of the element': (page, secret) =>
    Object.assign(add(page, 'qualifio-campaign'), { sent: new TextEncoder().encode(secret) }),
  'an accessor of the element’s class': (page, secret) => {
    const { prototype } = page.customElements.get('qualifio-campaign')!;
    Object.defineProperty(prototype, 'jwt', { get: () => secret });
    add(page, 'qualifio-campaign');
  },
  'the window': (page, secret) => Object.assign(page, { jwt: secret }),
  'a key of the window': (page, secret) => Object.assign(page, { [secret]: true }),
  'the registry of symbols': (page, secret) => {
    const key = Symbol.for('qualifio-campaign');
    const registry = (page as unknown as { [key]?: object })[key] ?? {};
    Object.assign(page, { [key]: Object.assign(registry, { jwt: secret }) });
  },
  // @holds P5
  'the command queue': (page, secret) =>
    Object.assign(page, { _qual_async: [['sendChildMessage', 'div', 'userInfo', secret]] }),
  'the document': ({ document }, secret) => Object.assign(document, { jwt: secret }),
  'a prototype': (page, secret) => Object.assign(page.Array.prototype, { jwt: secret }),
  // @holds T11
  'an event’s field': (page, secret) => {
    const event = new page.Event('qualifio-error', { bubbles: true });
    add(page, 'p').dispatchEvent(Object.assign(event, { jwt: secret }));
  },
  // @holds T11
  'an event’s accessor': (page, secret) => {
    const detail = { secret };
    const event = new page.CustomEvent('qualifio-token-sent', { bubbles: true, detail });
    add(page, 'p').dispatchEvent(event);
  },
  // @holds T11
  'the cause of an event’s error': (page, secret) => {
    const error = new page.Error('of the endpoint', { cause: { body: secret } });
    const event = Object.assign(new page.Event('qualifio-error', { bubbles: true }), { error });
    // Listeners that stop the event have received it.
    page.document.addEventListener('qualifio-error', (event) => event.stopPropagation());
    add(page, 'p').dispatchEvent(event);
  },
  'the console': (page, secret) => page.console.debug('sent', { jwt: secret }),
  'a console that a test has replaced': (page, secret) => {
    page.console.warn = () => undefined;
    page.console.warn(secret);
  },
  'a local storage': ({ localStorage }, secret) => localStorage.setItem('jwt', secret),
  'a session storage': ({ sessionStorage }, secret) => sessionStorage.setItem('jwt', secret),
  'a cookie': ({ document }, secret) => (document.cookie = `jwt=${secret}; path=/`),
  'the address': ({ location }, secret) => (location.hash = secret),
  'the history': ({ history }, secret) => history.replaceState({ jwt: secret }, ''),
  'the window’s name': (page, secret) => (page.name = secret),
  'a mark of the timeline': ({ performance }, secret) => performance.mark(secret),
  'the details of a measure': ({ performance }, secret) =>
    performance.measure('sent', { start: 0, detail: { secret } }),
  'an address that was requested': async (page, secret) => {
    const url = `http://${stageHost}/kit/qualp.2.min.js?jwt=${secret}`;
    const told = new Promise<void>((resolve) => {
      new page.PerformanceObserver((list) => {
        if (list.getEntriesByName(url).length > 0) resolve();
      }).observe({ type: 'resource' });
    });
    add(page, 'img').src = url;
    await told;
  },
  'an uncaught error': async (page, secret) => {
    const told = next(page, 'error');
    page.addEventListener('error', (event) => event.preventDefault());
    page.reportError(new page.Error(secret));
    await told;
  },
  'an unhandled rejection': async (page, secret) => {
    const told = next(page, 'unhandledrejection');
    page.addEventListener('unhandledrejection', (event) => event.preventDefault());
    void page.Promise.reject(new page.Error(secret));
    await told;
  },
  'a report of a violated policy': async (page, secret) => {
    const policy = page.document.createElement('meta');
    Object.assign(policy, { httpEquiv: 'Content-Security-Policy', content: "img-src 'none'" });
    page.document.head.append(policy);
    const told = next(page.document, 'securitypolicyviolation');
    add(page, 'img').src = `http://${stageHost}/${secret}`;
    await told;
  },
  'a message to the wrong window': async (page, secret) => {
    const told = next(page, 'message');
    page.postMessage({ name: 'userInfo', data: secret }, '*');
    await told;
  },
};

/**
 * What is found after a value was planted in a page. The page is then cleaned up, since this is not
 * a leak of the test.
 */
async function seenAfter(plant: (page: Page) => unknown): Promise<string[]> {
  const page = await OwnPage.open(library);
  expect(await leaks()).to.deep.equal([]);
  await plant(page.window);
  const seen = await leaks();
  localStorage.clear();
  sessionStorage.clear();
  document.cookie = 'jwt=; path=/; max-age=0';
  page.close();
  await leaks();
  return seen;
}

// @holds P4, T10
describe('a leak of', () => {
  for (const [where, plant] of Object.entries(plantings)) {
    it(`a token into ${where} is detected`, async () => {
      const secret = await token();
      expect(await seenAfter((page) => plant(page, secret))).to.have.length.above(0);
    });
  }

  for (const [what, partOf] of Object.entries<(token: string) => string>({
    'the beginning of a token': (token) => token.slice(0, 16),
    'the claims of a token': (token) => token.split('.')[1]!,
    'a claim': (token) => (JSON.parse(atob(token.split('.')[1]!)) as { sub: string }).sub,
  })) {
    it(`${what} is detected`, async () => {
      const secret = partOf(await token());
      expect(await seenAfter((page) => Object.assign(page, { kept: secret }))).to.deep.equal([
        'window.kept',
      ]);
    });
  }

  it('a token into the test page is detected', async () => {
    const host = document.createElement('div');
    document.body.append(host);
    host.attachShadow({ mode: 'closed' }).append(await token());
    expect(await leaks()).to.deep.equal(['the shadow root of <div>']);
    host.remove();
    await leaks();
  });

  it('a token into a page that was closed is detected', async () => {
    const page = await OwnPage.open();
    Object.assign(page.window, { jwt: await token() });
    page.close();
    expect(await leaks()).to.include('window.jwt');
  });
});
