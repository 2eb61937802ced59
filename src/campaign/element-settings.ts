import { checkField } from '../config/field-grammar.js';
import {
  readCampaignConfig,
  readMilliseconds,
  readUrl,
  readWord,
  type CampaignConfig,
} from '../config/campaign-config.js';
import { resolveUrl } from '../config/resolve-url.js';
import type { EndpointTag } from '../token/endpoint-tag.js';
import { configInvalid } from '../errors.js';
import { ownMessages } from '../page/message-router.js';
import { startWithKit } from '../page/page-trust.js';
import { parseFields } from '../config/parse-tag.js';
import type { TokenSettings } from '../token/campaign-tokens.js';
import type { TokenProvider } from '../token/token-source.js';

/** The settings that an exchange needs, read again at each use. */
export interface ExchangeSettings extends TokenSettings {
  preLogin: 'always' | 'auto' | 'never';
}

/** How the kit is loaded, for one run. */
export interface KitSettings {
  url: string;
  /** Nonce for the script element, or an empty string. */
  nonce: string;
  /** Milliseconds for kit and frame together. */
  timeout: number;
  /** When this time ends, as a value of `performance.now()`. */
  deadline: number;
}

/** Where participants log in: settings of an element, unchanged from its attributes and properties. */
export interface LoginSettings extends HTMLElement {
  loginUrl: string;
  loginReturnParam: string;
  loginTarget: string;
}

/** How a campaign's frame is answered. */
export interface AnswerSettings extends LoginSettings {
  /** Absent for an element that answers several campaigns. */
  tokenCampaignId?: string;
  authEndpoint: string;
  preLogin: string;
  relay: string;
  tokenTimeout: number;
  tokenProvider: TokenProvider | null;
}

/** The settings of an element that also makes the frame. */
export interface CampaignSettings extends AnswerSettings {
  campaignId: string;
  tokenCampaignId: string;
  channelId: string;
  host: string;
  width: string;
  height: string;
  frameStyle: string;
  kitTimeout: number;
}

/**
 * The tag number, if the other values must be requested from the endpoint: the element has a
 * number and an endpoint, but no channel, no host and no pasted tag. Otherwise null.
 *
 * @throws {QualifioError} `CONFIG_INVALID` for a malformed number.
 */
export function numberWithoutTag(
  { campaignId, channelId, host, authEndpoint }: CampaignSettings,
  pastedTag: string | null,
): string | null {
  if (pastedTag !== null || channelId || host || !campaignId || !authEndpoint) return null;
  return checkField('campaignId', campaignId);
}

/**
 * The settings for the kit. The tag's width or height is used if the element's is the default and is
 * not in the markup.
 *
 * @param tag the text of the pasted tag, or the endpoint's values; null if there is neither.
 * @throws {QualifioError} as {@link readCampaignConfig}.
 */
export function readConfig(
  element: CampaignSettings,
  tag: string | EndpointTag | null,
): CampaignConfig {
  const given = (field: 'width' | 'height', byDefault: string): string =>
    element.hasAttribute(field) || element[field] !== byDefault ? element[field] : '';
  const { campaignId, channelId, host, frameStyle } = element;
  const size = { width: given('width', '100%'), height: given('height', '1200') };
  return readCampaignConfig(
    { campaignId, channelId, host, frameStyle, ...size },
    typeof tag === 'string' ? parseFields(tag) : tag,
  );
}

/**
 * The settings of an exchange, for one use.
 *
 * @throws {QualifioError} `CONFIG_INVALID`
 */
export function readExchange(
  element: AnswerSettings,
  { host, tokenCampaignId }: Pick<CampaignConfig, 'host' | 'tokenCampaignId'>,
): ExchangeSettings {
  const { tokenProvider, tokenCampaignId: declared } = element;
  return {
    provider: readProvider(tokenProvider),
    endpoint: readUrl('authEndpoint', element.authEndpoint, element.baseURI),
    timeout: readMilliseconds('tokenTimeout', element.tokenTimeout ?? 10_000),
    host,
    preLogin: readWord('preLogin', element.preLogin, ['always', 'auto', 'never']),
    tokenCampaignId: declared ? checkField('tokenCampaignId', declared) : tokenCampaignId,
  };
}

/** @throws {QualifioError} `CONFIG_INVALID` for a value that is not a function, such as the promise of a token. */
function readProvider(provider: unknown): TokenProvider | null {
  // Some frameworks set an empty string to mean none.
  if (!provider) return null;
  if (typeof provider === 'function') return provider as TokenProvider;
  throw configInvalid('tokenProvider', `a function, not a value of type ${typeof provider}`);
}

/**
 * The names of other messages that the campaign sends, for `qualifio-message`.
 *
 * @throws {QualifioError} `CONFIG_INVALID` for a name of Qualifio's own messages: the element answers those.
 */
export function readRelay({ relay }: Pick<AnswerSettings, 'relay'>): readonly string[] {
  const names = String(relay ?? '').match(/\S+/g) ?? [];
  const own = names.find((name) => ownMessages.includes(name));
  if (own) throw configInvalid('relay', `names other than "${own}"`);
  return names;
}

/**
 * How the kit is loaded, for a campaign that starts now.
 *
 * @throws {QualifioError} `CONFIG_INVALID`
 */
export function readKit(element: CampaignSettings): KitSettings {
  const timeout = readMilliseconds('kitTimeout', element.kitTimeout ?? 15_000);
  return {
    url: startWithKit(),
    nonce: element.nonce ?? '',
    timeout,
    deadline: performance.now() + timeout,
  };
}

/**
 * The publisher's login page; null if there is none.
 *
 * @throws {QualifioError} `CONFIG_INVALID`
 */
export function readLogin(element: LoginSettings): URL | null {
  const { loginUrl, baseURI } = element;
  readWord('loginTarget', element.loginTarget, ['self', 'window']);
  // A hash alone refers to this page, even if there is a <base> or white space before it.
  const base = String(loginUrl).trim().startsWith('#') ? location.href : baseURI;
  return readUrl('loginUrl', loginUrl, base);
}

/** This page's path. One that begins with two slashes would lead to another host. */
export function pagePath(): string {
  return location.pathname.replace(/^\/+/, '/');
}

/** Where the login panel leads. */
export interface LoginLink {
  /** The login page, with the way back; empty if there is none. */
  readonly href: string;
  /** Whether it opens in a window of its own. */
  readonly hasWindow?: boolean;
}

/** The link of the login panel. */
export function loginLink(element: LoginSettings): LoginLink {
  let url: URL | null = null;
  try {
    url = readLogin(element);
  } catch {
    // An invalid URL gives no link.
  }
  // A login on this page: the link must not reload it.
  if (!url || isOnThisPage(url)) return { href: url?.href ?? '' };
  // A browser never sends the hash to a server, and it may contain data that is not for another origin.
  const hash = url.origin === self.origin ? location.hash : '';
  // A page such as `about:srcdoc` or `blob:` has no address to return to.
  const canReturn = location.protocol.startsWith('http');
  const back = pagePath() + location.search + hash;
  if (canReturn) url.searchParams.set(element.loginReturnParam || 'return_to', back);
  return { href: url.href, hasWindow: canReturn && /window/i.test(element.loginTarget) };
}

/** Whether a URL has a hash and is otherwise this page's URL. */
function isOnThisPage({ href }: URL): boolean {
  const here = resolveUrl('', location.href)?.href ?? '';
  return href.includes('#') && href.split('#')[0] === here.split('#')[0];
}
