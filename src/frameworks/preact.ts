/** JSX types for `<qualifio-campaign>` in Preact. Define the element with `import 'qualifio-campaign'`. */
import type { ClassAttributes, HTMLAttributes } from 'preact';
import type { QualifioCampaign } from '../element/qualifio-campaign.js';
import type {
  CampaignAttributes,
  CampaignListeners,
  CampaignProperties,
} from './campaign-attributes.js';

/** What the tag accepts in JSX. */
export type QualifioCampaignProps = HTMLAttributes<QualifioCampaign> &
  ClassAttributes<QualifioCampaign> &
  CampaignAttributes &
  CampaignProperties &
  CampaignListeners<'on'>;

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'qualifio-campaign': QualifioCampaignProps;
    }
  }
}
