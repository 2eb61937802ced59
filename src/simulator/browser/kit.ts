import type { KitKnobs } from '../model/knob-table.js';

/** What the server puts into the kit it serves. */
export interface KitSettings extends KitKnobs {
  /** Frame knobs from the kit's URL, as a query string. */
  readonly frameQuery: string;
  /** Milliseconds that `frame=late` waits. */
  readonly lateness: number;
}

/**
 * The simulated kit: takes over `_qual_async`, makes frames, passes messages.
 *
 * Served as source text, so it must be self-contained.
 *
 * On purpose, it does not check the sender of a message that claims to come from a campaign.
 * Whether the vendor's kit checks it is unknown. If not, `behaviour=spoofs` shows what reaches a
 * page's callbacks.
 */
export function kit(settings: KitSettings): void {
  type Callback = (data: unknown) => void;
  type Message = { 'qualifio-simulator': 1; name: string; data?: unknown };
  interface Queue {
    push(...commands: unknown[]): number;
  }
  /** A command that the kit does not know, and the campaign that it names. */
  type Foreign = { name: string; divId: string; document?: number };
  /** Shared by all kits that ran on this page, from any host. */
  interface Page {
    callbacks: Map<string, Callback[]>;
    /** Origin of the host that each campaign was given in `createIframe`, by its div. */
    origins: Map<string, string>;
    /** The number of the document that each frame has loaded, by its div. */
    loaded: Map<string, number>;
    /** Commands that no frame has recorded yet, by number. */
    foreign: Map<number, Foreign>;
    count: number;
    documents: number;
    run: (command: unknown) => void;
    handOver: (commands: Iterable<[id: number, command: Foreign]>) => void;
    stop: () => void;
  }
  const scope = window as unknown as { _qual_async?: unknown } & Record<symbol, Page | undefined>;
  const pageKey = Symbol.for('qualifio-simulator.kit.2');

  const former = scope[pageKey];
  former?.stop();
  const page: Page = former ?? {
    callbacks: new Map(),
    origins: new Map(),
    loaded: new Map(),
    foreign: new Map(),
    count: 0,
    documents: 0,
    run: () => undefined,
    handOver: () => undefined,
    stop: () => undefined,
  };
  scope[pageKey] = page;

  // A page may push any value, and reading it may throw.
  const textOf = (value: unknown): string => {
    try {
      return String(value);
    } catch {
      return '';
    }
  };
  const partsOf = (command: unknown): readonly unknown[] => {
    try {
      return Array.isArray(command) ? [...(command as unknown[])] : [];
    } catch {
      return [];
    }
  };
  const divIdOf = (part: unknown): string => {
    try {
      return textOf((part as { divId?: unknown } | null | undefined)?.divId ?? part);
    } catch {
      return '';
    }
  };

  const frameOf = (divId: string): HTMLIFrameElement | null =>
    document.getElementById(divId)?.querySelector('iframe.qualifio_iframe_tag') ?? null;

  // Uses the origin of the host in the tag. A token is only for that origin, even if the page or
  // the frame has changed the frame's address since.
  const post = (divId: string, message: unknown): void => {
    const origin = settings.target === 'any' ? '*' : page.origins.get(divId);
    if (origin) frameOf(divId)?.contentWindow?.postMessage(message, origin);
  };

  const makeFrame = (command: readonly unknown[]): void => {
    const [, divId = '', host, segment, guid, width, height, , , , style] = command.map(textOf);
    const div = document.getElementById(divId);
    if (!div || frameOf(divId)) return;
    const query = new URLSearchParams(settings.frameQuery);
    query.set('divId', divId);
    const number = /\d+$/.exec(divId)?.[0] ?? '';
    const frame = document.createElement('iframe');
    frame.id = `qualifio${number}`;
    frame.className = 'qualifio_iframe_tag';
    frame.setAttribute('width', width ?? '100%');
    frame.setAttribute('height', height ?? '1200');
    frame.setAttribute('scrolling', 'auto');
    frame.setAttribute('frameborder', '0');
    // Through CSSOM, since a strict Content-Security-Policy blocks style attributes.
    frame.style.cssText = `overflow-x:hidden;${style ?? ''}`;
    const origin = encodeURIComponent(location.origin);
    frame.src = `//${host}/${segment}/${guid}/v1.cfm?id=${guid}&pdomain=${origin}&${query}`;
    // A page may make any number of campaigns, one after the other.
    for (const other of page.origins.keys()) {
      if (frameOf(other)) continue;
      page.origins.delete(other);
      page.loaded.delete(other);
    }
    page.origins.set(divId, URL.canParse(frame.src) ? new URL(frame.src).origin : '');
    page.loaded.delete(divId);
    frame.addEventListener('load', () => {
      // Kit and frame also exchange other messages: text, not JSON.
      if (!page.loaded.has(divId)) post(divId, 'qualifio parentReady');
      page.loaded.set(divId, page.documents++);
      page.handOver(page.foreign);
    });
    div.append(frame);
  };

  const createIframe = (command: readonly unknown[]): void => {
    switch (settings.frame) {
      case 'ok':
        return makeFrame(command);
      case 'late':
        return void setTimeout(() => makeFrame(command), settings.lateness);
      case 'none':
        return undefined;
      default:
        return settings.frame satisfies never;
    }
  };

  const sendChildMessage = ([, divId, name, data]: readonly unknown[]): void => {
    const message: Message = { 'qualifio-simulator': 1, name: textOf(name), data };
    post(textOf(divId), message);
  };

  const register = ([, name, callback]: readonly unknown[]): void => {
    if (typeof callback !== 'function') return;
    const registered = page.callbacks.get(textOf(name)) ?? [];
    page.callbacks.set(textOf(name), [...registered, callback as Callback]);
  };

  // A command that the vendor has but does not document, or a mistake. A frame records it in the
  // transcript, since the page's policy may block requests to the simulator.
  const takeForeign = ([name, ...rest]: readonly unknown[]): void => {
    if (typeof name !== 'string') return;
    const divId = rest.map(divIdOf).find((id) => /^qualifio_insert_place_/.test(id)) ?? '';
    const id = page.count++;
    const foreign: Foreign = { name, divId };
    page.foreign.set(id, foreign);
    page.handOver([[id, foreign]]);
  };

  // A frame between two documents receives nothing. Commands that it has not recorded are sent
  // again to the next document, once to each document.
  page.handOver = (commands) => {
    const ready = new Map([...page.loaded].filter(([divId]) => frameOf(divId)));
    const current = new Set(ready.values());
    const [first] = ready.keys();
    for (const [id, command] of commands) {
      const { name, divId, document = -1 } = command;
      if (current.has(document)) continue;
      // If the command's campaign has a frame, wait until it has loaded.
      const to = frameOf(divId) ? divId : first;
      if (to === undefined || !ready.has(to)) continue;
      command.document = ready.get(to)!;
      post(to, { 'qualifio-simulator-command': id, name, divId });
    }
  };

  page.run = (pushed) => {
    const command = partsOf(pushed);
    switch (command[0]) {
      case 'createIframe':
        return createIframe(command);
      case 'registerChildMessageCallback':
        return register(command);
      case 'sendChildMessage':
        return sendChildMessage(command);
      default:
        return takeForeign(command);
    }
  };

  const call = (name: string, data: unknown): void => {
    const registered = page.callbacks.get(name) ?? [];
    const called = {
      all: registered,
      first: registered.slice(0, 1),
      last: registered.slice(-1),
    }[settings.registrations];
    for (const callback of called) {
      try {
        callback(settings.payload === 'json' ? JSON.stringify(data) : data);
      } catch (error) {
        reportError(error);
      }
    }
  };

  // A frame that is not the campaign, but sends the campaign's messages.
  const makeSpoof = (source: MessageEventSource | null, divId: string): void => {
    const frame = frameOf(divId);
    if (!frame || frame.contentWindow !== source) return;
    const sibling = document.createElement('iframe');
    sibling.hidden = true;
    sibling.title = 'spoof';
    sibling.src = `${page.origins.get(divId)}/simulator/spoof?divId=${encodeURIComponent(divId)}`;
    document.body.append(sibling);
  };

  type Received = Partial<Message> & { 'qualifio-simulator-recorded'?: number };
  const receive = ({ data: message, source }: MessageEvent<Received | null | undefined>): void => {
    if (typeof message !== 'object' || message === null) return;
    page.foreign.delete(message['qualifio-simulator-recorded'] ?? -1);
    if (message['qualifio-simulator'] !== 1) return;
    const { name = '', data } = message;
    if (name === 'make-spoof') makeSpoof(source, String(data));
    else if (settings.callbacks === 'async') setTimeout(() => call(name, data), 0);
    else call(name, data);
  };
  addEventListener('message', receive);
  page.stop = () => removeEventListener('message', receive);

  const found = scope._qual_async;
  const waiting: unknown[] = Array.isArray(found) ? found.splice(0) : [];
  const push = (...commands: unknown[]): number => {
    for (const command of commands) page.run(command);
    return 0;
  };
  const isObject = typeof found === 'object' && found !== null;
  if (settings.queue === 'patch' && isObject) (found as Queue).push = push;
  else scope._qual_async = Object.assign(settings.queue === 'patch' ? [] : {}, { push });
  push(...waiting);
}
