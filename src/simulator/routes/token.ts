import type { Handler } from 'hono';
import { campaignNumber } from '../model/campaigns.js';
import type { ThrowAwayPair } from '../verification/throw-away-pair.js';
import { placing } from './first-page-snippets.js';
import type { SimulatorState } from './state.js';

/** Answers like the publisher's own endpoint: with a token, or with `part=tag` the values of the tag. */
export function mintToken({ settings }: SimulatorState, { mint }: ThrowAwayPair): Handler {
  return async (context) => {
    const refused = (error: string) => context.json({ error }, 400);
    const number = context.req.query('campaignId') ?? '';
    if (!campaignNumber.test(number)) return refused('campaignId must be 1 to 20 digits');
    const { channelId, campaignId } = settings.campaigns.of(number);
    const part = context.req.query('part');
    if (part === undefined) return context.json({ token: await mint(campaignId) });
    if (part !== 'tag') return refused('part must be tag or absent');
    const { host } = new URL(context.req.url);
    return context.json({ tag: { channelId, host, ...placing, tokenCampaignId: campaignId } });
  };
}
