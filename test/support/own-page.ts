import type { QualifioCampaign } from '../../src/index.js';
import { leavePage, watchPage } from './leaks/index.js';
import { campaignAttributes, stageHost } from './stage.js';

/** The library from its source, as a page loads it. */
export const library: string = '<script type="module" src="/src/index.ts"></script>';

/** The kit's address at the simulator, with its knobs set. */
export function kitUrl(knobs: Record<string, string> = {}): string {
  return `http://${stageHost}/kit/qualp.2.min.js?${new URLSearchParams(knobs)}`;
}

/** The commands that the page's global queue accepts. */
export interface CommandQueue {
  push(command: readonly unknown[]): unknown;
}

/** A separate page on the test page's origin, with its own globals, kit and copy of the library. */
export class OwnPage {
  readonly window: Window & typeof globalThis & { _qual_async?: CommandQueue };
  readonly #close: () => void;

  private constructor(page: Window, close: () => void) {
    this.window = page as Window & typeof globalThis;
    this.#close = close;
  }

  /** Opens a page whose parser reads `markup`, and waits until it has loaded. */
  static async open(markup: string = library): Promise<OwnPage> {
    const frame = document.createElement('iframe');
    Object.assign(frame, { watch: watchPage });
    frame.name = markup;
    frame.src = '/test/support/page.html';
    frame.title = 'A page of its own';
    frame.style.cssText = 'width: 800px; height: 600px;';
    const loaded = new Promise((resolve) => {
      frame.onload = resolve;
    });
    document.body.append(frame);
    await loaded;
    return new OwnPage(frame.contentWindow!, () => frame.remove());
  }

  /** Opens the page as a window, whose opener is the test page. */
  static async popUp(markup: string = library): Promise<OwnPage> {
    const page = await new Promise<Window>((resolve, reject) => {
      const watch = (page: Window & typeof globalThis): void => {
        watchPage(page);
        page.addEventListener('load', () => resolve(page), { once: true });
      };
      Object.assign(window, { watch });
      if (!window.open('/test/support/page.html', markup)) reject(new Error('No pop-up allowed.'));
    });
    Reflect.deleteProperty(window, 'watch');
    return new OwnPage(page, () => page.close());
  }

  get document(): Document {
    return this.window.document;
  }

  /** The class behind this page's elements. */
  get element(): typeof QualifioCampaign {
    return this.window.customElements.get('qualifio-campaign') as typeof QualifioCampaign;
  }

  /** Creates an element for a campaign whose frame the test controls. It is not inserted yet. */
  campaign(attributes: Record<string, string> = {}): QualifioCampaign {
    const element = this.document.createElement('qualifio-campaign');
    for (const [name, value] of Object.entries(campaignAttributes(attributes))) {
      element.setAttribute(name, value);
    }
    return element;
  }

  /** Adds a classic script, and waits until it has run. */
  async run(url: string): Promise<void> {
    const script = this.document.createElement('script');
    const ran = new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = reject;
    });
    script.src = url;
    this.document.head.append(script);
    await ran;
  }

  /** Imports a module into the page. */
  async import(url: string): Promise<unknown> {
    const load = new this.window.Function('url', 'return import(url)') as (url: string) => unknown;
    return load(url);
  }

  close(): void {
    leavePage(this.window);
    this.#close();
  }
}
