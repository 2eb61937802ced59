import type { MessageName } from '../../src/page/page-registry.js';

type Callback = (data: unknown) => void;

/** A message of the page to a frame. */
export interface Sent {
  divId: string;
  name: string;
  data: unknown;
}

/**
 * Replaces Qualifio's kit in tests with thousands of campaigns: with the page's real queue, real
 * callbacks and real iframes, which load nothing over a network, and only on request.
 */
export class KitStandIn {
  onSend: (message: Sent) => void = () => undefined;
  readonly #callbacks = new Map<string, Callback[]>();

  constructor() {
    const script = document.createElement('script');
    script.type = 'text/plain';
    script.src = '/kit/qualp.2.min.js';
    document.head.append(script);
    const push = (command: readonly unknown[]): number => {
      const [action, first, second, third] = command;
      if (action === 'createIframe') this.#makeFrame(String(first), String(second));
      if (action === 'sendChildMessage') {
        this.onSend({ divId: String(first), name: String(second), data: third });
      }
      if (action === 'registerChildMessageCallback') {
        const name = String(first);
        this.#callbacks.set(name, [...(this.#callbacks.get(name) ?? []), second as Callback]);
      }
      return 0;
    };
    const page = window as unknown as { _qual_async?: unknown };
    const found = page._qual_async;
    page._qual_async = { push };
    if (Array.isArray(found)) for (const command of found) push(command as unknown[]);
    window.addEventListener('message', ({ data }: MessageEvent<Partial<Sent> | null>) => {
      const name = data?.divId && data.name;
      if (name) for (const callback of this.#callbacks.get(name) ?? []) callback(data.data);
    });
  }

  /** Makes a frame load a document. */
  async load(frame: HTMLIFrameElement): Promise<void> {
    const loaded = new Promise((resolve) =>
      frame.addEventListener('load', resolve, { once: true }),
    );
    frame.contentDocument!.open();
    frame.contentDocument!.close();
    await loaded;
  }

  /** Sends a campaign's message, inside a `message` event, by default from its frame. */
  say(
    frame: HTMLIFrameElement,
    name: MessageName,
    code?: unknown,
    source: MessageEventSource | null = frame.contentWindow,
  ): void {
    const divId = frame.parentElement!.id;
    const { origin } = new URL(frame.src);
    const data = { divId, name, data: { divId, code } };
    window.dispatchEvent(new MessageEvent('message', { data, origin, source }));
  }

  #makeFrame(divId: string, host: string): void {
    const div = document.getElementById(divId);
    if (!div) return;
    const frame = document.createElement('iframe');
    // Far below the page, it never loads what its `src` says, which is only compared.
    frame.loading = 'lazy';
    frame.style.cssText = 'position: absolute; top: 100000px;';
    frame.src = `//${host}/20/v1.cfm`;
    div.append(frame);
  }
}
