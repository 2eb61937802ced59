import type { QualifioCampaign } from '../element/qualifio-campaign.js';
import { setUpOf, type Conversation } from './conversation.js';
import { campaignWords } from './timeline-text.js';

/** Without the query, which may contain private data. */
export function addressOf(url: URL | null): string {
  return url ? url.origin + url.pathname : 'none';
}

/** What a page can know of a frame of another origin. */
function frameWords({ frame, heard }: QualifioCampaign): string {
  if (!frame) return 'none';
  return heard ? 'the campaign has sent messages' : 'no message from this frame yet';
}

/** The campaign's settings, and what is known about its numbers and documents. */
export function factsOf(conversation: Conversation | null): Record<string, string> {
  if (!conversation) return {};
  const { campaign, documents, token } = conversation;
  const { campaignId, host, endpoint } = setUpOf(campaign);
  const declared = campaign.tokenCampaignId ? `; declared: ${campaign.tokenCampaignId}` : '';
  return {
    Host: host || 'none',
    'Tokens from': campaign.tokenProvider ? 'tokenProvider' : addressOf(endpoint),
    'Tag number': campaignId || 'none',
    Token: token ? campaignWords(token) : `none yet${declared}`,
    Documents: String(documents),
    Frame: frameWords(campaign),
  };
}
