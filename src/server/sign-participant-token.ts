import { isCampaignId } from './campaign.js';
import { createCampaignFinder, type CampaignFinder } from './campaigns.js';
import { foundName } from './input/kind-of.js';
import { isRecord } from './input/option-error.js';
import { readOptions, type SignTokenOptions, type TokenEndpointOptions } from './options.js';
import { TokenError } from './token-error.js';
import { createTokenMaker, type TokenMaker } from './token-maker.js';
import { noParticipant, type Participant } from './participant.js';

interface Prepared {
  readonly findCampaign: CampaignFinder;
  readonly makeToken: TokenMaker;
}

const preparedByOptions = new WeakMap<object, Prepared>();

/**
 * Makes the token that the endpoint would make, without HTTP: for a page rendered on the server, a
 * GraphQL resolver, a test. Accepts the endpoint's options; those about requests have no effect
 * here.
 *
 * The options are read and the keys imported once per options object, so reuse that object, and make a
 * new one to change a key. A `campaigns` function receives a request without headers. This function does
 * **not** check the caller: you must check that the caller may have a token for this participant. It does
 * not report to `onError` either: it throws, and `createCampaignFeed` has its own `onError`.
 *
 * @param tagNumber the number in the JS tag, 1 to 20 digits. The `campaignId` claim is that of the
 * campaign with this number in `campaigns`
 * @returns a compact JWS, or a compact JWE with `encryption`
 * @throws {TypeError} naming the option, for a mistake in the options
 * @throws {TokenError} `CAMPAIGN_ID_INVALID`, `CAMPAIGN_UNKNOWN`, `CAMPAIGNS_FAILED`,
 * `PARTICIPANT_INVALID`, `CLAIMS_INVALID` or `SIGNING_FAILED`
 *
 * @example
 * ```ts
 * const token = await signParticipantToken(options, '123456', { sub: user.id });
 * ```
 */
export async function signParticipantToken(
  options: SignTokenOptions & Partial<TokenEndpointOptions>,
  tagNumber: string,
  participant: Participant,
): Promise<string> {
  const { findCampaign, makeToken } = prepare(options);
  if (!isCampaignId(tagNumber)) {
    const problem = `tagNumber must be a string of 1 to 20 digits, not ${foundName(tagNumber)}`;
    throw new TokenError('CAMPAIGN_ID_INVALID', problem);
  }
  if (!isRecord(participant) || participant instanceof Promise) {
    throw new TokenError('PARTICIPANT_INVALID', noParticipant(participant));
  }
  const request = new Request(`https://request.invalid/?campaignId=${tagNumber}`);
  const { campaignId } = await findCampaign(tagNumber, request);
  const { token } = await makeToken(campaignId, participant);
  return token;
}

function prepare(options: SignTokenOptions): Prepared {
  const known = preparedByOptions.get(options);
  if (known) return known;
  const given = readOptions(options);
  const prepared = {
    findCampaign: createCampaignFinder(given['campaigns']),
    makeToken: createTokenMaker(given),
  };
  preparedByOptions.set(options, prepared);
  return prepared;
}
