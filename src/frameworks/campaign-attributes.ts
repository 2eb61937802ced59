import type { QualifioCampaign } from '../element/qualifio-campaign.js';
import type { QualifioCampaignEventMap } from '../events.js';
import type { Attributes, EventProps, Listeners, Properties, Props } from './element-attributes.js';

/** What of `<qualifio-campaign>` can be set only as a property. */
export type CampaignProperties = Properties<QualifioCampaign>;

/** The attributes of `<qualifio-campaign>` under their camelCase names, for components. */
export type CampaignProps = Props<QualifioCampaign>;

/** The attributes of `<qualifio-campaign>`, as template languages write them. */
export type CampaignAttributes = Attributes<QualifioCampaign>;

/** A listener for each event, under the event's name with the template language's prefix. */
export type CampaignListeners<Prefix extends string> = Listeners<QualifioCampaignEventMap, Prefix>;

/** A listener for each event, under names such as `onQualifioReady`. */
export type CampaignEventProps = EventProps<QualifioCampaignEventMap>;
