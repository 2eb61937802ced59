import { configError, tokenError, type QualifioError } from '../errors.js';
import type { SignedOutCause } from '../events.js';
import { parseJson, unreadable, wrongShape, type Found } from './answer-kind.js';
import { isSameHost } from '../config/host.js';
import { isJwt } from './secure-token.js';
import { ownField } from '../config/own-field.js';

/** A token and the time of its answer. */
export interface TokenAnswer {
  token: string;
  /** The endpoint's clock if it sends one, otherwise the local one; milliseconds since the epoch. */
  now: number;
  /** Hosts that may receive it, unchanged from the endpoint's answer; undefined if it names none. */
  hosts?: readonly unknown[] | undefined;
}

/** A token that passed every check that needs no key. */
export interface UsableToken {
  token: string;
  expiresAt: Date | null;
  /** As in {@link TokenAnswer}. */
  hosts?: readonly unknown[] | undefined;
}

const largestBody = 65_536;

/**
 * Reads an answer of the token endpoint, except for the statuses that are retried. The body decides,
 * not its media type: many servers send JSON as `text/html` or `text/plain`.
 *
 * @param host the campaign host, which `hosts` must name if the endpoint sends them.
 * @returns the token, or why the participant counts as signed out.
 * @throws {QualifioError} for everything else; the error of the stream if the body is incomplete.
 */
export async function readAnswer(
  response: Response,
  host: string,
): Promise<TokenAnswer | SignedOutCause> {
  const { status, headers } = response;
  if (isRedirect(response)) return 'redirect';
  if (status === 401 || status === 204) return `${status}`;
  if (status === 403) throw endpointFailed(response, false, 'ENDPOINT_FORBIDDEN');
  if (status !== 200) throw endpointFailed(response, false);

  const bad = (found: Found): QualifioError => {
    const message = `The token endpoint answered ${answered(response)} with ${found}, not {"token": "<JWT>"}.`;
    return tokenError('ENDPOINT_BAD_RESPONSE', message, { httpStatus: status, cause: found });
  };
  const now = Date.parse(headers.get('Date') ?? '') || Date.now();
  const text = await readText(response, () => bad('more than 64 KiB'));
  const json = parseJson(text);
  const bare = typeof json === 'string' ? json : text;
  if (isJwt(bare)) return { token: bare, now };
  if (json === undefined) {
    const found = unreadable(text);
    const isText = /^(text\/plain|application\/jwt)\b/i.test(headers.get('Content-Type') ?? '');
    if (isText && (!text || found === 'no JSON')) return { token: text, now };
    throw bad(found);
  }
  const token = ownField(json, 'token');
  if (token === null) return 'null';
  if (typeof token !== 'string') throw bad(wrongShape(json));
  // Many serializers write null for what is not set.
  const hosts = ownField(json, 'hosts') ?? undefined;
  if (hosts !== undefined && !Array.isArray(hosts)) throw bad('invalid "hosts"');
  checkHosts(hosts, host);
  return { token, now, hosts };
}

/** Whether an answer is a redirect; a wrapper of `fetch` may have followed it. */
export function isRedirect({ status, type, redirected }: Response): boolean {
  return redirected || type === 'opaqueredirect' || (status >= 300 && status < 400);
}

/**
 * Checks the hosts that the endpoint names for its token, if it names any.
 *
 * @throws {QualifioError} `HOST_NOT_ALLOWED`
 */
export function checkHosts(hosts: readonly unknown[] | undefined, host: string): void {
  if (!hosts) return;
  if (hosts.some((allowed) => typeof allowed === 'string' && isSameHost(allowed, host))) return;
  const message = `${host} is not in the token endpoint's "hosts".`;
  throw configError('HOST_NOT_ALLOWED', message);
}

/**
 * Reads a body of at most 64 KiB, without the white space around it. Libraries that replace `fetch`
 * may return a response without a stream.
 *
 * @param tooLarge returns the error for a larger one.
 */
export async function readText(response: Response, tooLarge: () => QualifioError): Promise<string> {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader?.();
  let text = reader ? '' : await response.text();
  let size = text.length;
  for (;;) {
    if (size > largestBody) throw tooLarge();
    const chunk = await reader?.read();
    if (!chunk || chunk.done) return (text + decoder.decode()).trim();
    size += chunk.value.length;
    text += decoder.decode(chunk.value, { stream: true });
  }
}

/** An answer's status and media type, for messages. */
export function answered({ status, headers }: Response): string {
  const type = headers.get('Content-Type')?.slice(0, 50) ?? 'no Content-Type';
  return `${status} (${type})`;
}

/** The error for an answer with an error status. */
export function endpointFailed(
  response: Response,
  recoverable: boolean,
  code: 'ENDPOINT_FAILED' | 'ENDPOINT_FORBIDDEN' = 'ENDPOINT_FAILED',
): QualifioError {
  const message = `The token endpoint answered ${answered(response)}.`;
  return tokenError(code, message, { httpStatus: response.status, recoverable });
}
