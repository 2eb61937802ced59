import type { Conversation } from './conversation.js';
import type { Inspected } from './inspected.js';
import { campaignWords } from './timeline-text.js';

/** Without the query, which may contain private data. */
export function addressOf(url: URL | null): string {
  return url ? url.origin + url.pathname : 'none';
}

/** What a page can know of a frame of another origin. */
function frameWords({ frame, heard }: Inspected['campaign']): string {
  if (!frame) return 'none';
  return heard ? 'the campaign has sent messages' : 'no message from this frame yet';
}

/** The campaign's settings, and what is known about its numbers and documents. */
export function factsOf(conversation: Conversation | null): Record<string, string> {
  if (!conversation) return {};
  const { inspected, documents, token } = conversation;
  const { campaignId, host, endpoint, hasProvider, tokenCampaignId } = inspected.setUp();
  const declared = tokenCampaignId ? `; declared: ${tokenCampaignId}` : '';
  return {
    Host: host || 'none',
    'Tokens from': hasProvider ? 'tokenProvider' : addressOf(endpoint),
    'Tag number': campaignId || 'none',
    Token: token ? campaignWords(token) : `none yet${declared}`,
    Documents: String(documents),
    Frame: frameWords(inspected.campaign),
  };
}
