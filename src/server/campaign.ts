import { found } from './input/kind-of.js';
import { grammar, type CheckedField } from '../config/field-grammar.js';
import { isRecord, optionError } from './input/option-error.js';

/**
 * One campaign that participants may be signed in to, by its tag number. Only own properties
 * count, and they are copied when they are read.
 */
export interface Campaign {
  /** The campaign host or hosts, as in the JS tag: `jeux.publisher.com`, with `:port` where needed. */
  readonly host: string | readonly string[];
  /**
   * The campaign's technical ID, which becomes the `campaignId` claim: 1 to 20 digits, or a safe
   * integer. Default: the tag number. That number belongs to the channel, so the default is
   * right only if Qualifio gives both the same number.
   */
  readonly campaignId?: string | number | undefined;
  /** GUID of the channel, as in the JS tag. Without it `part=tag` answers 404. */
  readonly channelId?: string | undefined;
  /** Width of the frame: pixels or a percentage. Default: none, so the element's default applies. */
  readonly width?: string | number | undefined;
  /** Height of the frame: pixels or a percentage. Default: none, so the element's default applies. */
  readonly height?: string | number | undefined;
  /** CSS declarations for the frame, at most 2,000 characters. Default: none, so the element's default applies. */
  readonly frameStyle?: string | undefined;
}

/** A campaign whose properties have been checked. */
export interface KnownCampaign {
  /** In the form that browsers use; at least one. */
  readonly hosts: readonly string[];
  /** The value of the claim. */
  readonly campaignId: string;
  readonly channelId: string | undefined;
  readonly width: string | undefined;
  readonly height: string | undefined;
  readonly frameStyle: string | undefined;
}

/** Whether a value is text of 1 to 20 digits: the tag number, or a campaign's technical ID. */
export function isCampaignId(id: unknown): id is string {
  return typeof id === 'string' && grammar.campaignId[0](id);
}

/** One of Qualifio's numbers, given as text or as a JSON number, as text; null for anything else. */
export function readNumber(value: unknown): string | null {
  const text = Number.isSafeInteger(value) ? String(value) : value;
  return isCampaignId(text) ? text : null;
}

/**
 * Checks and copies a campaign.
 * @param tagNumber its tag number
 * @throws {TypeError} naming `campaigns.<tagNumber>.<member>`
 */
export function readCampaign(tagNumber: string, campaign: unknown): KnownCampaign {
  const member = (name: keyof Campaign): Member => ({
    option: `campaigns.${tagNumber}.${name}`,
    value: isRecord(campaign) && Object.hasOwn(campaign, name) ? campaign[name] : undefined,
  });
  return {
    hosts: readHosts(member('host')),
    campaignId: readClaim(member('campaignId')) ?? tagNumber,
    channelId: readField('channelId', member('channelId')),
    width: readField('width', member('width')),
    height: readField('height', member('height')),
    frameStyle: readStyle(member('frameStyle')),
  };
}

const memberNames: Readonly<Record<keyof Campaign, true>> = {
  host: true,
  campaignId: true,
  channelId: true,
  width: true,
  height: true,
  frameStyle: true,
};

/**
 * Refuses a campaign with an unknown property: a misspelled `campaignId` must not lead to tokens
 * for another campaign. Only for records written by hand; data from elsewhere may have more
 * properties.
 * @throws {TypeError} naming `campaigns.<tagNumber>.<member>`
 */
export function refuseUnknownMembers(tagNumber: string, campaign: unknown): void {
  if (!isRecord(campaign)) return;
  for (const name of Object.keys(campaign)) {
    if (Object.hasOwn(memberNames, name)) continue;
    const known = Object.keys(memberNames).join(', ');
    throw optionError(
      `campaigns.${tagNumber}.${name}`,
      `unknown property; the properties are ${known}`,
    );
  }
}

interface Member {
  readonly option: string;
  readonly value: unknown;
}

function readHosts({ option, value }: Member): readonly string[] {
  const hosts: readonly unknown[] = Array.isArray(value) && value.length > 0 ? value : [value];
  // By index: a hole in the list must not be skipped.
  return Array.from({ length: hosts.length }, (_, index) => {
    const host = Object.hasOwn(hosts, index) ? hosts[index] : undefined;
    if (typeof host === 'string' && grammar.host[0](host)) return new URL(`https://${host}`).host;
    const problem =
      'must be a host name as in the JS tag, or a list of host names, without scheme, path or wildcard';
    throw optionError(option, `${problem}, not ${found(host)}`);
  });
}

function readClaim({ option, value }: Member): string | undefined {
  if (value === undefined) return undefined;
  const id = readNumber(value);
  if (id !== null) return id;
  throw optionError(
    option,
    `must be the campaign ID (technical ID), 1 to 20 digits, not ${found(value)}`,
  );
}

function readField(
  field: Exclude<CheckedField, 'campaignId' | 'host' | 'frameStyle'>,
  { option, value }: Member,
): string | undefined {
  if (value === undefined) return undefined;
  const [accepts, what] = grammar[field];
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && accepts(text)) return text;
  throw optionError(option, `must be ${what}, not ${found(value)}`);
}

/** The element refuses an answer of more than 64 KiB. */
const longestStyle = 2000;

function readStyle({ option, value }: Member): string | undefined {
  if (value === undefined) return value;
  const [accepts, what] = grammar.frameStyle;
  if (typeof value !== 'string' || !accepts(value)) {
    throw optionError(option, `must be ${what}, not ${found(value)}`);
  }
  if (value.length <= longestStyle) return value;
  throw optionError(option, `must have at most ${longestStyle} characters, not ${value.length}`);
}
