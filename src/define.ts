/**
 * Defines `<qualifio-campaign>`, unless something has defined it already. Harmless on a server,
 * where there is no element registry.
 *
 * As a classic script (the CDN file) it takes the page's settings from its own `<script>`:
 * `data-kit-url` and `data-allowed-hosts`. Only the running script counts, so that injected markup
 * cannot pose as it.
 */
import { QualifioCampaign } from './qualifio-campaign.js';

declare global {
  interface HTMLElementTagNameMap {
    'qualifio-campaign': QualifioCampaign;
  }
}

if (globalThis.customElements && !customElements.get('qualifio-campaign')) {
  customElements.define('qualifio-campaign', QualifioCampaign);
}

// An element named so would hide the document's own property.
const script: unknown =
  globalThis.document && Reflect.get(Document.prototype, 'currentScript', document);
// An image or a form may be named `currentScript`, and then stands in its place.
if (script && script instanceof HTMLScriptElement) {
  const { kitUrl, allowedHosts } = script.dataset;
  // Elements are of the class of the copy that came first.
  const Campaign = customElements.get('qualifio-campaign') as typeof QualifioCampaign;
  if (kitUrl) Campaign.kitUrl = kitUrl;
  if (allowedHosts !== undefined) Campaign.allowedHosts = allowedHosts.split(/\s+/).filter(Boolean);
}
