import { isPlain, isRecord, optionError } from './option-error.js';
import { TokenError } from './token-error.js';

/** One campaign that participants may be signed in to. */
export interface Campaign {
  /** The campaign host or hosts, as in the JS tag: `jeux.publisher.com`, with `:port` where needed. */
  readonly host: string | readonly string[];
}

/** Finds a campaign by its id; null where tokens for it must not be made. */
export type CampaignLookup = (
  campaignId: string,
  request: Request,
) => Campaign | null | undefined | Promise<Campaign | null | undefined>;

/** The campaigns that are ever signed for: a record by id, or a function that looks one up. */
export type Campaigns = Readonly<Record<string, Campaign>> | CampaignLookup;

/** Gives the hosts of a campaign, or throws a `TokenError`. */
export type HostFinder = (
  campaignId: string,
  request: Request,
) => readonly string[] | Promise<readonly string[]>;

const CAMPAIGN_ID = /^[0-9]{1,20}$/;
const LABEL = '[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?';
const HOST = new RegExp(`^${LABEL}(?:\\.${LABEL})*(?::[0-9]{1,5})?$`, 'i');

/** Whether a text has the form of a campaign id: 1 to 20 digits. */
export function isCampaignId(id: unknown): id is string {
  return typeof id === 'string' && CAMPAIGN_ID.test(id);
}

/**
 * Checks the option and gives the look-up. A record is copied, so that neither later writes to it nor
 * a polluted prototype can add a campaign.
 * @throws {TypeError} naming `campaigns`
 */
export function createHostFinder(campaigns: unknown): HostFinder {
  if (typeof campaigns === 'function') {
    const lookUp = campaigns as CampaignLookup;
    return async (id, request) => askForHosts(lookUp, id, request);
  }
  if (!isPlain(campaigns)) throw optionError('campaigns', 'must be a record by id, or a function');
  const hostsById = new Map<string, readonly string[]>();
  for (const [id, campaign] of Object.entries(campaigns)) {
    if (!isCampaignId(id)) throw optionError('campaigns', 'each id must be 1 to 20 digits');
    const hosts = readHosts(campaign);
    if (!hosts) {
      throw optionError(
        `campaigns.${id}.host`,
        'must be a host name as in the JS tag, or a list of them; no scheme, path or wildcard',
      );
    }
    hostsById.set(id, hosts);
  }
  return (id) => {
    const hosts = hostsById.get(id);
    if (!hosts) throw new TokenError('CAMPAIGN_UNKNOWN');
    return hosts;
  };
}

async function askForHosts(
  lookUp: CampaignLookup,
  id: string,
  request: Request,
): Promise<readonly string[]> {
  let hosts: readonly string[] | null;
  try {
    const campaign = await lookUp(id, request);
    if (campaign === null || campaign === undefined) throw new TokenError('CAMPAIGN_UNKNOWN');
    hosts = readHosts(campaign);
  } catch (error) {
    if (error instanceof TokenError && error.code === 'CAMPAIGN_UNKNOWN') throw error;
    throw new TokenError('CAMPAIGNS_FAILED');
  }
  if (!hosts) throw new TokenError('CAMPAIGNS_FAILED');
  return hosts;
}

/** The hosts in the form in which a browser writes them, or null where one is no host. */
function readHosts(campaign: unknown): readonly string[] | null {
  if (!isRecord(campaign)) return null;
  const { host } = campaign;
  const hosts: unknown[] = Array.isArray(host) ? host : [host];
  const normalized = hosts.map((item) =>
    typeof item === 'string' && HOST.test(item) && URL.canParse(`https://${item}`)
      ? new URL(`https://${item}`).host
      : null,
  );
  return normalized.length > 0 && normalized.every((item) => item !== null) ? normalized : null;
}
