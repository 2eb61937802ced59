/**
 * JSX types for `<qualifio-campaign>` and `<qualifio-sign-in>` in Solid. Define an element with
 * `import 'qualifio-campaign'` or `import 'qualifio-campaign/sign-in'`.
 *
 * Solid lower-cases names that have no prefix: events are `on:…`, properties `prop:…`.
 */
import type { JSX } from 'solid-js';
import type { QualifioCampaign } from '../element/qualifio-campaign.js';
import type { QualifioSignIn } from '../sign-in/qualifio-sign-in.js';
import type {
  CampaignAttributes,
  CampaignListeners,
  CampaignProperties,
} from './campaign-attributes.js';
import type { SignInAttributes, SignInListeners, SignInProperties } from './sign-in-attributes.js';

/** Properties, as Solid writes them. */
type Prefixed<Properties> = {
  [Name in keyof Properties & string as `prop:${Name}`]?: Properties[Name];
};

/** What `<qualifio-campaign>` accepts in JSX. */
export type QualifioCampaignProps = JSX.HTMLAttributes<QualifioCampaign> &
  CampaignAttributes &
  CampaignListeners<'on:'> &
  Prefixed<CampaignProperties>;

/** What `<qualifio-sign-in>` accepts in JSX. */
export type QualifioSignInProps = JSX.HTMLAttributes<QualifioSignIn> &
  SignInAttributes &
  SignInListeners<'on:'> &
  Prefixed<SignInProperties>;

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'qualifio-campaign': QualifioCampaignProps;
      'qualifio-sign-in': QualifioSignInProps;
    }
  }
}
