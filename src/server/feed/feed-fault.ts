import { ownField } from '../../config/own-field.js';

/** Why a campaign feed cannot be read, in words of our own: none of the feed's, nor of its address. */
export class FeedFault extends Error {}

/** The fault that an error is, or that it stands for where it is one of `fetch`. */
export function asFeedFault(error: unknown): FeedFault {
  if (error instanceof FeedFault) return error;
  // The message may quote the address, which is enough to read the feed. A code of the system does not.
  const codes = [ownField(ownField(error, 'cause'), 'code'), ownField(error, 'code')];
  const code = codes.find((each) => typeof each === 'string' && /^[A-Z][A-Z\d_]{2,39}$/.test(each));
  return new FeedFault(typeof code === 'string' ? `not reachable (${code})` : 'not reachable');
}
