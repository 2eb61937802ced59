// @ts-check

/**
 * The publisher's campaigns: number in the vendor's tag, the campaign's technical ID, which a token
 * names, and channel. The token endpoint signs only for these.
 *
 * @type {readonly { id: string, campaignId: string, channel: string }[]}
 */
export const campaigns = [
  { id: '810001', campaignId: '640117', channel: '3B1C0C4E-52A7-4D19-9F0E-6A5D2B7C8101' },
  { id: '810002', campaignId: '655408', channel: '3B1C0C4E-52A7-4D19-9F0E-6A5D2B7C8102' },
  { id: '810003', campaignId: '671932', channel: '3B1C0C4E-52A7-4D19-9F0E-6A5D2B7C8103' },
];
