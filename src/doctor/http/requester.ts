import { lookup as systemLookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { isLoopback } from '../../config/host.js';

/** One request. */
export interface Ask {
  readonly url: URL;
  /** Default: `GET`. */
  readonly method?: 'GET' | 'OPTIONS' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the rest of the answer is cut off, in bytes. Default: 1 MB. */
  readonly longest?: number;
}

/** A whole answer. */
export interface Answer {
  readonly status: number;
  /** The values of a header, joined with commas; empty if it is missing. */
  readonly header: (name: string) => string;
  /** Each value of a header that is there more than once. */
  readonly values: (name: string) => readonly string[];
  readonly body: Buffer;
  readonly text: string;
  /** Whether the rest of the body was cut off. */
  readonly isCut: boolean;
  /** Time of the answer by this computer's clock, in milliseconds. */
  readonly received: number;
}

export type FailureKind =
  'timeout' | 'unresolved' | 'refused' | 'certificate' | 'broken' | 'encoding' | 'limit';

/** Why there is no answer. `message` is for reports, and has no text of the server. */
export class RequestFailure extends Error {
  readonly kind: FailureKind;
  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

const requestLimit = 40;
const megabyte = 1024 * 1024;
/** Codes of Node for certificates that are not accepted. */
const certificateCode =
  /^(CERT_|ERR_TLS_CERT|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_SSL|INVALID_CA|HOSTNAME_MISMATCH)/;

/** Sends requests, never more than 40, and never follows a redirect. */
export class Requester {
  readonly #timeout: number;
  readonly #agent: string;
  readonly #signal: AbortSignal;
  readonly #late = new Set<string>();
  #count = 0;

  /**
   * @param version the package's, for `User-Agent`.
   * @param timeout milliseconds for a whole answer.
   * @param signal ends requests in progress.
   */
  constructor(version: string, timeout: number, signal: AbortSignal) {
    this.#agent = `qualifio-doctor/${version}`;
    this.#timeout = timeout;
    this.#signal = signal;
  }

  /**
   * @throws {RequestFailure} if there is no whole answer in time; at once if this address ran out of
   *   time before.
   * @throws the reason of the signal when that is aborted.
   */
  async send(ask: Ask): Promise<Answer> {
    const { origin, pathname } = ask.url;
    this.#signal.throwIfAborted();
    const seconds = this.#timeout / 1000;
    if (this.#late.has(origin + pathname)) {
      throw new RequestFailure('timeout', `no whole answer within ${seconds} s before`);
    }
    if (++this.#count > requestLimit) {
      throw new RequestFailure('limit', `the limit of ${requestLimit} requests is reached`);
    }
    try {
      return await this.#exchange(ask);
    } catch (error) {
      this.#signal.throwIfAborted();
      const failure = error instanceof RequestFailure ? error : failureOf(error);
      if (failure.kind === 'timeout') this.#late.add(origin + pathname);
      throw failure;
    }
  }

  /** As {@link send}, but returns the failure. */
  async attempt(ask: Ask): Promise<Answer | RequestFailure> {
    try {
      return await this.send(ask);
    } catch (error) {
      if (error instanceof RequestFailure) return error;
      throw error;
    }
  }

  #exchange({ url, method = 'GET', headers = {}, longest = megabyte }: Ask): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const options: RequestOptions = {
        method,
        agent: false,
        ...connecting,
        headers: {
          'User-Agent': this.#agent,
          'Accept-Encoding': 'identity',
          ...headers,
          ...(method === 'POST' && { 'Content-Length': '0' }),
        },
        signal: this.#signal,
      };
      const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const request = start(url, options, (response) => {
        readBody(response, longest).then(
          ({ body, isCut }) => {
            clearTimeout(timer);
            resolve(answerOf(response, body, isCut));
            request.destroy();
          },
          (error: unknown) => {
            clearTimeout(timer);
            reject(error as Error);
          },
        );
      });
      const timer = setTimeout(() => {
        const seconds = this.#timeout / 1000;
        reject(new RequestFailure('timeout', `no whole answer within ${seconds} s`));
        request.destroy();
      }, this.#timeout);
      request.on('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      request.end();
    });
  }
}

/** Addresses of a host; those of loopback names need no look-up. */
const lookup: LookupFunction = (hostname, options, callback) => {
  if (!isLoopback(hostname)) return systemLookup(hostname, options, callback);
  const addresses = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ];
  if (options.all) callback(null, addresses);
  else callback(null, '127.0.0.1', 4);
};

/**
 * How connections are made. Each address of a host has four seconds: with the 250 ms of Node, a host that
 * is far away has no connection if its other address has none.
 */
export const connecting: { lookup: LookupFunction; autoSelectFamilyAttemptTimeout: number } = {
  lookup,
  autoSelectFamilyAttemptTimeout: 4000,
};

/** The failure that an error of Node stands for. */
export function failureOf(error: unknown): RequestFailure {
  // Several addresses were tried.
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const { code = 'no answer' } = first as NodeJS.ErrnoException;
  if (/^(ENOTFOUND|EAI_)/.test(code)) {
    return new RequestFailure('unresolved', `the name does not resolve (${code})`);
  }
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ETIMEDOUT)$/.test(code)) {
    return new RequestFailure('refused', `no connection (${code})`);
  }
  if (certificateCode.test(code)) {
    return new RequestFailure('certificate', `the certificate is not accepted (${code})`);
  }
  return new RequestFailure('broken', `the connection broke, or the answer is not HTTP (${code})`);
}

async function readBody(
  response: IncomingMessage,
  longest: number,
): Promise<{ body: Buffer; isCut: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, longest - size));
    size += chunk.length;
    if (size > longest) return { body: Buffer.concat(chunks), isCut: true };
  }
  const body = Buffer.concat(chunks);
  const encoding = response.headers['content-encoding']?.toLowerCase() ?? '';
  const unpack = unpackers[encoding];
  if (!unpack || size === 0) return { body, isCut: false };
  try {
    return { body: unpack(body, { maxOutputLength: longest }), isCut: false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      return { body: Buffer.alloc(0), isCut: true };
    }
    const message = `the body is not ${encoding}, which Content-Encoding names`;
    throw new RequestFailure('encoding', message);
  }
}

const unpackers: Readonly<Record<string, typeof gunzipSync | undefined>> = {
  __proto__: null as never,
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

function answerOf(response: IncomingMessage, body: Buffer, isCut: boolean): Answer {
  const { rawHeaders } = response;
  const values = (name: string) =>
    rawHeaders.filter(
      (_, index) => index % 2 === 1 && rawHeaders[index - 1]!.toLowerCase() === name.toLowerCase(),
    );
  return {
    status: response.statusCode ?? 0,
    header: (name) => values(name).join(', '),
    values,
    body,
    text: body.toString('utf8'),
    isCut,
    received: Date.now(),
  };
}
