import {
  readCampaignConfig,
  readMilliseconds,
  readUrl,
  readWord,
  type CampaignConfig,
} from '../../config/campaign-config.js';
import { checkField, type CampaignFields } from '../../config/field-grammar.js';
import { meantAttribute } from '../../config/misspelt.js';
import { parseFields } from '../../config/parse-tag.js';
import { asPage } from './as-page.js';
import type { HtmlElement } from './read-html.js';

/** What the attributes of an element say, read as the element reads them. */
export interface ElementFacts {
  /** What the attributes and the pasted tag say; null if it cannot be read, or comes from the endpoint. */
  readonly config: CampaignConfig | null;
  /** Number in the tag; empty if it is not known. */
  readonly campaignId: string;
  readonly tokenCampaignId: string;
  readonly endpoint: URL | null;
  /** Whether the element asks the endpoint for its tag: it has only two attributes. */
  readonly asksForTag: boolean;
  /** What is wrong with the pasted tag; empty if there is none, or it is right. */
  readonly tagFault: string;
  /** What is wrong with the attributes, each. */
  readonly faults: readonly string[];
  /** Attributes that look misspelt, with what was probably meant. */
  readonly misspelt: readonly string[];
}

const urls = ['auth-endpoint', 'login-url'];
const words: Readonly<Record<string, readonly [string, ...string[]]>> = {
  loading: ['eager', 'lazy', 'manual'],
  'login-target': ['self', 'window'],
  'pre-login': ['always', 'auto', 'never'],
};
const durations = ['token-timeout', 'kit-timeout'];
const ofSignIn = [
  ...['auth-endpoint', 'login-url', 'login-return-param', 'login-target', 'pre-login'],
  ...['token-timeout', 'relay'],
];

/** The attributes of each element; a test compares them with the elements. */
export const knownAttributes: Readonly<Record<string, readonly string[]>> = {
  'qualifio-campaign': [
    ...ofSignIn,
    ...['campaign-id', 'token-campaign-id', 'channel-id', 'host', 'loading', 'width', 'height'],
    ...['frame-style', 'frame-title', 'prefetch-token', 'kit-timeout'],
  ],
  'qualifio-sign-in': ofSignIn,
};
/** Names of Qualifio's own messages, which `relay` cannot have. */
const ownMessages = ['requestParticipantAction', 'isLoggedIn', 'error'];

/** Reads the attributes of a `<qualifio-campaign>` or `<qualifio-sign-in>` of a page. */
export function readElement(element: HtmlElement, page: URL, base: URL): ElementFacts {
  const { name, attributes } = element;
  const known = knownAttributes[name] ?? [];
  const value = (attribute: string) =>
    known.includes(attribute) ? (attributes.get(attribute) ?? '') : '';
  const faults: string[] = [];
  /** The value, or null if it is invalid. */
  const attempt = <Value>(read: () => Value): Value | null => {
    try {
      return asPage(page, read);
    } catch (error) {
      faults.push((error as Error).message);
      return null;
    }
  };
  const [endpoint] = urls.map((attribute) => {
    const isHash = attribute === 'login-url' && value(attribute).trim().startsWith('#');
    const start = (isHash ? page : base).href;
    return attempt(() => readUrl(attribute, value(attribute), start));
  });
  for (const [attribute, choices] of Object.entries(words)) {
    attempt(() => readWord(attribute, value(attribute), choices));
  }
  for (const attribute of durations.filter((duration) => attributes.has(duration))) {
    attempt(() => readMilliseconds(attribute, Number(value(attribute))));
  }
  const own = ownMessages.find((message) => value('relay').split(/\s+/).includes(message));
  if (own) faults.push(`relay must be names other than "${own}".`);
  const declared = value('token-campaign-id');
  if (declared) attempt(() => checkField('tokenCampaignId', declared, 'token-campaign-id'));

  const { tag, tagFault } = readTemplate(element, page);
  const asksForTag =
    name === 'qualifio-campaign' &&
    tag === null &&
    !tagFault &&
    !value('channel-id') &&
    !value('host') &&
    !!value('campaign-id') &&
    !!value('auth-endpoint');
  let config: CampaignConfig | null = null;
  if (asksForTag) {
    attempt(() => checkField('campaignId', value('campaign-id'), 'campaign-id'));
  } else if (name === 'qualifio-campaign' && !tagFault) {
    config = attempt(() => readCampaignConfig(fieldsOf(value), tag));
  }
  const wrongId = faults.some((fault) => fault.startsWith('campaign-id '));
  return {
    config,
    campaignId: config?.campaignId ?? (wrongId ? '' : value('campaign-id')),
    tokenCampaignId: /^\d{1,20}$/.test(declared) ? declared : '',
    endpoint: endpoint ?? null,
    asksForTag,
    tagFault,
    faults,
    misspelt: [...attributes.keys()].flatMap((given) => {
      const meant = meantAttribute(given, known);
      return meant ? [`${given} (did you mean ${meant}?)`] : [];
    }),
  };
}

function fieldsOf(value: (attribute: string) => string): CampaignFields {
  return {
    campaignId: value('campaign-id'),
    channelId: value('channel-id'),
    host: value('host'),
    width: value('width'),
    height: value('height'),
    frameStyle: value('frame-style'),
  };
}

/** The tag in the element's `<template>`. */
function readTemplate(
  { name, inner }: HtmlElement,
  page: URL,
): { tag: CampaignFields | null; tagFault: string } {
  const [, content] = /<template\b[^>]*>([^]*?)(?:<\/template|$)/i.exec(inner) ?? [];
  if (name !== 'qualifio-campaign' || content === undefined) return { tag: null, tagFault: '' };
  try {
    return { tag: asPage(page, () => parseFields(content)), tagFault: '' };
  } catch (error) {
    return { tag: null, tagFault: (error as Error).message };
  }
}
