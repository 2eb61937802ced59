import type { BrowserContext, Route } from '@playwright/test';
import type { Simulator } from '../create-simulator.js';
import { readCampaignAddress } from '../model/campaign-address.js';

/** What the documents of a campaign load and send, and the other pages that knobs open. */
const ownPath = /^\/simulator\/(campaign\.(css|js)|messages|user-info|spoof|elsewhere)$/;

/**
 * Lets a simulator answer what the pages of a context ask Qualifio for: the kit and campaigns.
 *
 * These are recognized by their paths, since a publisher's campaigns have a host of their own. A
 * request goes to the simulator inside this process, so that https pages work too.
 */
export async function routeToSimulator(
  context: BrowserContext,
  { fetch }: Pick<Simulator, 'fetch'>,
): Promise<void> {
  await context.route(isForQualifio, async (route) => {
    const response = await fetch(await requestOf(route));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  });
}

function isForQualifio({ pathname }: URL): boolean {
  const isKit = pathname === '/kit/qualp.2.min.js';
  return isKit || ownPath.test(pathname) || readCampaignAddress(pathname) !== null;
}

async function requestOf(route: Route): Promise<Request> {
  const request = route.request();
  // HTTP/2 has names that Request does not accept: `:authority`.
  const headers = (await request.headersArray())
    .filter(({ name }) => !name.startsWith(':'))
    .map(({ name, value }): [string, string] => [name, value]);
  const body = request.postDataBuffer();
  return new Request(request.url(), {
    method: request.method(),
    headers,
    ...(body && { body: new Uint8Array(body) }),
  });
}
