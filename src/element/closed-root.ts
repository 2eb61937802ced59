import { adoptStyles } from '@lit/reactive-element';
import { styles } from './qualifio-campaign.styles.js';

/**
 * The closed shadow root that markup gave `element`, emptied and with the element's styles; null if
 * there is none. An element cannot have a second one.
 */
export function closedRoot(
  element: HTMLElement,
  internals: Partial<ElementInternals> | undefined,
): ShadowRoot | null {
  const shadowRoot = internals?.shadowRoot;
  if (!shadowRoot || element.shadowRoot) return null;
  shadowRoot.replaceChildren();
  adoptStyles(shadowRoot, [styles]);
  return shadowRoot;
}
