/**
 * Defines `<qualifio-campaign>`, unless something has defined it already. Harmless on a server,
 * where there is no element registry.
 *
 * As a classic script (the CDN file) it takes the page's settings from its own `<script>`:
 * `data-kit-url` and `data-allowed-hosts`. Only the running script counts, so that injected markup
 * cannot imitate it.
 */
import { documentMember } from './page/document-member.js';
import { useNonce } from './page/kit.js';
import { takeTag } from './page/page-trust.js';
import { QualifioCampaign } from './element/qualifio-campaign.js';

declare global {
  interface HTMLElementTagNameMap {
    'qualifio-campaign': QualifioCampaign;
  }
}

if (globalThis.customElements && !customElements.get('qualifio-campaign')) {
  customElements.define('qualifio-campaign', QualifioCampaign);
}

// An image or a form named `currentScript` replaces it on `document`, and the running script can be an
// SVG one.
const script: unknown = globalThis.document && documentMember('currentScript');
if (script && script instanceof HTMLScriptElement) {
  takeTag(script);
  useNonce(script.nonce);
}
