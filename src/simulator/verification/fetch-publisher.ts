import { lookup } from 'node:dns';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { text } from 'node:stream/consumers';
import { withDeadline } from './deadline.js';

/** A complete answer of one of the publisher's own services. */
export interface Asked {
  readonly status: number;
  readonly text: string;
}

/**
 * Sends a request to one of the publisher's own services, for at most 5 s and until the simulator
 * closes; does not follow redirects.
 */
export function fetchPublisher(
  url: URL,
  headers: Readonly<Record<string, string>>,
  closing: AbortSignal,
): Promise<Asked> {
  return withDeadline(patience, closing, async (signal) => {
    if (url.hostname.endsWith('.localhost')) return askThisMachine(url, headers, signal);
    const response = await fetch(url, { headers, redirect: 'manual', signal });
    return { status: response.status, text: await response.text() };
  });
}

/**
 * Requests `*.localhost` from this machine: browsers resolve such names, not every Node does. The server
 * gets the whole name in `Host`, since it may have several sites; `fetch` cannot set this header.
 */
async function askThisMachine(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Asked> {
  const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const options = {
    agent: false,
    headers: { ...headers, 'Accept-Encoding': 'identity' },
    lookup: ((_name, options, done) => lookup('localhost', options, done)) satisfies LookupFunction,
    signal,
  };
  try {
    const request = start(url, options).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, text: await text(response) };
  } catch (cause) {
    signal.throwIfAborted();
    throw new Error('no answer', { cause });
  }
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
