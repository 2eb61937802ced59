import { attributeOf } from './attribute-of.js';
import { checkField, type CampaignFields } from './field-grammar.js';
import { configInvalid, type QualifioError } from '../errors.js';
import { isLocal } from './host.js';
import { resolveUrl } from './resolve-url.js';

/** What is needed to answer the frame of a campaign. */
export interface FrameConfig extends Pick<CampaignFields, 'campaignId' | 'host'> {
  /** Id of the element that the kit fills, in the vendor's form. */
  divId: string;
  /** The campaign's technical ID if the endpoint declares it; otherwise empty. */
  tokenCampaignId: string;
}

/** Everything that the kit needs to create the campaign's frame. */
export interface CampaignConfig extends CampaignFields, FrameConfig {}

/**
 * Merges attributes, tag and defaults, field by field; the first that has a value wins.
 *
 * @param given the values of the attributes; an empty string means that the attribute is not set.
 * @param tag the values of the pasted tag, or those from the endpoint; null if there is neither.
 * @throws {QualifioError} `CONFIG_INVALID` naming the attribute or the tag's field.
 */
export function readCampaignConfig(
  given: CampaignFields,
  tag: Partial<Record<keyof CampaignConfig, string | undefined>> | null,
): CampaignConfig {
  const read = (field: keyof CampaignFields, byDefault = ''): string =>
    checkField(field, given[field] || tag?.[field] || byDefault);
  const style = given.frameStyle || (tag?.frameStyle ?? 'max-width:810px;margin:0 auto;');
  const campaignId = read('campaignId');
  return {
    campaignId,
    divId: `qualifio_insert_place_${campaignId}`,
    channelId: read('channelId'),
    host: read('host'),
    width: read('width', '100%'),
    height: read('height', '1200'),
    frameStyle: checkField('frameStyle', style),
    tokenCampaignId: tag?.tokenCampaignId ?? '',
  };
}

const wanted = 'an https URL (http on loopback)';

/**
 * Reads a URL that the page trusts with a participant: https, or http between loopback hosts.
 *
 * @param name the setting's name: an attribute, or a property of the class.
 * @param base the document's base URL.
 * @returns the URL, or null if `value` is empty.
 * @throws {QualifioError} `CONFIG_INVALID` for any other scheme, a user name in the URL, a string that is not a URL, or if `base` resolves a relative URL to another origin: markup alone can add a `<base>`.
 */
export function readUrl(name: string, value: string, base: string): URL | null {
  if (!value) return null;
  const invalid = (what: string): QualifioError => configInvalid(attributeOf(name), what);
  const url = resolveUrl(value, base);
  if (url && url.origin !== (resolveUrl(value, location.href)?.origin ?? self.origin)) {
    throw invalid(`absolute: <base> resolves it to ${url.origin}`);
  }
  const isHttps = url?.protocol === 'https:';
  if (!url || !(isHttps || (url.protocol === 'http:' && isLocal(url)))) {
    const found = url ? url.protocol + (url.host && `//${url.host}`) : 'an invalid URL';
    throw invalid(`${wanted}, not ${found}`);
  }
  if (url.username || url.password) throw invalid(`${wanted} without user and password`);
  return url;
}

/**
 * Reads one of a fixed set of words, ignoring case. An empty string means the first one.
 *
 * @throws {QualifioError} `CONFIG_INVALID` naming the attribute and the words: a misspelt `manual` must not start anything.
 */
export function readWord<Word extends string>(
  name: string,
  value: string,
  words: readonly [Word, ...Word[]],
): Word {
  const word = words.find((known) => known === String(value || words[0]).toLowerCase());
  if (word) return word;
  throw configInvalid(
    attributeOf(name),
    `${words.join(' or ')}, not "${String(value).slice(0, 40)}"`,
  );
}

/**
 * Reads a duration in milliseconds.
 *
 * @throws {QualifioError} `CONFIG_INVALID` naming the attribute, for anything but a positive number that a timer can hold.
 */
export function readMilliseconds(name: string, value: number): number {
  if (value > 0 && value < 2 ** 31) return Number(value);
  throw configInvalid(attributeOf(name), `milliseconds above 0, not ${value}`);
}
