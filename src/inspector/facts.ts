import { setUpOf, type Conversation } from './conversation.js';
import { campaignWords } from './timeline-text.js';

/** Without its query, which may hold more than is for others to see. */
function addressOf(url: URL | null): string {
  return url ? url.origin + url.pathname : 'none';
}

/** What the campaign is set up with, and what of its numbers and documents is known. */
export function factsOf(conversation: Conversation | null): Record<string, string> {
  if (!conversation) return {};
  const { campaign, documents, token } = conversation;
  const { campaignId, host, endpoint } = setUpOf(campaign);
  const declared = campaign.tokenCampaignId ? `; declared: ${campaign.tokenCampaignId}` : '';
  return {
    Host: host || 'none',
    'Tokens from': campaign.tokenProvider ? 'tokenProvider' : addressOf(endpoint),
    'Number in the tag': campaignId || 'none',
    Token: token ? campaignWords(token) : `none yet${declared}`,
    Documents: String(documents),
  };
}
