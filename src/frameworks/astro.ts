/**
 * Types for `<qualifio-campaign>` in the templates of Astro. Define the element in a script of the
 * page, with `import 'qualifio-campaign'`.
 */
import type { CampaignAttributes } from './campaign-attributes.js';

declare global {
  namespace astroHTML.JSX {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Astro adds its own.
    interface HTMLAttributes {}

    interface IntrinsicElements {
      'qualifio-campaign': HTMLAttributes & CampaignAttributes;
    }
  }
}
