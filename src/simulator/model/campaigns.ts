// Which campaign a tag belongs to. The tag number identifies a channel, and a token's claim
// `campaignId` names the campaign. Neither number follows from the other: a publisher must know
// both.
import { createHash } from 'node:crypto';
import { kindOf, worded } from './worded.js';

/** The campaign and the channel of a tag. */
export interface Campaign {
  /** The tag number. */
  readonly tag: string;
  /** The campaign's technical ID. */
  readonly campaignId: string;
  readonly channelId: string;
}

/** The campaign of the simulator's first page. */
export const ownCampaign: Campaign = {
  tag: '123456',
  campaignId: '98765',
  channelId: '7E57C0DE-0000-4000-8000-000000000001',
};

/** What a number of a tag or a campaign looks like. */
export const campaignNumber: RegExp = /^\d{1,20}$/;

export class Campaigns {
  readonly #declared: ReadonlyMap<string, string>;
  readonly #areDeclared: boolean;
  /** Campaigns that the feed lists. */
  readonly listed: readonly Campaign[];

  /**
   * @param declared campaign IDs by the tag's number; `null` if none were declared.
   * @param mints whether the simulator signs tokens itself, so that its first page plays to the end.
   */
  constructor(declared: ReadonlyMap<string, string> | null, mints: boolean) {
    this.#areDeclared = declared !== null;
    const own = new Map([[ownCampaign.tag, ownCampaign.campaignId]]);
    this.#declared = declared ?? (mints ? own : new Map());
    this.listed = [...(declared ?? own)].map(([tag, campaignId]) => ({
      ...{ tag, campaignId },
      channelId: channelOf(tag),
    }));
  }

  /** The campaign that a token for this tag must name; `undefined` accepts any. */
  expected(tag: string): string | undefined {
    return this.#declared.get(tag);
  }

  /** Whether campaigns were declared, and none of them for this tag. */
  lacks(tag: string): boolean {
    return this.#areDeclared && !this.#declared.has(tag);
  }

  /** What to do about a tag that {@link lacks} a campaign, for people. */
  complaint(tag: string): string {
    const [own] = [...this.#declared].find(([, campaignId]) => campaignId === tag) ?? [];
    const fix =
      own === undefined
        ? `set campaign-id to a declared tag, or add --campaign ${tag}=CAMPAIGNID`
        : `${tag} is the campaign ID of the tag ${own}: set campaign-id to ${own}`;
    return `the tag ${tag} is not declared (--campaign), so a token for any campaign is accepted; ${fix}`;
  }

  /** The campaign of a tag. If none was declared, its ID is invented: a 9 and the tag's number. */
  of(tag: string): Campaign {
    const own = tag === ownCampaign.tag ? ownCampaign.campaignId : undefined;
    const campaignId = this.#declared.get(tag) ?? own ?? `9${tag}`;
    return { tag, campaignId, channelId: channelOf(tag) };
  }
}

/** A GUID that is always the same for a tag's number. */
function channelOf(tag: string): string {
  if (tag === ownCampaign.tag) return ownCampaign.channelId;
  const hash = createHash('sha256').update(`qualifio-simulator ${tag}`).digest('hex');
  const parts = /^(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(hash)?.slice(1) ?? [];
  return parts.join('-').toUpperCase();
}

/**
 * The option `campaigns`, checked.
 *
 * @throws TypeError
 */
export function readCampaigns(option: unknown): ReadonlyMap<string, string> | null {
  if (option === undefined) return null;
  // A Map has no own properties, so it would declare nothing.
  if (Object.prototype.toString.call(option) !== '[object Object]') {
    const hint = option instanceof Promise ? ' (is await missing?)' : '';
    throw new TypeError(
      `campaigns must be an object such as ${example}, not ${kindOf(option)}${hint}`,
    );
  }
  return new Map(
    Object.entries(option as object).map(([tag, id]: [string, unknown]) => {
      if (!campaignNumber.test(tag)) {
        const wanted = 'use the number in the tag, 1 to 20 digits';
        throw new TypeError(`campaigns has ${worded(tag)} in place of a tag number; ${wanted}`);
      }
      if (!isCampaignId(id)) {
        const wanted = 'use the campaign ID, 1 to 20 digits, as text';
        throw new TypeError(`campaigns has ${worded(id)} for the tag ${tag}; ${wanted}`);
      }
      return [tag, String(id)];
    }),
  );
}

const example = "{ '123456': '98765' }";

function isCampaignId(id: unknown): id is string | number {
  return typeof id === 'number'
    ? Number.isSafeInteger(id) && id >= 0
    : typeof id === 'string' && campaignNumber.test(id);
}
