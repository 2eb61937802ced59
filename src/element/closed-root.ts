import { adoptStyles } from 'lit';
import { styles } from './qualifio-campaign.styles.js';

/**
 * The closed shadow root that markup has given to `element`, emptied and with the element's styles;
 * null where there is none. There cannot be another one beside it.
 */
export function closedRoot(
  element: HTMLElement,
  { shadowRoot }: ElementInternals,
): ShadowRoot | null {
  if (!shadowRoot || element.shadowRoot) return null;
  shadowRoot.replaceChildren();
  adoptStyles(shadowRoot, [styles]);
  return shadowRoot;
}
