import { withDeadline } from './deadline.js';

/** A complete answer of one of the publisher's own services. */
export interface Asked {
  readonly status: number;
  readonly text: string;
}

/**
 * Sends a request to one of the publisher's own services, for at most 5 s and until the simulator
 * closes; does not follow redirects.
 *
 * `*.localhost` is requested as `localhost`: browsers resolve it to this machine, Node does not.
 */
export function fetchPublisher(
  url: URL,
  headers: Readonly<Record<string, string>>,
  closing: AbortSignal,
): Promise<Asked> {
  const here = new URL(url);
  if (here.hostname.endsWith('.localhost')) here.hostname = 'localhost';
  return withDeadline(patience, closing, async (signal) => {
    const response = await fetch(here, { headers, redirect: 'manual', signal });
    return { status: response.status, text: await response.text() };
  });
}

/** Milliseconds. */
const patience = 5000;

/** Why there was no answer, for people. */
export function whyUnanswered(error: unknown): string {
  if (error instanceof DOMException) return `no answer within ${patience / 1000} s`;
  const { cause } = error as { cause?: { code?: unknown; message?: unknown } };
  const why = cause?.code ?? cause?.message;
  return typeof why === 'string' ? why : 'no answer';
}
