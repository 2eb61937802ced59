import { attributeOf } from './attribute-of.js';
import { configInvalid } from '../errors.js';
import { isHost } from './host.js';

/**
 * The parameters of Qualifio's `createIframe` command that a publisher chooses, whether in
 * attributes or in the pasted tag.
 */
export interface CampaignFields {
  /** The tag number: the digits of `qualifio_insert_place_<number>`. */
  campaignId: string;
  /** GUID of the publication. */
  channelId: string;
  /** Campaign host: an ASCII hostname with an optional `:port`. */
  host: string;
  /** A number of pixels, or a percentage. */
  width: string;
  /** A number of pixels, or a percentage. */
  height: string;
  /** CSS declarations for the frame. */
  frameStyle: string;
}

const size: [accepts: (text: string) => boolean, what: string] = [
  (text) => /^\d+(\.\d+)?(px|%)?$/.test(text),
  'pixels or a percentage',
];

/** The fields, and the campaign ID (technical ID). */
export type CheckedField = keyof CampaignFields | 'tokenCampaignId';

const isNumber = (text: string): boolean => /^\d{1,20}$/.test(text);

/** What each field must be; `qualifio-campaign/server` also checks its `campaigns` with it. */
export const grammar: Record<CheckedField, [accepts: (text: string) => boolean, what: string]> = {
  campaignId: [isNumber, 'the digits of qualifio_insert_place_<number>'],
  tokenCampaignId: [isNumber, 'the digits of the campaign’s technical ID'],
  channelId: [(text) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text), 'a GUID'],
  host: [isHost, 'a bare hostname'],
  width: size,
  height: size,
  // No frame style needs these characters, and a kit may write the frame as HTML text.
  frameStyle: [(text) => !/[<>"]/.test(text), 'CSS without <, > or "'],
};

/**
 * Returns `value` as text if it is well-formed: frameworks also set properties to numbers.
 *
 * @param label the publisher's name for the field: its place in the tag, by default its attribute.
 * @throws {QualifioError} `CONFIG_INVALID`, naming `label` and what it must be.
 */
export function checkField(
  field: CheckedField,
  value: unknown,
  label: string = attributeOf(field),
): string {
  const [accepts, what] = grammar[field];
  const text = String(value);
  if (accepts(text)) return text;
  throw configInvalid(label, `${what}, not "${text.slice(0, 80)}"`);
}
