import type { PropertyDeclarations } from '@lit/reactive-element';

/** Some frameworks write `prefetch-token="false"` to turn it off. */
const flag = { fromAttribute: (value: string | null) => value !== null && value !== 'false' };

/** The reactive properties of `<qualifio-campaign>`; the class documents them. */
export const properties: PropertyDeclarations = {
  campaignId: { attribute: 'campaign-id' },
  tokenCampaignId: { attribute: 'token-campaign-id' },
  channelId: { attribute: 'channel-id' },
  host: {},
  authEndpoint: { attribute: 'auth-endpoint' },
  loginUrl: { attribute: 'login-url' },
  loginReturnParam: { attribute: 'login-return-param' },
  loading: {},
  width: {},
  height: {},
  frameStyle: { attribute: 'frame-style' },
  frameTitle: { attribute: 'frame-title' },
  preLogin: { attribute: 'pre-login' },
  relay: {},
  prefetchToken: { attribute: 'prefetch-token', converter: flag },
  tokenTimeout: { attribute: 'token-timeout', type: Number },
  kitTimeout: { attribute: 'kit-timeout', type: Number },
  tokenProvider: { attribute: false },
  strings: { attribute: false },
};
