// A feed of the simulator's campaigns, in the vendor's format. Code that reads tag numbers and
// campaign IDs from a feed can be tried without an account.
import type { Handler } from 'hono';
import type { Campaign } from '../model/campaigns.js';
import { worded } from '../model/worded.js';
import { vendorTag } from './first-page-snippets.js';
import { html, type Html } from '../browser/html.js';
import type { SimulatorState } from './state.js';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const digits = /^\d{1,20}$/;
const perPage = 50;

/**
 * The channels of a page: whole campaigns, starting with that of the cursor. While there are more
 * campaigns, a page has at least two, regardless of their lengths; otherwise a reader could not get
 * past the first.
 */
function pageOf(channels: readonly Campaign[]): readonly Campaign[] {
  const isWhole = (length: number) =>
    length >= perPage &&
    channels[length - 1]?.campaignId !== channels[length]?.campaignId &&
    channels[length - 1]?.campaignId !== channels[0]?.campaignId;
  const length = channels.findIndex((_, index) => isWhole(index));
  return length < 0 ? channels : channels.slice(0, length);
}

/** Answers for the feed's address, whose `cursor` is the ID of the campaign that a page begins with. */
export function campaignFeed(state: SimulatorState): Handler {
  return (context) => {
    const refused = (status: 400 | 404, error: string) => context.json({ error }, status);
    const { host, protocol } = new URL(context.req.url);
    const clientId = context.req.query('clientId') ?? '';
    const cursor = context.req.query('cursor') ?? '0';
    const feed = context.req.param('feed') ?? '';
    if (!guid.test(feed)) {
      const fix = 'the feed’s URL is /v1/campaignfeed/channels/<GUID>/json?clientId=<n>';
      return refused(404, `${worded(feed)} is not a GUID; ${fix}`);
    }
    if (clientId === '') return refused(400, 'clientId is missing; add ?clientId=<n>, any number');
    if (!digits.test(clientId)) {
      return refused(400, `clientId must be 1 to 20 digits, not ${worded(clientId)}`);
    }
    if (!digits.test(cursor)) {
      const wanted = 'the ID of the campaign that the last page ended with, in digits';
      return refused(400, `cursor must be ${wanted}, not ${worded(cursor)}`);
    }
    const following = [...state.settings.campaigns.listed]
      .sort((a, b) => compare(a.campaignId, b.campaignId) || compare(a.tag, b.tag))
      .filter(({ campaignId }) => compare(campaignId, cursor) >= 0);
    const channels = pageOf(following).map((campaign) => channelOf(campaign, protocol, host));
    return context.json({ numberRows: channels.length, channels });
  };
}

function channelOf(campaign: Campaign, protocol: string, host: string): object {
  const { tag, campaignId, channelId } = campaign;
  const address = `//${host}/20/${channelId}/v1.cfm?id=${channelId}`;
  return {
    channelId,
    website: { id: 1, name: 'Simulated site' },
    channel: 'WIDGET',
    id: asNumber(tag),
    dateCreated: '2026-01-05T09:00:00Z',
    dateLastModified: '2026-01-05T09:00:00Z',
    campaign: {
      campaignId: asNumber(campaignId),
      campaignTitle: `The reading quiz ${tag}`,
      campaignType: 'Quiz',
    },
    schedule: {
      startDate: '2026-01-05T09:00:00Z',
      endDate: '2099-12-31T23:00:00Z',
      hourlyLimitation: null,
    },
    integration: {
      javascript: String(vendorTag(host, campaign)),
      html: String(frameTag(tag, address)),
      webview: `${protocol}${address}`,
    },
  };
}

/** The tag for pages that do not run the vendor's script. */
function frameTag(tag: string, address: string): Html {
  // prettier-ignore
  return html`<iframe src="${address}" id="qualifio${tag}" class="qualifio_iframe_tag" width="100%" height="680" scrolling="auto" frameborder="0" style="overflow-x:hidden;max-width:810px;"></iframe>`;
}

/** A number, or text if a number would lose digits. */
function asNumber(text: string): number | string {
  const number = Number(text);
  return String(number) === text && Number.isSafeInteger(number) ? number : text;
}

function compare(a: string, b: string): number {
  return Number(BigInt(a) - BigInt(b));
}
