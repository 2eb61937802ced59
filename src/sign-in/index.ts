/**
 * Defines `<qualifio-sign-in>`, which signs in the campaigns of pasted tags, and exports its class,
 * events, errors and types. As a classic script (the CDN file) it takes `data-allowed-hosts` from its
 * own `<script>`. Harmless on a server.
 */
import { documentMember } from '../page/document-member.js';
import { takeTag } from '../page/page-trust.js';
import { QualifioSignIn } from './qualifio-sign-in.js';

declare global {
  interface HTMLElementTagNameMap {
    'qualifio-sign-in': QualifioSignIn;
  }
}

// Before the element is defined: one that waits in the page starts at once.
const script: unknown = globalThis.document && documentMember('currentScript');
if (script && script instanceof HTMLScriptElement) takeTag(script);

if (globalThis.customElements && !customElements.get('qualifio-sign-in')) {
  customElements.define('qualifio-sign-in', QualifioSignIn);
}

export { QualifioSignIn };
export type { SignInCampaign } from './qualifio-sign-in.js';
export {
  QualifioError,
  type QualifioErrorCode,
  type QualifioErrorOptions,
  type QualifioErrorPhase,
} from '../errors.js';
export * from '../events.js';
export type { CampaignStrings } from '../element/strings/campaign-strings.js';
export type { TokenProvider, TokenReason, TokenRequest } from '../token/token-source.js';
