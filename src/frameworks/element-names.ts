import { QualifioCampaign } from '../element/qualifio-campaign.js';
import { eventNames } from '../events.js';
import type { CampaignEventProps } from './campaign-attributes.js';

const settings = Object.entries<{ attribute?: string | boolean }>(QualifioCampaign.properties);

/** Each attribute by its camelCase name, as the element declares it. */
export const attributeNames: ReadonlyMap<string, string> = new Map(
  settings
    .filter(([, { attribute }]) => attribute !== false)
    .map(([name, { attribute }]) => [name, String(attribute ?? name.toLowerCase())]),
);

/** The settings that have no attribute. */
export const propertyNames: readonly string[] = settings
  .filter(([, { attribute }]) => attribute === false)
  .map(([name]) => name);

const eventPairs = eventNames.map((name) => [
  `on-${name}`.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
  name,
]);

/** Each event by the name of its prop, such as `onQualifioReady`. */
export const eventProps: Readonly<Record<keyof CampaignEventProps, string>> = Object.fromEntries(
  eventPairs,
) as Record<keyof CampaignEventProps, string>;
