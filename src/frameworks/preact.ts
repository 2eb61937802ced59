/**
 * JSX types for `<qualifio-campaign>` and `<qualifio-sign-in>` in Preact. Define an element with
 * `import 'qualifio-campaign'` or `import 'qualifio-campaign/sign-in'`.
 */
import type { ClassAttributes, HTMLAttributes } from 'preact';
import type { QualifioCampaign } from '../element/qualifio-campaign.js';
import type { QualifioSignIn } from '../sign-in/qualifio-sign-in.js';
import type {
  CampaignAttributes,
  CampaignListeners,
  CampaignProperties,
} from './campaign-attributes.js';
import type { SignInAttributes, SignInListeners, SignInProperties } from './sign-in-attributes.js';

/** What `<qualifio-campaign>` accepts in JSX. */
export type QualifioCampaignProps = HTMLAttributes<QualifioCampaign> &
  ClassAttributes<QualifioCampaign> &
  CampaignAttributes &
  CampaignProperties &
  CampaignListeners<'on'>;

/** What `<qualifio-sign-in>` accepts in JSX. */
export type QualifioSignInProps = HTMLAttributes<QualifioSignIn> &
  ClassAttributes<QualifioSignIn> &
  SignInAttributes &
  SignInProperties &
  SignInListeners<'on'>;

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'qualifio-campaign': QualifioCampaignProps;
      'qualifio-sign-in': QualifioSignInProps;
    }
  }
}
