/**
 * Defines `<qualifio-inspector>`, which shows one campaign's conversation for debugging, and exports
 * its class. For development; not part of the CDN file. Harmless on a server.
 */
import { QualifioInspector } from './qualifio-inspector.js';

declare global {
  interface HTMLElementTagNameMap {
    'qualifio-inspector': QualifioInspector;
  }
}

if (globalThis.customElements && !customElements.get('qualifio-inspector')) {
  customElements.define('qualifio-inspector', QualifioInspector);
}

export { QualifioInspector };
export type { KitProfile } from './kit-profile.js';
export type { KitFacts } from './kit-probe.js';
export type { SetUpFault } from './set-up-fault.js';
export type { TimelineEntry, TokenSummary } from './timeline-entry.js';
