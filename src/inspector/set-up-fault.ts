import type { Inspected, SetUp } from './inspected.js';
import type { KitFacts } from './kit-probe.js';
import type { Findings } from './set-up-probes.js';
import type { TimelineEntry } from './timeline-entry.js';
import type { Violations } from './violations.js';

/** Something in the page's set-up that does not work, or is not safe. */
export interface SetUpFault {
  readonly id:
    | 'library-missing'
    | 'cross-site-frame'
    | 'kit-blocked'
    | 'kit-queue'
    | 'frame-missing'
    | 'frame-late'
    | 'frame-blocked'
    | 'frame-hidden'
    | 'host-not-allowed'
    | 'host-unreachable'
    | 'endpoint-blocked'
    | 'endpoint-cors'
    | 'endpoint-silent'
    | 'endpoint-stored'
    | 'endpoint-answer'
    | 'endpoint-redirect'
    | 'endpoint-cookie'
    | 'token-refused'
    | 'token-lifetime'
    | 'token-without-end'
    | 'token-in-milliseconds'
    | 'token-names-tag'
    | 'foreign-messages'
    | 'page-is-file'
    | 'sandboxed'
    | 'cross-origin-isolated'
    | 'no-frame-src'
    | 'no-allowed-hosts'
    | 'sign-in-hosts'
    | 'sign-in-settings'
    | 'sign-in-tag'
    | 'sign-in-callbacks';
  /** A `fault` breaks something, or will; `advice` makes a working page safer. */
  readonly severity: 'fault' | 'advice';
  /** What is wrong; code is in backticks. */
  readonly what: string;
  /** What to do about it; code is in backticks. */
  readonly fix: string;
}

/** What the faults are found in. */
export interface Evidence extends Readonly<Findings> {
  readonly campaign: Inspected['campaign'];
  readonly signIn: Inspected['signIn'];
  readonly setUp: SetUp;
  /** What is known about the page's kit. */
  readonly kit: KitFacts;
  readonly entries: readonly TimelineEntry[];
  readonly violations: Violations;
}

/** A fault: it breaks something, or will. */
export const fault = (id: SetUpFault['id'], what: string, fix: string): SetUpFault => ({
  id,
  severity: 'fault',
  what,
  fix,
});
