/**
 * Reports what passes between a page and its campaigns to `qualifio-campaign/inspector`. If nothing
 * listens, it does nothing.
 *
 * It never receives a token, only facts about it.
 */
import { pageRegistry, type Inspection } from './page-registry.js';

/** Reports to the listeners. */
export function inspect(inspection: Inspection): void {
  pageRegistry().inspectors?.forEach((tell) => tell(inspection));
}
