import type { QualifioCampaignEventMap } from '../events.js';
import type { QualifioSignIn } from '../sign-in/qualifio-sign-in.js';
import type { Attributes, EventProps, Listeners, Properties, Props } from './element-attributes.js';

/** The events that `<qualifio-sign-in>` itself dispatches; those of a campaign come from the tag's div. */
export type SignInEventMap = Pick<QualifioCampaignEventMap, 'qualifio-error'>;

/** What of `<qualifio-sign-in>` can be set only as a property. */
export type SignInProperties = Properties<QualifioSignIn>;

/** The attributes of `<qualifio-sign-in>` under their camelCase names, for components. */
export type SignInProps = Props<QualifioSignIn>;

/** The attributes of `<qualifio-sign-in>`, as template languages write them. */
export type SignInAttributes = Attributes<QualifioSignIn>;

/** A listener for each event, under the event's name with the template language's prefix. */
export type SignInListeners<Prefix extends string> = Listeners<SignInEventMap, Prefix>;

/** A listener for each event, under names such as `onQualifioError`. */
export type SignInEventProps = EventProps<SignInEventMap>;
