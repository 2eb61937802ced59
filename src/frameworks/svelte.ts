/**
 * Template types for `<qualifio-campaign>` and `<qualifio-sign-in>` in Svelte 5. Define an element with
 * `import 'qualifio-campaign'` or `import 'qualifio-campaign/sign-in'`.
 */
import type { HTMLAttributes } from 'svelte/elements';
import type { QualifioCampaign } from '../element/qualifio-campaign.js';
import type { QualifioSignIn } from '../sign-in/qualifio-sign-in.js';
import type {
  CampaignAttributes,
  CampaignListeners,
  CampaignProperties,
} from './campaign-attributes.js';
import type { SignInAttributes, SignInListeners, SignInProperties } from './sign-in-attributes.js';

/** What `<qualifio-campaign>` accepts in a template. */
export type QualifioCampaignProps = HTMLAttributes<QualifioCampaign> &
  CampaignAttributes &
  CampaignProperties &
  CampaignListeners<'on'>;

/** What `<qualifio-sign-in>` accepts in a template. */
export type QualifioSignInProps = HTMLAttributes<QualifioSignIn> &
  SignInAttributes &
  SignInProperties &
  SignInListeners<'on'>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'qualifio-campaign': QualifioCampaignProps;
    'qualifio-sign-in': QualifioSignInProps;
  }
}
