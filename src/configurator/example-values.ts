import type { CampaignSettings } from './campaign-settings.js';

/** Stands where the campaign ID is not known: a tag does not have it. */
export const unknownCampaignId = 'CAMPAIGN-ID';

/** Puts the publisher's values into an example of docs/, which all use the same ones. */
export function withOwnValues(example: string, settings: CampaignSettings): string {
  const { campaign, tokenCampaignId, pageOrigin } = settings;
  const values: Readonly<Record<string, string>> = {
    '123456': campaign.campaignId,
    '98765': tokenCampaignId || unknownCampaignId,
    'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6': campaign.channelId,
    'jeux.publisher.com': campaign.host,
    'https://www.publisher.com': pageOrigin,
  };
  const known = Object.keys(values).map((value) => value.replaceAll('.', '\\.'));
  return example.replace(new RegExp(known.join('|'), 'g'), (value) => values[value] ?? value);
}
