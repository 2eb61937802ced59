import { checkField } from '../config/field-grammar.js';
import { isLoopback } from '../config/host.js';

/** What a publisher chooses; texts as typed. */
export interface Options {
  /** URL of the page that will have the campaign. */
  readonly pageUrl: string;
  readonly authEndpoint: string;
  readonly loginUrl: string;
  readonly tokenCampaignId: string;
  readonly height: string;
  readonly values: 'page' | 'endpoint';
  readonly loginTarget: 'self' | 'window';
  readonly loading: 'eager' | 'lazy' | 'manual';
  readonly preLogin: 'always' | 'auto' | 'never';
  readonly prefetchToken: boolean;
}

export const defaultOptions: Options = {
  pageUrl: 'https://www.publisher.com/contest',
  authEndpoint: '/qualifio/token',
  loginUrl: '/login',
  tokenCampaignId: '',
  height: '',
  values: 'page',
  loginTarget: 'self',
  loading: 'eager',
  preLogin: 'always',
  prefetchToken: false,
};

/** The names of the options that are typed. */
export type TypedOption = 'pageUrl' | 'authEndpoint' | 'loginUrl' | 'tokenCampaignId' | 'height';

/**
 * What is wrong with the typed options, each as a sentence that says what to type.
 *
 * @returns an empty object if nothing is.
 */
export function mistakesIn(options: Options): Partial<Record<TypedOption, string>> {
  const { pageUrl, authEndpoint, loginUrl, tokenCampaignId, height } = options;
  const isPage = isSafe(pageUrl);
  const base = isPage ? pageUrl : defaultOptions.pageUrl;
  const found: [TypedOption, string | null][] = [
    ['pageUrl', isPage ? null : `Type ${wanted}, such as ${defaultOptions.pageUrl}.`],
    ['authEndpoint', urlMistake(authEndpoint, base, defaultOptions.authEndpoint)],
    ['loginUrl', loginUrl === '' ? null : urlMistake(loginUrl, base, defaultOptions.loginUrl)],
    ['tokenCampaignId', fieldMistake('tokenCampaignId', tokenCampaignId, 'The campaign ID')],
    ['height', fieldMistake('height', height, 'The height')],
  ];
  return Object.fromEntries(found.filter(([, mistake]) => mistake !== null));
}

const wanted = 'an https URL, or http on localhost';

/** Whether the element accepts this URL on a page of the publisher. */
function isSafe(value: string, base?: string): boolean {
  if (!URL.canParse(value, base)) return false;
  const { protocol, hostname, username, password } = new URL(value, base);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

function urlMistake(value: string, base: string, example: string): string | null {
  const isUsable = value !== '' && isSafe(value, base);
  return isUsable ? null : `Type a path on your site, such as ${example}, or ${wanted}.`;
}

function fieldMistake(
  field: 'tokenCampaignId' | 'height',
  value: string,
  label: string,
): string | null {
  if (value === '') return null;
  try {
    checkField(field, value, label);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
