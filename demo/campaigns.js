// @ts-check

/**
 * The publisher's campaigns: number in the vendor's tag, and channel. The token
 * endpoint signs for these and no others.
 *
 * @type {readonly { id: string, channel: string }[]}
 */
export const campaigns = [
  { id: '810001', channel: '3B1C0C4E-52A7-4D19-9F0E-6A5D2B7C8101' },
  { id: '810002', channel: '3B1C0C4E-52A7-4D19-9F0E-6A5D2B7C8102' },
  { id: '810003', channel: '3B1C0C4E-52A7-4D19-9F0E-6A5D2B7C8103' },
];
