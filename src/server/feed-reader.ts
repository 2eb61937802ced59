import { ownField } from '../own-field.js';
import type { Campaign } from './campaign.js';
import { campaignIdOf, identityOf, readChannel } from './feed-channel.js';
import { ownMembers } from './own-members.js';

/** Most of what a feed may take: time in milliseconds for all its pages, bytes of each, pages. */
const MOST_MILLISECONDS = 10_000;
const MOST_BYTES = 5_000_000;
const MOST_PAGES = 200;

/** As much of `fetch` as a feed needs. */
export type FeedFetch = (url: string, init: RequestInit) => Promise<Response>;

/** What a feed says. */
export interface FeedContents {
  /** By the number in the JS tag. */
  readonly campaigns: ReadonlyMap<string, Campaign>;
  /** The number of each channel that was left out because it is malformed; null where it has none. */
  readonly skipped: readonly (string | null)[];
}

/**
 * Fetches all pages of a campaign feed. The deadline holds even where `fetch` ignores its signal.
 * @throws for anything but a complete feed: a redirect, a status other than 200, HTML, JSON of another
 * shape, more than 5 MB in one answer, more than 200 pages, more than 10 seconds in all
 */
export async function readFeed(
  url: URL,
  fetch: FeedFetch,
  mostMilliseconds: number = MOST_MILLISECONDS,
): Promise<FeedContents> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The feed took too long.')), mostMilliseconds);
  });
  try {
    return await Promise.race([readPages(url, fetch, controller.signal), deadline]);
  } finally {
    clearTimeout(timer);
    // Ends what is still under way, such as the rest of an answer that was too large.
    controller.abort();
  }
}

async function readPages(first: URL, fetch: FeedFetch, signal: AbortSignal): Promise<FeedContents> {
  const campaigns = new Map<string, Campaign>();
  const skipped: (string | null)[] = [];
  const seen = new Set<string>();
  const url = new URL(first);
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const channels = channelsIn(await readText(await ask(url, fetch, signal), signal));
    const known = seen.size;
    let cursor: string | null = null;
    for (const channel of channels) {
      cursor = campaignIdOf(channel) ?? cursor;
      const identity = identityOf(channel);
      if (seen.has(identity)) continue;
      seen.add(identity);
      const read = readChannel(channel);
      if (read.kind === 'malformed') skipped.push(read.tagNumber);
      else if (read.kind === 'campaign' && !campaigns.has(read.tagNumber)) {
        campaigns.set(read.tagNumber, read.campaign);
      }
    }
    // A page begins with the campaign that the one before ended with, so that the last is never empty.
    if (seen.size === known || cursor === null) return { campaigns, skipped };
    url.searchParams.set('cursor', cursor);
  }
  throw new Error('The feed has no end.');
}

async function ask(url: URL, fetch: FeedFetch, signal: AbortSignal): Promise<Response> {
  // 'error' would do for `redirect`, but some hosts do not have it.
  const headers = { Accept: 'application/json' };
  const init = ownMembers({ method: 'GET', headers, redirect: 'manual', signal } as const);
  const response = await fetch(url.href, init);
  if (response.status !== 200 || response.redirected)
    throw new Error('The feed did not answer 200.');
  return response;
}

async function readText({ body }: Response, signal: AbortSignal): Promise<string> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const chunk = await reader?.read();
    signal.throwIfAborted();
    if (!chunk || chunk.done) return text + decoder.decode();
    size += chunk.value.length;
    if (size > MOST_BYTES) throw new Error('The feed is too large.');
    text += decoder.decode(chunk.value, { stream: true });
  }
}

/** The channels of an answer, which is `{"channels": […]}` or the list alone. */
function channelsIn(text: string): readonly unknown[] {
  const answer: unknown = JSON.parse(text);
  const channels = Array.isArray(answer) ? answer : ownField(answer, 'channels');
  if (Array.isArray(channels)) return channels;
  throw new Error('The feed has no list of channels.');
}
