/**
 * Template types for `<qualifio-campaign>` and `<qualifio-sign-in>` in Vue 3. Define an element with
 * `import 'qualifio-campaign'` or `import 'qualifio-campaign/sign-in'`, and set the option of Vue's
 * compiler: `isCustomElement: (tag) => tag.startsWith('qualifio-')`.
 */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { QualifioCampaignEventMap } from '../events.js';
import type { QualifioCampaign } from '../element/qualifio-campaign.js';
import type { QualifioSignIn } from '../sign-in/qualifio-sign-in.js';
import type {
  CampaignAttributes,
  CampaignProperties,
  CampaignProps,
} from './campaign-attributes.js';
import type {
  SignInAttributes,
  SignInEventMap,
  SignInProperties,
  SignInProps,
} from './sign-in-attributes.js';

/** What `<qualifio-campaign>` accepts in a template; Vue's tools look up attributes by their camelCase name. */
export type QualifioCampaignProps = PublicProps &
  HTMLAttributes &
  CampaignAttributes &
  CampaignProps &
  CampaignProperties;

/** What `<qualifio-sign-in>` accepts in a template. */
export type QualifioSignInProps = PublicProps &
  HTMLAttributes &
  SignInAttributes &
  SignInProps &
  SignInProperties;

/** An element, as Vue's tools see a component. */
type Tag<Element, Props, Events> = new () => Element & {
  $props: Props;
  $emit: EmitFn<{ [Name in keyof Events]: (event: Events[Name]) => void }>;
};

/** `<qualifio-campaign>`, as Vue's tools see a component. */
export type QualifioCampaignTag = Tag<
  QualifioCampaign,
  QualifioCampaignProps,
  QualifioCampaignEventMap
>;

/** `<qualifio-sign-in>`, as Vue's tools see a component. */
export type QualifioSignInTag = Tag<QualifioSignIn, QualifioSignInProps, SignInEventMap>;

declare module 'vue' {
  interface GlobalComponents {
    'qualifio-campaign': QualifioCampaignTag;
    'qualifio-sign-in': QualifioSignInTag;
  }
  // What Vue's own types lack: `<form slot="login">`.
  interface HTMLAttributes {
    slot?: string | undefined;
  }
}
