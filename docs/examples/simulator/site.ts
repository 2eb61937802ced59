import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { createJwksEndpoint, createTokenEndpoint } from 'qualifio-campaign/server';

/** Replace this with your site: a page with a campaign, a session, the token and JWKS routes. */
export interface Site {
  readonly url: string;
  /** The host of the campaign: in production the publisher's, in a test it can be the simulator. */
  campaignHost: string;
  close(): void;
}

export async function startSite(): Promise<Site> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const signing = { alg: 'ES256', kid: 'test', key: { ...(await exportJWK(privateKey)) } } as const;
  const element = import.meta.resolve('qualifio-campaign/dist/qualifio-campaign.min.js');
  const script = await readFile(new URL(element), 'utf8');

  const token = createTokenEndpoint({
    campaigns: () => ({ host: site.campaignHost, campaignId: '98765' }),
    signing,
    issuer: 'com.publisher',
    participant: (request) =>
      request.headers.get('Cookie')?.includes('session=ada')
        ? { sub: 'reader-7', form: { email: 'ada@example.com', firstname: 'Ada', city: 'London' } }
        : null,
  });
  const jwks = createJwksEndpoint([signing]);

  const server = createServer((from, to) => {
    const page = (type: string, text: string) =>
      to.writeHead(200, { 'Content-Type': type }).end(text);
    const answer = async (endpoint: (request: Request) => Promise<Response>) => {
      const response = await endpoint(webRequest(from));
      to.writeHead(response.status, [...response.headers].flat()).end(await response.text());
    };
    switch (from.url?.split('?')[0]) {
      case '/':
        return page('text/html; charset=utf-8', campaignPage(site.campaignHost));
      case '/qualifio-campaign.min.js':
        return page('text/javascript; charset=utf-8', script);
      case '/qualifio/token':
        return void answer(token);
      case '/jwks.json':
        return void answer(jwks);
      default:
        return to.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  const site: Site = {
    url: `http://localhost:${port}`,
    campaignHost: 'play.publisher.example',
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return site;
}

function webRequest({ url = '/', headers }: IncomingMessage): Request {
  return new Request(`http://${headers.host}${url}`, {
    headers: headers as Record<string, string>,
  });
}

/** Without a kit URL, the element loads Qualifio's kit. */
const kitUrl = (host: string): string =>
  host.startsWith('127.') ? `data-kit-url="http://${host}/kit/qualp.2.min.js"` : '';

const campaignPage = (host: string): string => `<!doctype html>
<html lang="en">
  <title>The summer quiz</title>
  <script defer src="/qualifio-campaign.min.js" ${kitUrl(host)}></script>
  <qualifio-campaign
    campaign-id="123456"
    channel-id="B7FDCFDA-C477-C4BA-3C54-728AD8594DE6"
    host="${host}"
    auth-endpoint="/qualifio/token"
    login-url="/login"
  ></qualifio-campaign>
</html>`;
