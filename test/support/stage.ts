import { SignJWT } from 'jose';
import { eventNames } from '../../src/events.js';
import { QualifioCampaign } from '../../src/index.js';
import { canary, marked } from './canary.js';

declare global {
  interface Window {
    /** Host of the other origin, from the runner's configuration. */
    stageHost: string;
  }
}

/** Host of the simulator and of everything else on the other origin. */
export const stageHost: string = window.stageHost;

/** How one request at a test's endpoint is answered. */
export interface Answer {
  status?: number;
  type?: string | null;
  headers?: Record<string, string>;
  body?: string;
  /** Does not finish the answer: stops before its headers, or in its body. */
  hold?: 'headers' | 'body';
  /** Cuts the connection. */
  reset?: boolean;
  /** Cuts the connection within the body. */
  cut?: boolean;
  /** Sends without end. */
  flood?: boolean;
}

/** A request that a test's endpoint received. */
export interface SeenRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  aborted: boolean;
}

/**
 * A real token endpoint that sends `answers` in turn, and then repeats the last one. They are not
 * in its address, where other code could read them.
 */
export function endpoint(...answers: Answer[]): {
  url: string;
  requests(): Promise<SeenRequest[]>;
} {
  const { answer, ...source } = endpointThatWaits();
  answer(...answers);
  return source;
}

/** The same, but it answers only when the test sets the answer. */
export function endpointThatWaits(id: string = crypto.randomUUID()): {
  url: string;
  requests(): Promise<SeenRequest[]>;
  answer(...answers: Answer[]): void;
} {
  return {
    answer: (...answers) => {
      const body = JSON.stringify(answers.map(withBody));
      void fetch(`http://${stageHost}/answers/${id}`, { method: 'POST', mode: 'no-cors', body });
    },
    url: `http://${stageHost}/endpoint/${id}?of=a-test`,
    requests: async () => (await fetch(`http://${stageHost}/requests/${id}`)).json(),
  };
}

/** The text of an error page is as secret as a token. */
function withBody(answer: Answer): Answer {
  return (answer.status ?? 200) >= 400 ? { body: canary, ...answer } : answer;
}

/** The answer of an endpoint that sends `token`. */
export function giving(token: string | null, more: object = {}): Answer {
  return { body: JSON.stringify(marked({ token, ...more })) };
}

const secret = new TextEncoder().encode('a secret of the tests, long enough for HMAC');
let serial = 0;

/** A signed token that ends in five minutes; no two are the same. */
export function token(claims: Record<string, unknown> = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const own = { sub: `${canary}-participant`, jti: `${canary}-${serial++}` };
  return new SignJWT(
    marked({ ...own, campaignId: technicalId, iat: now, exp: now + 300, ...claims }),
  )
    .setProtectedHeader(marked({ alg: 'HS256', typ: 'JWT' }))
    .sign(secret);
}

/** The technical ID of every campaign, which tokens name. It differs from the number in the tag. */
export const technicalId = '98765';

let lastId = 1_000_000;

/** A number in a tag that no other test uses. */
export function freshId(): string {
  return String(lastId++);
}

/** Attributes of an element for a new campaign whose frame the test controls. */
export function campaignAttributes(attributes: Record<string, string>): Record<string, string> {
  const id = attributes['campaign-id'] ?? freshId();
  return {
    'campaign-id': id,
    'channel-id': `00000000-0000-0000-0000-${id.padStart(12, '0')}`,
    host: stageHost,
    ...attributes,
  };
}

/** Creates an element for a campaign whose frame the test controls. It is not inserted yet. */
export function campaign(attributes: Record<string, string> = {}): QualifioCampaign {
  QualifioCampaign.kitUrl = `http://${stageHost}/kit/qualp.2.min.js`;
  const element = document.createElement('qualifio-campaign');
  for (const [name, value] of Object.entries(campaignAttributes(attributes))) {
    element.setAttribute(name, value);
  }
  return element;
}

/** Names and details of an element's events, in order. */
export function recordEvents(element: HTMLElement): string[] {
  const told: string[] = [];
  for (const name of eventNames) {
    element.addEventListener(name, (event) => {
      const detail =
        'error' in event ? ` ${event.error.code}` : 'status' in event ? ` ${event.status}` : '';
      told.push(name.replace('qualifio-', '') + detail);
    });
  }
  return told;
}

/** Waits for an event. */
export function next<E extends Event>(target: EventTarget, name: string): Promise<E> {
  return new Promise((resolve) => {
    target.addEventListener(name, (event) => resolve(event as E), { once: true });
  });
}

/** Controls a puppet frame, and reports what it received. */
export class Puppet {
  readonly #window: Window;
  readonly #page: Window;
  readonly #port: MessagePort;
  readonly #pending = new Map<number, (received: Message[]) => void>();
  #last = 0;

  /**
   * @param puppet a window or frame whose document has loaded.
   * @param page the window that receives its messages.
   */
  constructor(puppet: HTMLIFrameElement | Window, page?: Window) {
    const { port1, port2 } = new MessageChannel();
    // Other properties of a cross-origin window throw.
    const isWindow = 'window' in puppet;
    this.#window = isWindow ? puppet : puppet.contentWindow!;
    this.#page = page ?? (isWindow ? window : puppet.ownerDocument.defaultView!);
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<{ id: number; received: Message[] }>) => {
      this.#pending.get(data.id)?.(data.received);
      this.#pending.delete(data.id);
    };
    this.#window.postMessage('puppet', '*', [port2]);
  }

  /**
   * Sends a message to the page as the campaign does, and waits until the page has handled it: a
   * kit may call back in the `message` event, or in a later task.
   */
  async say(name: string, data: object = {}, times = 1): Promise<void> {
    const heard = this.#heard(name, times);
    await this.#order({ action: 'say', name, data, times });
    await heard;
  }

  /** Messages from another process and those of the port have no common order. */
  #heard(name: string, times: number): Promise<void> {
    const page = this.#page;
    let left = times;
    return new Promise((resolve) => {
      const listen = ({ source, data }: MessageEvent<{ name?: string } | null>): void => {
        if (source !== this.#window || data?.name !== name || --left > 0) return;
        page.removeEventListener('message', listen);
        page.setTimeout(resolve);
      };
      page.addEventListener('message', listen);
    });
  }

  /** The messages so far. */
  received(): Promise<Message[]> {
    return this.#order({ action: 'tell' });
  }

  /** The messages, when there are `count` of them. */
  awaitMessages(count: number): Promise<Message[]> {
    return this.#order({ action: 'await', count });
  }

  /** Makes the frame leave its document. There is no answer, since the document is gone. */
  leave(order: { action: 'go' | 'replace'; url: string } | { action: 'reload' }): void {
    this.#port.postMessage({ id: -1, ...order });
  }

  /** Posts text to the page that is not part of the exchange, as campaigns do. */
  async chat(text: string): Promise<void> {
    await this.#order({ action: 'chat', text });
  }

  /** Makes the frame add entries to the session history, without another document. */
  async pushHistory(times: number): Promise<void> {
    await this.#order({ action: 'push', times });
  }

  #order(order: object): Promise<Message[]> {
    const id = ++this.#last;
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      this.#port.postMessage({ id, ...order });
    });
  }
}

/** A message of the page to the frame. */
export interface Message {
  name: string;
  data: unknown;
}

/** Inserts an element, waits until it is ready, and returns its puppet. */
export async function stagePuppet(
  element: QualifioCampaign,
  parent: Node = document.body,
): Promise<Puppet> {
  parent.appendChild(element);
  await element.load();
  return new Puppet(element.frame!);
}
