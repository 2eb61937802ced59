import type { CampaignStrings } from '../element/strings/campaign-strings.js';
import type { TokenProvider } from '../token/token-source.js';
import type { QualifioCampaign } from '../element/qualifio-campaign.js';
import type { QualifioCampaignEventMap } from '../events.js';

type Element = QualifioCampaign;

/**
 * The attributes of `<qualifio-campaign>`, as template languages write them. They reach the element
 * in every framework, on a server and before the element is defined; properties do not.
 */
export interface CampaignAttributes {
  /** Digits: the number in the tag's `qualifio_insert_place_<number>`. */
  'campaign-id'?: string | number | undefined;
  /** Digits: the campaign's technical ID, which a token names. */
  'token-campaign-id'?: string | number | undefined;
  /** GUID of the channel, in the tag's `createIframe`. */
  'channel-id'?: string | undefined;
  /** Campaign host, as in the tag's `createIframe`. */
  host?: string | undefined;
  /** URL of your token endpoint. */
  'auth-endpoint'?: string | undefined;
  /** Your login page, to which the built-in login panel links. */
  'login-url'?: string | undefined;
  /** The query parameter of `login-url` that says where to come back to. Default: `return_to`. */
  'login-return-param'?: string | undefined;
  /** When the campaign starts. Default: `eager`. */
  loading?: Element['loading'] | undefined;
  /** Pixels without unit, or a percentage. Default: `100%`. */
  width?: string | number | undefined;
  /** Pixels without unit, or a percentage. Default: `1200`. */
  height?: string | number | undefined;
  /** CSS declarations for the frame. */
  'frame-style'?: string | undefined;
  /** Accessible name of the iframe. */
  'frame-title'?: string | undefined;
  /** Whether the campaign shows its pre-login screen. Default: `always`. */
  'pre-login'?: Element['preLogin'] | undefined;
  /** Names of other messages of the campaign, separated by spaces. */
  relay?: string | undefined;
  /** Requests a token as soon as the frame is ready. Default: off. */
  'prefetch-token'?: boolean | '' | 'true' | 'false' | undefined;
  /** Milliseconds for one token, retries included. Default: 10000. */
  'token-timeout'?: string | number | undefined;
  /** Milliseconds for kit and frame together. Default: 15000. */
  'kit-timeout'?: string | number | undefined;
}

/** What can be set only as a property. */
export interface CampaignProperties {
  /** Provides tokens instead of `auth-endpoint`. */
  tokenProvider?: TokenProvider | null | undefined;
  /** Texts that replace the built-in ones. */
  strings?: Partial<CampaignStrings> | undefined;
}

/** Each attribute by its camelCase name. */
export const attributeNames = {
  campaignId: 'campaign-id',
  tokenCampaignId: 'token-campaign-id',
  channelId: 'channel-id',
  host: 'host',
  authEndpoint: 'auth-endpoint',
  loginUrl: 'login-url',
  loginReturnParam: 'login-return-param',
  loading: 'loading',
  width: 'width',
  height: 'height',
  frameStyle: 'frame-style',
  frameTitle: 'frame-title',
  preLogin: 'pre-login',
  relay: 'relay',
  prefetchToken: 'prefetch-token',
  tokenTimeout: 'token-timeout',
  kitTimeout: 'kit-timeout',
} as const;

/** The attributes under their camelCase names, for components. */
export type CampaignProps = {
  [Name in keyof typeof attributeNames]?: CampaignAttributes[(typeof attributeNames)[Name]];
};

/** A listener for each event, under the event's name with the template language's prefix. */
export type CampaignListeners<Prefix extends string> = {
  [Name in keyof QualifioCampaignEventMap as `${Prefix}${Name}`]?:
    ((event: QualifioCampaignEventMap[Name]) => void) | undefined;
};
