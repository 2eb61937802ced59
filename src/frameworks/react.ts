/**
 * `<QualifioCampaign>`, a React component around the element, and JSX types for the raw tag and for
 * `<qualifio-sign-in>`, which `import 'qualifio-campaign/sign-in'` defines.
 *
 * React's `hydrateRoot` binds no custom events and sets no properties on a custom element; the
 * component does both, with @lit/react.
 */
import '../define.js';

import { createComponent } from '@lit/react';
import React, {
  type DetailedHTMLProps,
  type ForwardRefExoticComponent,
  type HTMLAttributes,
  type PropsWithoutRef,
  type RefAttributes,
} from 'react';
import { QualifioCampaign as QualifioCampaignElement } from '../element/qualifio-campaign.js';
import type { QualifioSignIn } from '../sign-in/qualifio-sign-in.js';
import type {
  CampaignAttributes,
  CampaignEventProps,
  CampaignListeners,
  CampaignProperties,
  CampaignProps,
} from './campaign-attributes.js';
import { attributeNames, eventProps, propertyNames } from './element-names.js';
import type { SignInAttributes, SignInListeners, SignInProperties } from './sign-in-attributes.js';

// What else an app needs: the class of the element, for settings and refs, and what its events and
// properties are.
export { QualifioCampaignElement };
export { QualifioError, type QualifioErrorCode, type QualifioErrorPhase } from '../errors.js';
export * from '../events.js';
export type { CampaignStrings } from '../element/strings/campaign-strings.js';
export type { TokenProvider, TokenReason, TokenRequest } from '../token/token-source.js';

/** Listeners, under the names that React users expect. */
export interface QualifioCampaignEventProps extends CampaignEventProps {}

/** Props of {@link QualifioCampaign}: those of the element, its events, and all HTML attributes. */
export interface QualifioCampaignProps
  extends
    HTMLAttributes<QualifioCampaignElement>,
    CampaignProps,
    CampaignProperties,
    QualifioCampaignEventProps {}

/**
 * The properties of the element that @lit/react sets. It leaves everything else to React, which
 * writes attributes, also on the server.
 */
const propertiesOnly = {
  name: 'QualifioCampaign',
  prototype: Object.fromEntries(propertyNames.map((name) => [name, null])),
};

/** React 18 warns about layout effects on a server, where no effect runs. */
const react = globalThis.document ? React : { ...React, useLayoutEffect: React.useEffect };

const Campaign = createComponent({
  react,
  tagName: 'qualifio-campaign',
  elementClass: propertiesOnly as unknown as { new (): QualifioCampaignElement },
  events: eventProps,
});

/**
 * The element as a component. Works with server rendering, hydration and strict mode; a `ref` holds
 * the element, for `resume()`, `load()` and `reload()`.
 *
 * @example
 * <QualifioCampaign
 *   campaignId="123456"
 *   channelId="B7FDCFDA-C477-C4BA-3C54-728AD8594DE6"
 *   host="jeux.publisher.com"
 *   authEndpoint="/qualifio/token"
 *   onQualifioLoginRequired={(event) => event.waitUntil(openLogin())}
 * />
 */
export const QualifioCampaign: ForwardRefExoticComponent<
  PropsWithoutRef<QualifioCampaignProps> & RefAttributes<QualifioCampaignElement>
> = React.forwardRef((props, ref) =>
  React.createElement(Campaign, { ...withAttributeNames(props), ref }),
);
QualifioCampaign.displayName = 'QualifioCampaign';

function withAttributeNames({ hidden, ...props }: QualifioCampaignProps): object {
  // React 18 would write `hidden="false"`, which hides.
  const named: Record<string, unknown> = { hidden: hidden || undefined };
  for (const [name, value] of Object.entries(props)) {
    named[attributeNames.get(name) ?? name] = value;
  }
  return named;
}

/** What the raw tag accepts in JSX. */
export type QualifioCampaignTagProps = DetailedHTMLProps<
  HTMLAttributes<QualifioCampaignElement>,
  QualifioCampaignElement
> &
  CampaignAttributes &
  CampaignProperties &
  CampaignListeners<'on'>;

/** What `<qualifio-sign-in>` accepts in JSX. */
export type QualifioSignInTagProps = DetailedHTMLProps<
  HTMLAttributes<QualifioSignIn>,
  QualifioSignIn
> &
  SignInAttributes &
  SignInProperties &
  SignInListeners<'on'>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'qualifio-campaign': QualifioCampaignTagProps;
      'qualifio-sign-in': QualifioSignInTagProps;
    }
  }
}
