/**
 * Types for `<qualifio-campaign>` and `<qualifio-sign-in>` in the templates of Astro. Define an element
 * in a script of the page, with `import 'qualifio-campaign'` or `import 'qualifio-campaign/sign-in'`.
 */
import type { CampaignAttributes } from './campaign-attributes.js';
import type { SignInAttributes } from './sign-in-attributes.js';

declare global {
  namespace astroHTML.JSX {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Astro adds its own.
    interface HTMLAttributes {}

    interface IntrinsicElements {
      'qualifio-campaign': HTMLAttributes & CampaignAttributes;
      'qualifio-sign-in': HTMLAttributes & SignInAttributes;
    }
  }
}
