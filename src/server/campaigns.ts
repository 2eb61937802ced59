import {
  isCampaignId,
  readCampaign,
  refuseUnknownMembers,
  type Campaign,
  type KnownCampaign,
} from './campaign.js';
import { listenFor, type ErrorListener } from './error-listener.js';
import { found, kindOf } from './input/kind-of.js';
import { isPlain, optionError, optionProblem } from './input/option-error.js';
import { TokenError } from './token-error.js';

/** Finds a campaign by the tag number; null if no tokens may be made for it. */
export type CampaignLookup = (
  tagNumber: string,
  request: Request,
) => Campaign | null | undefined | Promise<Campaign | null | undefined>;

/**
 * The campaigns that tokens are made for, by the tag number: a record, a function that finds
 * one, or a feed from `createCampaignFeed`.
 */
export type Campaigns = Readonly<Record<string, Campaign>> | CampaignLookup;

/** Returns a campaign by the tag number, or throws a `TokenError`. */
export type CampaignFinder = (
  tagNumber: string,
  request: Request,
) => KnownCampaign | Promise<KnownCampaign>;

/**
 * Checks the option and returns the look-up function. A record is copied, so that neither later writes
 * to it nor a polluted prototype can add a campaign.
 * @param onError receives the reports of a feed in `campaigns`
 * @throws {TypeError} naming `campaigns`, or `campaigns.<number>.<member>`
 */
export function createCampaignFinder(campaigns: unknown, onError?: ErrorListener): CampaignFinder {
  if (typeof campaigns === 'function') {
    const lookUp = campaigns as CampaignLookup;
    return async (tagNumber, request) => {
      if (onError) listenFor(request, onError);
      return askForCampaign(lookUp, tagNumber, request);
    };
  }
  if (!isPlain(campaigns))
    throw optionError(
      'campaigns',
      `must be an object with campaigns by tag number, or a function, not ${kindOf(campaigns)}`,
    );
  const known = new Map<string, KnownCampaign>();
  for (const [tagNumber, campaign] of Object.entries(campaigns)) {
    if (!isCampaignId(tagNumber))
      throw optionError(
        'campaigns',
        `each tag number must be 1 to 20 digits, not ${found(tagNumber)}`,
      );
    refuseUnknownMembers(tagNumber, campaign);
    known.set(tagNumber, readCampaign(tagNumber, campaign));
  }
  return (tagNumber) => {
    const campaign = known.get(tagNumber);
    if (!campaign) throw new TokenError('CAMPAIGN_UNKNOWN');
    return campaign;
  };
}

async function askForCampaign(
  lookUp: CampaignLookup,
  tagNumber: string,
  request: Request,
): Promise<KnownCampaign> {
  let campaign: Campaign | null | undefined;
  try {
    campaign = await lookUp(tagNumber, request);
  } catch (error) {
    const code = error instanceof TokenError ? error.code : null;
    if (code === 'CAMPAIGN_UNKNOWN') throw error;
    const noFeed = 'the campaign feed cannot be read; FEED_FAILED says why';
    const threw = 'campaigns threw; catch its error to see it';
    throw new TokenError('CAMPAIGNS_FAILED', code === 'FEED_FAILED' ? noFeed : threw);
  }
  if (campaign === null || campaign === undefined) throw new TokenError('CAMPAIGN_UNKNOWN');
  try {
    return readCampaign(tagNumber, campaign);
  } catch (error) {
    const threw = 'a getter of the campaign threw; catch its error to see it';
    throw new TokenError('CAMPAIGNS_FAILED', optionProblem(error) ?? threw);
  }
}
