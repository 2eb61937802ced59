import { ownField } from '../../config/own-field.js';

/**
 * Why a campaign feed cannot be read. The message contains no text from the feed or its address.
 */
export class FeedFault extends Error {}

/** The error itself if it is a fault; otherwise the fault for an error of `fetch`. */
export function asFeedFault(error: unknown): FeedFault {
  if (error instanceof FeedFault) return error;
  // The message may quote the address, which is enough to read the feed. A system error code does
  // not.
  const codes = [ownField(ownField(error, 'cause'), 'code'), ownField(error, 'code')];
  const code = codes.find((each) => typeof each === 'string' && /^[A-Z][A-Z\d_]{2,39}$/.test(each));
  return new FeedFault(typeof code === 'string' ? `not reachable (${code})` : 'not reachable');
}
