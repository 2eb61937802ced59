/**
 * The servers of a measurement: a publisher, a CDN, Qualifio's kit and its campaign, each on a site
 * of its own. Every answer waits equally long. The list of requests is what counts are taken from.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

/** Who a request went to. */
export type Target = 'page' | 'library' | 'kit' | 'campaign' | 'token' | 'tag';

export interface BenchSite {
  readonly port: number;
  /** Milliseconds that every answer waits. */
  delay: number;
  /** What was requested since the last `open`. */
  readonly requests: Target[];
  /** Serves a page, and forgets the requests before. @returns its address. */
  open(html: string): string;
  /** Serves another script in place of the library, until it is called without one. */
  replaceLibrary(code?: string): void;
  close(): void;
}

/** The addresses that a page names. */
export interface Addresses {
  readonly library: string;
  /** For `integrity`. */
  readonly libraryHash: string;
  readonly kit: string;
  readonly campaignHost: string;
}

const libraryPath = 'dist/qualifio-campaign.min.js';

const sites = {
  page: 'www.publisher.localhost',
  library: 'cdn.example.localhost',
  kit: 'files.vendor.localhost',
  campaign: 'play.vendor.localhost',
} as const;

export function addressesOf({ port }: Pick<BenchSite, 'port'>): Addresses {
  const hash = createHash('sha384').update(readFileSync(libraryPath)).digest('base64');
  return {
    library: `http://${sites.library}:${port}/qualifio-campaign.min.js`,
    libraryHash: `sha384-${hash}`,
    kit: `http://${sites.kit}:${port}/kit/qualp.2.min.js`,
    campaignHost: `${sites.campaign}:${port}`,
  };
}

/** The script of a file in `browser/`. */
export function browserScript(name: string): string {
  return readFileSync(fileURLToPath(new URL(`browser/${name}`, import.meta.url)), 'utf8');
}

interface Content {
  readonly type: string;
  readonly plain: Buffer;
  readonly compressed: Buffer;
}

function content(type: string, text: string | Buffer): Content {
  const plain = Buffer.from(text);
  return { type, plain, compressed: brotliCompressSync(plain) };
}

/** A JWT with a signature that nobody verifies here; each is another one. */
function token(serial: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const form = { email: 'ada@example.com', firstname: 'Ada', lastname: 'Lovelace' };
  const claims = {
    sub: '1',
    iss: 'com.publisher',
    iat: now,
    exp: now + 3600,
    jti: `${serial}`,
    form,
  };
  return [
    part({ alg: 'RS256', typ: 'JWT', kid: 'bench' }),
    part(claims),
    Buffer.alloc(256, serial).toString('base64url'),
  ].join('.');
}

/** Starts the servers on a free port. @throws if the library is not built. */
export async function benchSite(): Promise<BenchSite> {
  const javascript = 'text/javascript; charset=utf-8';
  const html = 'text/html; charset=utf-8';
  const built = content(javascript, readFileSync(libraryPath));
  let library = built;
  const kit = content(javascript, browserScript('kit.js'));
  const campaign = content(
    html,
    `<!doctype html><html lang="en"><title>Campaign</title><script>${browserScript('campaign.js')}</script><p>Campaign`,
  );
  let page = content(html, '');
  let serial = 0;
  const requests: Target[] = [];

  const json = (value: object): Content => content('application/json', JSON.stringify(value));
  const answer = (target: Target): Content => {
    if (target === 'token') return json({ token: token(++serial) });
    if (target === 'tag') {
      const channelId = 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6';
      return json({ tag: { channelId, host: `${sites.campaign}:${site.port}`, height: '400' } });
    }
    return { page, library, kit, campaign }[target];
  };
  const targetOf = ({ headers, url = '' }: IncomingMessage): Target | undefined => {
    const host = headers.host?.split(':')[0];
    if (host === sites.library) return 'library';
    if (host === sites.kit) return 'kit';
    if (host === sites.campaign && url.startsWith('/20/')) return 'campaign';
    if (url.startsWith('/token')) return url.includes('part=tag') ? 'tag' : 'token';
    return url === '/' ? 'page' : undefined;
  };
  const respond = (request: IncomingMessage, response: ServerResponse): void => {
    const target = targetOf(request);
    if (!target) return void response.writeHead(404).end();
    requests.push(target);
    const { type, plain, compressed } = answer(target);
    const isCompressed = /\bbr\b/.test(String(request.headers['accept-encoding']));
    const send = (): void => {
      response
        .writeHead(200, {
          'Content-Type': type,
          'Access-Control-Allow-Origin': '*',
          ...(isCompressed && { 'Content-Encoding': 'br' }),
        })
        .end(isCompressed ? compressed : plain);
    };
    if (site.delay > 0) setTimeout(send, site.delay);
    else send();
  };
  const server = createServer({ keepAliveTimeout: 60_000 }, respond);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const site: BenchSite = {
    port: (server.address() as AddressInfo).port,
    delay: 0,
    requests,
    open(text) {
      requests.length = 0;
      page = content(html, text);
      return `http://${sites.page}:${site.port}/`;
    },
    replaceLibrary(code) {
      library = code === undefined ? built : content(javascript, code);
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return site;
}
