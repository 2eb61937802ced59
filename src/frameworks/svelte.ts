/** Template types for `<qualifio-campaign>` in Svelte 5. Define the element with `import 'qualifio-campaign'`. */
import type { HTMLAttributes } from 'svelte/elements';
import type { QualifioCampaign } from '../element/qualifio-campaign.js';
import type {
  CampaignAttributes,
  CampaignListeners,
  CampaignProperties,
} from './campaign-attributes.js';

/** What the tag accepts in a template. */
export type QualifioCampaignProps = HTMLAttributes<QualifioCampaign> &
  CampaignAttributes &
  CampaignProperties &
  CampaignListeners<'on'>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'qualifio-campaign': QualifioCampaignProps;
  }
}
