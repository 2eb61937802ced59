import { configError, tokenError, type QualifioError } from '../errors.js';
import { isSameHost } from '../config/host.js';
import { ownField } from '../config/own-field.js';

/** A token and the time of its answer. */
export interface TokenAnswer {
  token: string;
  /** The endpoint's clock if it sends one, otherwise the local one; milliseconds since the epoch. */
  now: number;
  /** Hosts that may receive it, unchanged from the endpoint's answer; undefined if it names none. */
  hosts?: unknown;
}

/** A token that passed every check that can be made without a key. */
export interface UsableToken {
  token: string;
  expiresAt: Date | null;
  /** As in {@link TokenAnswer}. */
  hosts?: unknown;
}

const largestBody = 65_536;

/**
 * Reads an answer of the token endpoint, except for the statuses that are retried.
 *
 * @param host the campaign host, which `hosts` must name if the endpoint sends them.
 * @returns the token, or null if the participant is signed out.
 * @throws {QualifioError} for everything else; what `fetch` throws if the body breaks off.
 */
export async function readAnswer(response: Response, host: string): Promise<TokenAnswer | null> {
  const { status, headers, type } = response;
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) return null;
  if (status === 401 || status === 204) return null;
  if (status === 403) throw endpointFailed(status, false, 'ENDPOINT_FORBIDDEN');
  if (status !== 200) throw endpointFailed(status, false);

  const mediaType = headers.get('Content-Type')?.split(/[;\s]/)[0]!.toLowerCase();
  const isJson = mediaType === 'application/json';
  if (!isJson && mediaType !== 'application/jwt' && mediaType !== 'text/plain') {
    throw bad();
  }
  const now = Date.parse(headers.get('Date') ?? '') || Date.now();
  const text = await readText(response, bad);
  if (!isJson) return { token: text.trim(), now };

  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw bad();
  }
  const token = ownField(answer, 'token');
  if (token === null) return null;
  if (typeof token !== 'string') throw bad();
  const hosts = ownField(answer, 'hosts');
  checkHosts(hosts, host);
  return { token, now, hosts };
}

/**
 * The endpoint may name the hosts that its token is for. A list that cannot be read allows none.
 *
 * @throws {QualifioError} `HOST_NOT_ALLOWED`, or `ENDPOINT_BAD_RESPONSE` for anything but a list.
 */
export function checkHosts(hosts: unknown, host: string): void {
  if (hosts === undefined) return;
  if (!Array.isArray(hosts)) throw bad();
  if (hosts.some((allowed) => typeof allowed === 'string' && isSameHost(allowed, host))) return;
  const message = `${host} is not in the token endpoint's "hosts".`;
  throw configError('HOST_NOT_ALLOWED', message);
}

/**
 * Reads a body of at most 64 KiB.
 *
 * @param tooLarge returns the error for a larger one.
 */
export async function readText(response: Response, tooLarge: () => QualifioError): Promise<string> {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let text = '';
  let size = 0;
  for (;;) {
    const chunk = await reader?.read();
    if (!chunk || chunk.done) return text + decoder.decode();
    size += chunk.value.length;
    if (size > largestBody) throw tooLarge();
    text += decoder.decode(chunk.value, { stream: true });
  }
}

/** The error for an answer with an error status. */
export function endpointFailed(
  httpStatus: number,
  recoverable: boolean,
  code: 'ENDPOINT_FAILED' | 'ENDPOINT_FORBIDDEN' = 'ENDPOINT_FAILED',
): QualifioError {
  const message = `The token endpoint answered ${httpStatus}.`;
  return tokenError(code, message, { httpStatus, recoverable });
}

function bad(): QualifioError {
  const message = 'The token endpoint must answer {"token": "<JWT>"}.';
  return tokenError('ENDPOINT_BAD_RESPONSE', message);
}
