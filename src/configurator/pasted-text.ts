import type { CampaignFields } from '../config/field-grammar.js';
import { ownField } from '../config/own-field.js';
import { parseTag } from '../config/parse-tag.js';

/** A campaign that was found in the pasted text. */
export interface FoundCampaign extends CampaignFields {
  /** What the feed calls the campaign; an empty string if there is no feed. */
  readonly title: string;
  /** The campaign ID (technical ID), which only a feed has; otherwise an empty string. */
  readonly tokenCampaignId: string;
}

/** More than any feed that a person pastes. */
const longest = 1_000_000;
const mostCampaigns = 200;

/**
 * Reads a JS tag, or one or more items of a campaign feed. Nothing is executed or requested.
 *
 * @param text what was pasted.
 * @returns at least one campaign.
 * @throws Error whose message says what was found, and what to paste.
 */
export function readPastedText(text: string): readonly FoundCampaign[] {
  const pasted = text.trim();
  if (pasted.length > longest) {
    throw new Error('The text has more than 1,000,000 characters. Paste one tag or one feed item.');
  }
  // Only JSON begins with a bracket: a tag begins with an element, a script with a call.
  return /^[[{]\s*["{}\]]/.test(pasted) ? readFeed(pasted) : [readTag(pasted)];
}

function readTag(tag: string): FoundCampaign {
  const { kitUrl: _kitUrl, ...fields } = parseTag(tag);
  return { ...fields, title: '', tokenCampaignId: '' };
}

function readFeed(json: string): readonly FoundCampaign[] {
  const found = itemsIn(json).flatMap((item) => readItem(item) ?? []);
  if (found.length > 0) return found.slice(0, mostCampaigns);
  throw new Error(
    'The feed item has no JS tag in integration.javascript. Mini-sites and web views have none: choose the channel of a widget.',
  );
}

function itemsIn(json: string): readonly unknown[] {
  try {
    const value = JSON.parse(json) as unknown;
    const list = ownField(value, 'channels') ?? value;
    return Array.isArray(list) ? list : [list];
  } catch {
    throw new Error(
      'The text begins like a feed item, but it is not complete JSON. Copy the item from its first { to its last }.',
    );
  }
}

/** The campaign of a feed item, or null if the item has no tag. */
function readItem(item: unknown): FoundCampaign | null {
  const tag = ownField(ownField(item, 'integration'), 'javascript');
  if (typeof tag !== 'string' || tag === '') return null;
  const campaign = ownField(item, 'campaign');
  const id = String(ownField(campaign, 'campaignId') ?? '');
  const title = ownField(campaign, 'campaignTitle');
  return {
    ...readTag(tag),
    title: typeof title === 'string' ? title : '',
    tokenCampaignId: /^\d{1,20}$/.test(id) ? id : '',
  };
}
