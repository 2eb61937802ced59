import type { Requester } from './http/requester.js';
import type { DoctorOptions } from './command/options.js';
import type { Report } from './report.js';
import type { Secrets } from './secrets.js';

/** What every check works with. */
export interface Context {
  readonly options: DoctorOptions;
  readonly report: Report;
  readonly requester: Requester;
  readonly secrets: Secrets;
  readonly signal: AbortSignal;
  /** Says what is done now, where that is shown. */
  readonly progress: (what: string) => void;
}

/** A campaign whose tokens an endpoint signs. */
export interface TargetCampaign {
  /** The number in the tag. */
  readonly number: string;
  /** The technical ID that a token must name; empty if it is not known. */
  readonly technicalId: string;
  /** Host of the campaign; empty if it is not known. */
  readonly host: string;
  /** Whether the element asks the endpoint for its tag. */
  readonly asksForTag: boolean;
}

/** An endpoint to check. */
export interface Target {
  readonly endpoint: URL;
  readonly campaigns: readonly TargetCampaign[];
  /** The page that calls it; undefined if there is none. */
  readonly page: URL | undefined;
}
