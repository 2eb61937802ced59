/**
 * `<QualifioCampaign>` and `<QualifioSignIn>`, React components around the elements, and JSX types for
 * the raw tags. `import 'qualifio-campaign/sign-in'` defines `<qualifio-sign-in>`.
 *
 * React's `hydrateRoot` binds no custom events and sets no properties on a custom element; the
 * components do both, with @lit/react.
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
import type { QualifioSignIn as QualifioSignInElement } from '../sign-in/qualifio-sign-in.js';
import type {
  CampaignAttributes,
  CampaignEventProps,
  CampaignListeners,
  CampaignProperties,
  CampaignProps,
} from './campaign-attributes.js';
import { attributeNames, eventProps, propertyNames } from './element-names.js';
import type {
  SignInAttributes,
  SignInEventProps,
  SignInListeners,
  SignInProperties,
  SignInProps,
} from './sign-in-attributes.js';

// What else an app needs: the class of the element, for settings and refs, and what its events and
// properties are.
export { QualifioCampaignElement };
export type { QualifioSignInElement };
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

/** Props of {@link QualifioSignIn}: those of the element, its event, and all HTML attributes. */
export interface QualifioSignInProps
  extends HTMLAttributes<QualifioSignInElement>, SignInProps, SignInProperties, SignInEventProps {}

type Component<Props, Element> = ForwardRefExoticComponent<
  PropsWithoutRef<Props> & RefAttributes<Element>
>;

/** React 18 warns about layout effects on a server, where no effect runs. */
const react = globalThis.document ? React : { ...React, useLayoutEffect: React.useEffect };

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
export const QualifioCampaign: Component<QualifioCampaignProps, QualifioCampaignElement> =
  componentOf('QualifioCampaign', 'qualifio-campaign', eventProps);

/**
 * `<qualifio-sign-in>` as a component, once in a layout. The app defines the element with
 * `import 'qualifio-campaign/sign-in'`. The events of a campaign are dispatched on its tag's div.
 *
 * @example
 * <QualifioSignIn authEndpoint="/qualifio/token" loginUrl="/login" />
 */
export const QualifioSignIn: Component<QualifioSignInProps, QualifioSignInElement> = componentOf(
  'QualifioSignIn',
  'qualifio-sign-in',
  { onQualifioError: eventProps.onQualifioError },
);

function componentOf<Props extends HTMLAttributes<Element>, Element>(
  displayName: string,
  tagName: string,
  events: Pick<typeof eventProps, 'onQualifioError'>,
): Component<Props, Element> {
  // The properties that @lit/react sets. It leaves everything else to React, which writes
  // attributes, also on the server.
  const propertiesOnly = {
    name: displayName,
    prototype: Object.fromEntries(propertyNames.map((name) => [name, null])),
  };
  const elementClass = propertiesOnly as unknown as { new (): HTMLElement };
  const Tag = createComponent({ react, tagName, elementClass, events });
  const component = React.forwardRef<Element, Props>((props, ref) =>
    React.createElement(Tag, withAttributeNames({ ...props, ref })),
  );
  component.displayName = displayName;
  return component;
}

function withAttributeNames({ hidden, ...props }: HTMLAttributes<unknown>): object {
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
  HTMLAttributes<QualifioSignInElement>,
  QualifioSignInElement
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
