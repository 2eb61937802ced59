import { eventNames } from '../../../src/events.js';
import { isMarked, Walk } from './walk.js';

type Page = Window & typeof globalThis;

/** Events that reveal data when they happen. */
const telling = [...eventNames, 'securitypolicyviolation', 'error', 'unhandledrejection'];

/** Properties in which a page keeps the text that a regular expression matched last. */
const matchNames = ['input', 'lastMatch', 'lastParen', 'leftContext', 'rightContext', '$1'];

const entryTypes = ['navigation', 'resource', 'mark', 'measure'];

/** Not part of the page: they contain failures of earlier tests, and titles, including tokens. */
const testRunners: readonly PropertyKey[] = ['__WTR_MOCHA_RUNNER__', '__stryker__'];

/**
 * Watches everything of one page that code other than its element could read, before any code runs
 * in it.
 */
export class PageWatch {
  readonly #page: Page;
  readonly #leaks: string[] = [];
  readonly #ownRoots = new WeakMap<Element, ShadowRoot>();
  #hosts: WeakRef<Element>[] = [];
  /** Objects that a page has from the start, with their initial properties. */
  readonly #before: Map<object, Set<PropertyKey>>;
  readonly #performance: PerformanceObserver;
  readonly #reports: { takeRecords(): { body: unknown }[] } | undefined;

  constructor(page: Page) {
    this.#page = page;
    const { document, history, navigator, console, performance, customElements } = page;
    const { Object: object, Array: array, Event: event, HTMLElement: element } = page;
    const shared = [object, object.prototype, array.prototype, event.prototype, element.prototype];
    const own = [page, document, history, navigator, console, performance, customElements];
    this.#before = new Map(
      [...own, ...shared].map((each) => [each, new Set(Reflect.ownKeys(each))]),
    );
    this.#noteRoots();
    this.#noteConsole();
    for (const name of telling) {
      page.addEventListener(name, (event) => this.#walk(event, `the event ${name}`), true);
    }
    // A message to a page may be one for another page.
    page.addEventListener('message', ({ data }) => this.#walk(data, 'a message'), true);
    this.#performance = new page.PerformanceObserver((list) =>
      this.#noteEntries(list.getEntries()),
    );
    for (const type of entryTypes) this.#performance.observe({ type, buffered: true });
    this.#reports = this.#observeReports();
  }

  /** The leaks since the last call. */
  async look(): Promise<string[]> {
    const walk = new Walk();
    this.#noteEntries(this.#performance.takeRecords());
    for (const { body } of this.#reports?.takeRecords() ?? []) this.#noteReport(body);
    this.#lookAtPlaces(walk);
    this.#lookAtDocument(walk);
    for (const [host, known] of this.#before) {
      const name = host === this.#page ? 'window' : Object.prototype.toString.call(host);
      for (const key of Reflect.ownKeys(host)) {
        if (known.has(key) || testRunners.includes(key)) continue;
        walk.look(key, name);
        walk.look(Reflect.getOwnPropertyDescriptor(host, key)?.value, `${name}.${String(key)}`);
      }
    }
    return [...this.#leaks.splice(0), ...(await walk.end())];
  }

  #lookAtPlaces(walk: Walk): void {
    const { location, history, document, name } = this.#page;
    walk.look(location.href, 'the address');
    walk.look(history.state, 'history.state');
    walk.look(name, 'window.name');
    walk.look(document.cookie, 'a cookie');
    // In the tests' own page, tests match tokens themselves.
    for (const name of this.#page === window ? [] : matchNames) {
      walk.look(Reflect.get(this.#page.RegExp, name), `RegExp.${name}`);
    }
    walk.look(document.referrer, 'the referrer');
    for (const area of ['localStorage', 'sessionStorage'] as const) {
      for (const entry of Object.entries(this.#page[area])) walk.look(entry, area);
    }
  }

  #lookAtDocument(walk: Walk): void {
    const { document } = this.#page;
    const hosts = this.#hosts.map((host) => host.deref()).filter((host) => host !== undefined);
    this.#hosts = [];
    walk.look(document.documentElement.outerHTML, 'the document');
    const trees: ParentNode[] = [document, ...hosts.flatMap((host) => this.#treesOf(host, walk))];
    for (const tree of trees) {
      for (const element of tree.querySelectorAll('*')) this.#lookAtElement(element, walk);
    }
    for (const host of hosts) this.#lookAtElement(host, walk);
  }

  /** Leaks of an element that got a shadow root, also outside the document. */
  #treesOf(host: Element, walk: Walk): ParentNode[] {
    const root = this.#ownRoots.get(host)!;
    // Watched while it exists: a later test of the file may cause a leak.
    if (host.isConnected) this.#hosts.push(new WeakRef(host));
    walk.look(host.outerHTML, `<${host.localName}>`);
    walk.look(root.innerHTML, `the shadow root of <${host.localName}>`);
    return [host, root];
  }

  #lookAtElement(element: Element, walk: Walk): void {
    // A field of a form may have the name of a property.
    const localName = String(element.localName);
    const name = `<${localName}>`;
    if (localName.startsWith('qualifio-')) walk.look(element, name);
    for (const key of Reflect.ownKeys(element)) {
      walk.look(Reflect.getOwnPropertyDescriptor(element, key)?.value, `${name}.${String(key)}`);
    }
    if ('value' in element) walk.look(element.value, `${name}.value`);
    if (localName === 'iframe') this.#lookIntoFrame(element as HTMLIFrameElement, walk);
  }

  /** A frame of the page's origin, except Qualifio's, which are on another origin in production. */
  #lookIntoFrame(frame: HTMLIFrameElement, walk: Walk): void {
    const inner = frame.contentDocument;
    const isQualifios = /^\/(20|simulator)\//.test(inner?.location?.pathname ?? '');
    if (inner && !isQualifios) walk.look(inner.documentElement?.outerHTML, 'a frame');
  }

  /** Records closed roots too. */
  #noteRoots(): void {
    const { prototype } = this.#page.Element;
    const { attachShadow } = prototype;
    const note = (host: Element, root: ShadowRoot): void => {
      this.#ownRoots.set(host, root);
      this.#hosts.push(new WeakRef(host));
    };
    prototype.attachShadow = function (init) {
      const root = attachShadow.call(this, init);
      note(this, root);
      return root;
    };
  }

  /** Also watches the functions with which tests replace methods. */
  #noteConsole(): void {
    const { console } = this.#page;
    for (const name of Object.keys(console) as (keyof Console)[]) {
      const own: unknown = console[name];
      if (typeof own !== 'function') continue;
      let current = own;
      const tell = (...words: unknown[]): unknown => {
        this.#walk(words, `console.${name}`);
        return Reflect.apply(current, console, words);
      };
      Object.defineProperty(console, name, {
        configurable: true,
        enumerable: true,
        get: () => tell,
        set: (value: unknown) => {
          current = value === tell || typeof value !== 'function' ? own : value;
        },
      });
    }
  }

  /** Policy violations and the like, as a browser would report them. */
  #observeReports(): { takeRecords(): { body: unknown }[] } | undefined {
    const { ReportingObserver } = this.#page as unknown as {
      ReportingObserver?: new (
        tell: (reports: { body: unknown }[]) => void,
        options: { buffered: boolean },
      ) => { observe(): void; takeRecords(): { body: unknown }[] };
    };
    if (!ReportingObserver) return undefined;
    const tell = (reports: { body: unknown }[]): void => {
      for (const { body } of reports) this.#noteReport(body);
    };
    const observer = new ReportingObserver(tell, { buffered: true });
    observer.observe();
    return observer;
  }

  #noteReport(body: unknown): void {
    if (isMarked(JSON.stringify(body))) this.#leaks.push('a report');
  }

  #noteEntries(entries: PerformanceEntryList): void {
    for (const entry of entries) {
      this.#walk([entry.name, (entry as PerformanceMeasure).detail], 'the performance timeline');
    }
  }

  #walk(value: unknown, path: string): void {
    const walk = new Walk();
    walk.look(value, path);
    this.#leaks.push(...walk.leaks);
  }
}
