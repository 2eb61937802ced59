import { grammar, type CheckedField } from '../../config/field-grammar.js';
import { bodyKind, isRedirect } from '../http/headers.js';
import type { Answer } from '../http/requester.js';
import { bodyOf, foundIn, isPage, writingAdvice } from './body-fault.js';
import { otherRoute, statusFix, wall } from './refusal.js';

/** The parts of an endpoint's tag that the doctor uses. */
export interface TagAnswer {
  readonly host: string;
  /** The campaign's technical ID; empty if the endpoint does not say. */
  readonly tokenCampaignId: string;
}

const required: readonly CheckedField[] = ['channelId', 'host'];
const optional: readonly CheckedField[] = ['width', 'height', 'frameStyle', 'tokenCampaignId'];

/** What to do about an answer without a tag; undefined if the endpoint just gives none. */
export function tagFix(answer: Answer): string | undefined {
  if (isRedirect(answer) || (answer.status === 200 && isPage(answer)))
    return `${wall} ${otherRoute}`;
  if (answer.status === 200) return writingAdvice(answer, 'tag');
  return [204, 401].includes(answer.status) ? undefined : statusFix(answer);
}

/** The tag in an endpoint's answer, or what is wrong with it. */
export function readTag(answer: Answer): TagAnswer | string {
  const { status } = answer;
  if (isRedirect(answer)) return `${status}, a redirect`;
  if (status !== 200) return `${status} with ${bodyKind(answer)}, not a tag`;
  let tag: unknown;
  try {
    ({ tag } = Object(JSON.parse(bodyOf(answer))) as { tag?: unknown });
  } catch {
    return foundIn(answer, 'tag');
  }
  if (typeof tag !== 'object' || tag === null) return 'JSON without a "tag"';
  const members = tag as Partial<Record<CheckedField, unknown>>;
  const read = (field: CheckedField): string | undefined => {
    const value = Object.hasOwn(members, field) ? members[field] : '';
    const isText = typeof value === 'string' || typeof value === 'number';
    return value === null ? '' : isText ? String(value) : undefined;
  };
  for (const field of [...required, ...optional]) {
    const value = read(field);
    const isMissing = value === '' && optional.includes(field);
    if (!isMissing && (value === undefined || !grammar[field][0](value))) {
      return `no usable "${field}" (it must be ${grammar[field][1]})`;
    }
  }
  return { host: read('host')!, tokenCampaignId: read('tokenCampaignId') ?? '' };
}
