import type { FoundCampaign } from './pasted-text.js';
import type { Options } from './options.js';

/** One attribute of the element. */
export interface Attribute {
  readonly name: string;
  /** An empty string for an attribute without a value. */
  readonly value: string;
}

/** The campaign and the options as all outputs need them. */
export interface CampaignSettings {
  readonly campaign: FoundCampaign;
  readonly options: Options;
  readonly attributes: readonly Attribute[];
  /** Pixels to reserve; null if the height is a percentage. */
  readonly reserved: string | null;
  /** The campaign ID (technical ID); an empty string if it is not known yet. */
  readonly tokenCampaignId: string;
  readonly pageOrigin: string;
}

/** The height of the element if neither the tag nor the publisher gives one. */
const usualHeight = '1200';
const usualStyle = 'max-width:810px;margin:0 auto;';

/** @param options without mistakes; see `mistakesIn`. */
export function settingsOf(campaign: FoundCampaign, options: Options): CampaignSettings {
  const height = options.height || campaign.height || usualHeight;
  const tokenCampaignId = options.tokenCampaignId || campaign.tokenCampaignId;
  const isInPage = options.values === 'page';
  const { width, frameStyle } = campaign;
  const all: [name: string, value: string, unless?: string][] = [
    ['campaign-id', campaign.campaignId],
    ['channel-id', isInPage ? campaign.channelId : ''],
    ['host', isInPage ? campaign.host : ''],
    ['token-campaign-id', isInPage ? tokenCampaignId : ''],
    ['auth-endpoint', options.authEndpoint],
    ['login-url', options.loginUrl],
    ['login-target', options.loginUrl === '' ? '' : options.loginTarget, 'self'],
    ['loading', options.loading, 'eager'],
    ['pre-login', options.preLogin, 'always'],
    ['width', isInPage ? width : '', '100%'],
    ['height', isInPage ? height : options.height, usualHeight],
    ['frame-style', isInPage ? frameStyle : '', usualStyle],
  ];
  const attributes = all
    .filter(([, value, usual]) => value !== '' && value !== usual)
    .map(([name, value]) => ({ name, value }));
  if (options.prefetchToken) attributes.push({ name: 'prefetch-token', value: '' });
  return {
    campaign,
    options,
    attributes,
    reserved: /%$/.test(height) ? null : height.replace('px', ''),
    tokenCampaignId,
    pageOrigin: new URL(options.pageUrl).origin,
  };
}
