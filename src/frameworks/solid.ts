/**
 * JSX types for `<qualifio-campaign>` in Solid. Define the element with `import 'qualifio-campaign'`.
 *
 * Solid lower-cases names that have no prefix: events are `on:…`, properties `prop:…`.
 */
import type { JSX } from 'solid-js';
import type { QualifioCampaign } from '../element/qualifio-campaign.js';
import type {
  CampaignAttributes,
  CampaignListeners,
  CampaignProperties,
} from './campaign-attributes.js';

/** What the tag accepts in JSX. */
export type QualifioCampaignProps = JSX.HTMLAttributes<QualifioCampaign> &
  CampaignAttributes &
  CampaignListeners<'on:'> & {
    [Name in keyof CampaignProperties as `prop:${Name}`]?: CampaignProperties[Name];
  };

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'qualifio-campaign': QualifioCampaignProps;
    }
  }
}
