/**
 * What passes between a page and its campaigns, told to whoever debugs them: the element of
 * `qualifio-campaign/inspector`. Where nobody listens, nothing is done.
 *
 * A token never comes here. Of one it is told what can be known without holding it.
 */
import { pageRegistry, type Inspection } from './page-registry.js';

/** Tells those who listen. */
export function inspect(inspection: Inspection): void {
  pageRegistry().inspectors?.forEach((tell) => tell(inspection));
}
