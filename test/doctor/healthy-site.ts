import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { after, beforeEach } from 'node:test';
import { importJWK, SignJWT, type JWK } from 'jose';
import { publisherKeys, type PublisherKeys } from '../support/publisher-keys.js';

/** Cookie of a signed-in session. */
export const cookie = '__Host-session=a-secret-of-the-session';
export const kid = 'doctor-1';

type Headers = Record<string, string>;

/** An answer as it is sent; a missing header is not sent. */
export interface Reply {
  status?: number;
  headers?: Headers;
  body?: string | Buffer;
}

/** A check of the endpoint's guard, in its order; each can be taken away. */
export type GuardCheck =
  | 'method'
  | 'navigation'
  | 'foreign-origin'
  | 'null-origin'
  | 'cross-site'
  | 'same-site'
  | 'no-headers'
  | 'unknown-campaign'
  | 'malformed-campaign';

/** A whole set-up in which everything is right. A fault changes one thing. */
export interface Site {
  /** Host and port of the campaign, and URL of the kit. */
  host: string;
  kitUrl: string;
  page: Required<Reply>;
  policy: Record<string, string>;
  /** What is in the page's head, and the attributes of its element. */
  head: string[];
  attributes: Record<string, string>;
  /** HTML in the element, and after it. */
  inside: string;
  after: string;
  kit: Required<Reply>;
  styles: string;
  library: Reply & { body: string };
  /** Further attributes of its script tag, and the name of the one with its URL. */
  scriptAttributes: string;
  scriptSource: string;
  guard: Set<GuardCheck>;
  endpointHeaders: Headers;
  /** Answer to a signed-out participant. */
  signedOut: Reply;
  /** Answer with a token; null leaves the request without an answer. */
  signedIn: (token: string) => Reply | null;
  /** Headers for a request from an `Origin`. */
  cors: (origin: string) => Headers;
  tag: Reply;
  tokenHeader: Record<string, string>;
  claims: Record<string, unknown>;
  /** Signs in place of the key. */
  secret?: Uint8Array;
  /** What becomes of a token before it is sent. */
  change: (token: string) => string;
  jwks: Required<Reply> & { keys: JWK[] };
}

/** Keys are made once: RSA keys take long. */
const keys: Promise<PublisherKeys> = publisherKeys('RS256');

export const json = (value: unknown): string => JSON.stringify(value);

/** The right set-up, for a server on a port. */
export async function healthySite(port: number): Promise<Site> {
  const { publicJwk } = await keys;
  const host = `jeux.publisher.localhost:${port}`;
  const body = Buffer.from('/* the kit */ window._qual_async = [];');
  return {
    host,
    kitUrl: `http://${host}/kit/qualp.2.min.js`,
    page: { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: '' },
    policy: {
      'default-src': "'none'",
      'script-src': `'self' http://${host}`,
      'style-src': "'self' 'unsafe-inline'",
      'frame-src': `http://${host}`,
      'connect-src': "'self'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'qualifio-campaign',
    },
    head: ['<link rel="stylesheet" href="/site.css">'],
    attributes: {
      'campaign-id': '123456',
      'channel-id': 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6',
      host,
      'auth-endpoint': '/token',
      'login-url': '/login',
    },
    inside: '',
    after: '',
    kit: { status: 200, headers: { 'Content-Type': 'text/javascript' }, body },
    styles: 'qualifio-campaign { display: block; min-height: 1200px }',
    library: {
      headers: { 'Content-Type': 'text/javascript', 'X-Content-Type-Options': 'nosniff' },
      body: '/* the library */',
    },
    scriptAttributes: '',
    scriptSource: 'src',
    guard: new Set<GuardCheck>([
      ...(['method', 'navigation', 'foreign-origin', 'null-origin', 'cross-site'] as const),
      ...(['same-site', 'no-headers', 'unknown-campaign', 'malformed-campaign'] as const),
    ]),
    endpointHeaders: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      Vary: 'Cookie, Origin, Sec-Fetch-Site',
    },
    signedOut: { status: 401, body: '{"error":"signed-out"}' },
    signedIn: (token) => ({ body: json({ token, hosts: [host] }) }),
    cors: () => ({}),
    tag: { body: json({ tag: { channelId: 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6', host } }) },
    tokenHeader: { alg: 'RS256', kid },
    claims: { sub: 'reader-7-of-the-site', iss: 'com.publisher', campaignId: '98765' },
    change: (token) => token,
    jwks: {
      ...{ status: 200, body: '' },
      headers: { 'Content-Type': 'application/jwk-set+json', 'Cache-Control': 'max-age=300' },
      keys: [{ ...publicJwk, kid, alg: 'RS256', use: 'sig' }],
    },
  };
}

/** Serves a set-up; which one can be changed between requests. */
export class SiteServer {
  site!: Site;
  /** What was requested: method and path, and whether the cookie came along. */
  readonly requests: { line: string; host: string; hasCookie: boolean }[] = [];
  readonly server: Server = createServer((request, response) => {
    void this.#answer(request, response);
  });

  static async start(): Promise<SiteServer> {
    const server = new SiteServer();
    server.server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return server;
  }

  /** A server for the tests of a file, with a set-up that is right before each of them. */
  static async forTests(): Promise<SiteServer> {
    const server = await SiteServer.start();
    after(() => server.close());
    beforeEach(async () => {
      server.site = await healthySite(server.port);
      server.requests.length = 0;
    });
    return server;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get origin(): string {
    return `http://www.publisher.localhost:${this.port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
    const { method, headers } = request;
    this.requests.push({
      line: `${method} ${pathname}`,
      host: headers.host!.replace(/:\d+$/, ''),
      hasCookie: headers.cookie !== undefined,
    });
    const reply = await this.#reply(pathname, searchParams, request);
    // Left without an answer.
    if (reply === null) return;
    response.writeHead(reply.status ?? 200, reply.headers ?? {});
    response.end(reply.body ?? '');
  }

  async #reply(
    path: string,
    query: URLSearchParams,
    request: IncomingMessage,
  ): Promise<Reply | null> {
    const { site } = this;
    switch (path) {
      case '/contest':
        return { ...site.page, headers: this.#pageHeaders(), body: site.page.body || html(site) };
      case '/kit/qualp.2.min.js':
        return site.kit;
      case '/site.css':
        return { body: site.styles };
      case '/qualifio-campaign.min.js':
      case '/qualifio-sign-in.min.js':
        return site.library;
      case '/jwks.json':
        return { ...site.jwks, body: site.jwks.body || json({ keys: site.jwks.keys }) };
      case '/token': {
        const reply = await this.#token(query, request);
        return reply && { ...reply, headers: { ...site.endpointHeaders, ...reply.headers } };
      }
      case '/slow':
        return null;
      default:
        return { status: 404 };
    }
  }

  #pageHeaders(): Headers {
    const { page, policy } = this.site;
    const text = Object.entries(policy).map(([name, value]) => `${name} ${value}`);
    const header = text.length > 0 ? { 'Content-Security-Policy': text.join('; ') } : {};
    return { ...header, ...page.headers };
  }

  async #token(query: URLSearchParams, request: IncomingMessage): Promise<Reply | null> {
    const { site } = this;
    const { headers, method } = request;
    const origin = headers.origin;
    const cors = origin === undefined ? {} : site.cors(origin);
    const refused = (check: GuardCheck, isRefused: boolean) => site.guard.has(check) && isRefused;
    const fetchSite = headers['sec-fetch-site'];
    const campaign = query.get('campaignId') ?? '';
    const isOwn = origin === this.origin;
    const isListed = Object.keys(cors).length > 0;
    if (method === 'OPTIONS') return { status: isListed ? 204 : 403, headers: cors };
    if (refused('method', method !== 'GET')) return { status: 405, headers: cors };
    if (query.get('part') === 'tag') return site.tag;
    const isForbidden =
      refused('navigation', headers['sec-fetch-mode'] === 'navigate') ||
      refused('foreign-origin', origin !== undefined && origin !== 'null' && !isOwn) ||
      refused('null-origin', origin === 'null') ||
      (origin === undefined &&
        (refused('cross-site', fetchSite === 'cross-site') ||
          refused('same-site', fetchSite === 'same-site') ||
          refused('no-headers', !fetchSite && headers['x-requested-with'] === undefined)));
    if (isForbidden) return { status: 403, headers: cors };
    if (refused('malformed-campaign', !/^\d{1,20}$/.test(campaign))) return { status: 400 };
    if (refused('unknown-campaign', parseInt(campaign, 10) !== 123456)) return { status: 404 };
    if (headers.cookie !== cookie)
      return { ...site.signedOut, headers: { ...cors, ...site.signedOut.headers } };
    const token = site.change(await this.#sign());
    const reply = site.signedIn(token);
    return reply && { ...reply, headers: { ...cors, ...reply.headers } };
  }

  async #sign(): Promise<string> {
    const { claims, secret, tokenHeader } = this.site;
    const { privateJwk } = await keys;
    const alg = tokenHeader['alg'] ?? 'RS256';
    const iat = Math.floor(Date.now() / 1000);
    const usual = { iat, nbf: iat - 120, exp: iat + 300, jti: randomUUID() };
    return new SignJWT({ ...usual, ...claims })
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', ...tokenHeader })
      .sign(secret ?? (await importJWK(privateJwk, alg)));
  }
}

function html(site: Site): string {
  const { head, attributes, inside, after, kitUrl, scriptAttributes, scriptSource } = site;
  const given = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<!doctype html><html lang="en"><head><title>Contest</title>
${head.join('\n')}
<script defer ${scriptSource}="/qualifio-campaign.min.js" data-kit-url="${kitUrl}"${scriptAttributes}></script></head>
<body><qualifio-campaign${given.join('')}>${inside}</qualifio-campaign>
${after}</body></html>`;
}
