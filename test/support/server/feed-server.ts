/** A campaign feed on loopback, in Qualifio's format, and its channels. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vendorTag } from '../publisher-site.js';
import { CAMPAIGN_ID, CHANNEL_ID, TAG_NUMBER } from './fixtures.js';

/** A JS tag as in a feed. */
export function jsTag(number: string, channelId = CHANNEL_ID, host = 'jeux.publisher.com'): string {
  return vendorTag(host, { number, channelId });
}

/** A channel as in a feed; `change` replaces properties of the outermost object. */
export function channel(
  tagNumber = TAG_NUMBER,
  campaignId: unknown = Number(CAMPAIGN_ID),
  change: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const channelId = `${CHANNEL_ID.slice(0, -12)}${tagNumber.padStart(12, '0')}`;
  return {
    channelId,
    website: { id: 4711, name: 'Publisher' },
    channel: 'WIDGET',
    id: Number(tagNumber),
    campaign: { campaignId, campaignTitle: 'Quiz', campaignType: 'QUIZ' },
    schedule: { startDate: '2026-11-01', endDate: '2026-12-01', hourlyLimitation: null },
    integration: {
      javascript: jsTag(tagNumber, channelId),
      html: '<iframe></iframe>',
      webview: 'https://jeux.publisher.com/20/webview',
    },
    ...change,
  };
}

/** A channel that cannot be embedded: it is a separate page. */
export function miniSite(id = 777): Record<string, unknown> {
  const integration = { html: '', webview: 'https://jeux.publisher.com/20/mini' };
  return { ...channel(String(id), 31337), channel: 'MINI_SITE', integration };
}

/** This many channels, each with a tag number and a campaign that do not follow from each other. */
export function manyChannels(count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) =>
    channel(String(300_000 + index * 7), 9_000_000 - index * 13),
  );
}

/** An HTTP server whose answer each test sets. */
export class FeedServer {
  readonly #server: Server;
  /** The requests since the start of the test: path and query. */
  readonly requests: string[] = [];
  answer: (url: URL, response: ServerResponse) => void = this.pages([channel()]);

  private constructor() {
    this.#server = createServer((request, response) => {
      this.requests.push(request.url ?? '');
      this.answer(new URL(request.url ?? '', 'http://localhost'), response);
    });
  }

  static async start(): Promise<FeedServer> {
    const feed = new FeedServer();
    await new Promise<void>((resolve) => feed.#server.listen(0, '127.0.0.1', resolve));
    return feed;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/v1/campaignfeed/channels/feed/json?clientId=42`;
  }

  /** Refreshes that were started: requests for a first page. */
  get refreshes(): number {
    return this.requests.filter((path) => !path.includes('cursor=')).length;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  reset(): void {
    this.requests.length = 0;
    this.answer = this.pages([channel()]);
  }

  /** Answers with these channels, page by page, each of which begins with the campaign of the cursor. */
  pages(
    channels: readonly unknown[],
    size = Infinity,
  ): (url: URL, response: ServerResponse) => void {
    return (url, response) => {
      const cursor = url.searchParams.get('cursor');
      const isCursor = (entry: unknown): boolean =>
        String((entry as { campaign?: { campaignId?: unknown } } | null)?.campaign?.campaignId) ===
        cursor;
      const start = cursor === null ? 0 : channels.findIndex(isCursor);
      const page = channels.slice(start, start + size);
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ numberRows: page.length, channels: page }));
    };
  }

  /** Answers with a status and a body of any type. */
  body(text: string, status = 200, headers: Record<string, string> = {}): typeof this.answer {
    return (_, response) => void response.writeHead(status, headers).end(text);
  }
}
