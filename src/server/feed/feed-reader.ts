import type { Campaign } from '../campaign.js';
import { campaignIdOf, identityOf, isSameCampaign, readChannel } from './feed-channel.js';
import { FeedFault } from './feed-fault.js';
import { channelsIn, pause } from './feed-json.js';
import type { TokenErrorContext } from '../token-error.js';
import { ownMembers } from '../input/own-members.js';
import { SkippedChannels } from './skipped-channels.js';
import { TimeSlices } from './time-slices.js';

/** Limits of a feed: milliseconds for all its pages, bytes of each page and of all, and pages. */
const longestRead = 10_000;
const mostBytes = 5_000_000;
const mostBytesInAll = 50_000_000;
const mostPages = 200;
/**
 * Most channels in all pages. Complete channels have at least 1 KB, so they reach the byte limit
 * first.
 */
const mostChannels = 50_000;
/** A page with fewer rows counts as the end of the feed, not as a full page. */
const fewestRows = 10;

/** The part of `fetch` that a feed needs. */
export type FeedFetch = (url: string, init: RequestInit) => Promise<Response>;

/** The contents of a feed. */
export interface FeedContents {
  /** By the number in the JS tag. */
  readonly campaigns: ReadonlyMap<string, Campaign>;
  /** The channels that were left out, with the reason if they are not malformed. */
  readonly skipped: readonly TokenErrorContext[];
}

/**
 * Fetches all pages of a campaign feed. The deadline applies even if `fetch` ignores its signal, or if the
 * answers take long to read. Reading pauses for other work every 20 ms.
 * @throws {FeedFault} or what `fetch` throws, for anything except a complete feed: a redirect, a status other
 * than 200, HTML, JSON of another shape, more than 5 MB in one answer or 50 MB in all, more than 200 pages
 * or 50,000 channels, more than 10 seconds in all
 */
export async function readFeed(
  url: URL,
  fetch: FeedFetch,
  mostMilliseconds: number = longestRead,
): Promise<FeedContents> {
  const controller = new AbortController();
  const tooLate = new FeedFault(`no answer within ${mostMilliseconds / 1000} s`);
  const slices = new TimeSlices(controller.signal);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate), mostMilliseconds);
  });
  try {
    return await Promise.race([readPages(url, fetch, controller.signal, slices), deadline]);
  } finally {
    clearTimeout(timer);
    // Ends requests in progress, such as the rest of an answer that was too large.
    controller.abort();
  }
}

async function readPages(
  first: URL,
  fetch: FeedFetch,
  signal: AbortSignal,
  slices: TimeSlices,
): Promise<FeedContents> {
  const campaigns = new Map<string, Campaign>();
  const skipped = new SkippedChannels();
  const seen = new Set<string>();
  const url = new URL(first);
  let cursor: string | null = null;
  let bytesLeft = mostBytesInAll;
  let channelsLeft = mostChannels;
  let longestPage = 0;
  for (let page = 0; page < mostPages; page += 1) {
    const response = await ask(url, fetch, signal);
    const { text, size } = await readText(response, signal, slices, bytesLeft);
    bytesLeft -= size;
    const known = seen.size;
    const begin: string | null = cursor;
    let rows = 0;
    let isOneCampaign = begin !== null;
    cursor = null;
    for (const channel of channelsIn(text)) {
      if (slices.isOver()) await slices.next();
      if (channel === pause) continue;
      rows += 1;
      channelsLeft -= 1;
      if (channelsLeft < 0) throw new FeedFault('more than 50,000 channels in total');
      const campaignId = campaignIdOf(channel);
      isOneCampaign &&= campaignId === begin;
      cursor = campaignId ?? cursor;
      const identity = identityOf(channel);
      if (seen.has(identity)) continue;
      seen.add(identity);
      const read = readChannel(channel);
      if (read.kind === 'malformed') skipped.add({ campaignId: read.tagNumber });
      if (read.kind !== 'campaign') continue;
      const { tagNumber, campaign } = read;
      const former = campaigns.get(tagNumber);
      if (!former) campaigns.set(tagNumber, campaign);
      else if (!isSameCampaign(former, campaign)) {
        skipped.add({ campaignId: tagNumber, reason: 'another channel has this number' });
      }
    }
    // A page begins with the campaign that the previous page ended with, so the last page is never empty.
    if (seen.size === known || cursor === null) {
      // The part after a campaign that fills a page cannot be requested.
      if (isOneCampaign && rows >= Math.max(longestPage, fewestRows)) {
        const reason = `campaign ${begin} fills a whole page; any later campaigns are not read`;
        skipped.addFirst({ campaignId: null, reason });
      }
      return { campaigns, skipped: skipped.contexts };
    }
    longestPage = Math.max(longestPage, rows);
    url.searchParams.set('cursor', cursor);
  }
  throw new FeedFault(`more than ${mostPages} pages`);
}

async function ask(url: URL, fetch: FeedFetch, signal: AbortSignal): Promise<Response> {
  // `redirect: 'error'` would be enough, but some hosts do not support it.
  const headers = { Accept: 'application/json' };
  const init = ownMembers({ method: 'GET', headers, redirect: 'manual', signal } as const);
  const response = await fetch(url.href, init);
  const { status } = response;
  const isRedirect = redirects.has(status) || response.type === 'opaqueredirect';
  if (isRedirect || response.redirected) throw new FeedFault('a redirect');
  if (status !== 200) throw new FeedFault(`HTTP ${status}`);
  return response;
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

interface Text {
  readonly text: string;
  /** In bytes. */
  readonly size: number;
}

/** @param bytesLeft the rest of the limit for all pages */
async function readText(
  { body }: Response,
  signal: AbortSignal,
  slices: TimeSlices,
  bytesLeft: number,
): Promise<Text> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const chunk = await reader?.read().catch(() => {
      throw new FeedFault('an incomplete answer');
    });
    if (slices.isOver()) await slices.next();
    signal.throwIfAborted();
    if (!chunk || chunk.done) return { text: text + decoder.decode(), size };
    size += chunk.value.length;
    if (size > mostBytes) throw new FeedFault('more than 5 MB');
    if (size > bytesLeft) throw new FeedFault('more than 50 MB in total');
    text += decoder.decode(chunk.value, { stream: true });
  }
}
