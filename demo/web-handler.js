// @ts-check
// Runs a handler that is written for web Request and Response, as the token
// endpoint and the simulator are, behind Node's http and Express.
import { Readable } from 'node:stream';

/** @typedef {import('node:http').IncomingMessage & { originalUrl?: string }} NodeRequest */
/** @typedef {import('node:http').ServerResponse} NodeResponse */

/** @type {WeakMap<Request, NodeRequest>} */
const origins = new WeakMap();

/**
 * The Node request that a web request was made from: the way back to Express's session.
 *
 * @param {Request} request one that `webHandler` made
 * @returns {NodeRequest}
 * @throws {TypeError} for any other request
 */
export function nodeRequestOf(request) {
  const source = origins.get(request);
  if (!source) throw new TypeError('nodeRequestOf: this request was not made by webHandler');
  return source;
}

/**
 * @param {NodeRequest} req
 * @returns {Request}
 */
function toWebRequest(req) {
  const headers = new Headers();
  for (let index = 0; index + 1 < req.rawHeaders.length; index += 2) {
    headers.append(req.rawHeaders[index] ?? '', req.rawHeaders[index + 1] ?? '');
  }
  const url = new URL(`http://${req.headers.host}${req.originalUrl ?? req.url}`);
  const hasBody = req.method !== 'GET' && req.method !== 'HEAD';
  const body = hasBody ? /** @type {BodyInit} */ (Readable.toWeb(req)) : null;
  const init = { method: req.method ?? 'GET', headers, body, duplex: 'half' };
  const request = new Request(url, init);
  origins.set(request, req);
  return request;
}

/**
 * @param {Response} response
 * @param {NodeResponse} res
 */
function send(response, res) {
  res.statusCode = response.status;
  for (const [name, value] of response.headers) res.appendHeader(name, value);
  if (!response.body) {
    res.end();
    return;
  }
  const body = Readable.fromWeb(
    /** @type {import('node:stream/web').ReadableStream} */ (response.body),
  );
  // Server-sent events end when the browser disconnects, not when the source ends.
  res.on('close', () => body.destroy());
  body.on('error', () => res.destroy());
  body.pipe(res);
}

/**
 * @param {(request: Request) => Response | Promise<Response>} handle
 * @returns {(req: NodeRequest, res: NodeResponse) => Promise<void>} answers 400 to a
 *   request that is not a valid web request (a broken Host header, the method TRACE)
 */
export function webHandler(handle) {
  return async (req, res) => {
    let request;
    try {
      request = toWebRequest(req);
    } catch {
      res.writeHead(400).end();
      return;
    }
    send(await handle(request), res);
  };
}
