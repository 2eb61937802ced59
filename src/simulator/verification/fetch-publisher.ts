import { withDeadline } from './deadline.js';

/** A whole answer of one of the publisher's own services. */
export interface Asked {
  readonly status: number;
  readonly text: string;
}

/**
 * Asks one of the publisher's own services, within 5 s and not beyond the simulator's end;
 * follows no redirect.
 *
 * `*.localhost` is asked as `localhost`: browsers know that it is this very machine, Node does not.
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
