/**
 * Template types for `<qualifio-campaign>` in Vue 3. Define the element with
 * `import 'qualifio-campaign'`, and set the option of Vue's compiler: `isCustomElement: (tag) => tag === 'qualifio-campaign'`.
 */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { QualifioCampaignEventMap } from '../events.js';
import type { QualifioCampaign } from '../element/qualifio-campaign.js';
import type {
  CampaignAttributes,
  CampaignProperties,
  CampaignProps,
} from './campaign-attributes.js';

/** What the tag accepts in a template; Vue's tools look up attributes by their camelCase name. */
export type QualifioCampaignProps = PublicProps &
  HTMLAttributes &
  CampaignAttributes &
  CampaignProps &
  CampaignProperties;

/** The element, as Vue's tools see a component. */
export type QualifioCampaignTag = new () => QualifioCampaign & {
  $props: QualifioCampaignProps;
  $emit: EmitFn<{
    [Name in keyof QualifioCampaignEventMap]: (event: QualifioCampaignEventMap[Name]) => void;
  }>;
};

declare module 'vue' {
  interface GlobalComponents {
    'qualifio-campaign': QualifioCampaignTag;
  }
  // What Vue's own types lack: `<form slot="login">`.
  interface HTMLAttributes {
    slot?: string | undefined;
  }
}
