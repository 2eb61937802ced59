import { ownField } from '../../config/own-field.js';
import { parseFields } from '../../config/parse-tag.js';
import { readCampaign, readNumber, type Campaign } from '../campaign.js';

/** One channel of a campaign feed, as it was read. */
export type FeedChannel =
  | { readonly kind: 'campaign'; readonly tagNumber: string; readonly campaign: Campaign }
  | { readonly kind: 'malformed'; readonly tagNumber: string | null }
  /** A mini-site or similar: it cannot be in a page, so it has no JS tag. */
  | { readonly kind: 'untagged' };

/**
 * Reads one channel of a campaign feed: `{channelId, channel, id, campaign: {campaignId},
 * integration: {javascript}}`. The values come from the tag; the feed adds the campaign's technical ID,
 * which the tag does not have.
 */
export function readChannel(channel: unknown): FeedChannel {
  const javascript = ownField(ownField(channel, 'integration'), 'javascript') ?? '';
  if (javascript === '' && isOtherKind(ownField(channel, 'channel'))) return { kind: 'untagged' };
  let tagNumber = readNumber(ownField(channel, 'id'));
  // Does not throw: an error with its stack costs 40 microseconds, and a feed may have 300,000 of
  // these.
  if (typeof javascript !== 'string' || javascript === '') return { kind: 'malformed', tagNumber };
  try {
    const { campaignId, channelId, host, ...frame } = parseFields(javascript);
    tagNumber = campaignId;
    const technicalId = campaignIdOf(channel);
    if (technicalId === null) return { kind: 'malformed', tagNumber };
    const given = Object.entries(frame).filter(([, value]) => value !== '');
    const campaign = { host, campaignId: technicalId, channelId, ...Object.fromEntries(given) };
    // Values that an endpoint would refuse must be found now, not when they are requested.
    readCampaign(tagNumber, campaign);
    return { kind: 'campaign', tagNumber, campaign: Object.freeze(campaign) };
  } catch {
    // The text is not a tag.
    return { kind: 'malformed', tagNumber };
  }
}

/** Whether two channels with the same number lead to the same campaign; the style of its frame may differ. */
export function isSameCampaign(one: Campaign, other: Campaign): boolean {
  const identity = ({ host, campaignId, channelId }: Campaign): string =>
    `${String(host)} ${campaignId} ${channelId}`.toLowerCase();
  return identity(one) === identity(other);
}

/** The technical ID of a channel's campaign as text, or null if it has none. */
export function campaignIdOf(channel: unknown): string | null {
  return readNumber(ownField(ownField(channel, 'campaign'), 'campaignId'));
}

/** Identifies a channel: several pages may contain the same one. */
export function identityOf(channel: unknown): string {
  const channelId = ownField(channel, 'channelId');
  const id = ownField(channel, 'id');
  const isNamed = channelId !== undefined || id !== undefined;
  try {
    return JSON.stringify(isNamed ? [channelId, id] : channel);
  } catch {
    // It is nested too deeply for JSON.stringify. All such channels count as one malformed channel.
    return '';
  }
}

function isOtherKind(kind: unknown): boolean {
  return typeof kind === 'string' && kind !== 'WIDGET';
}
