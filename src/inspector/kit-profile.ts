import type { KitFacts } from './kit-probe.js';

/** What was found out about Qualifio's script, for the simulator's `--kit-profile`. */
export interface KitProfile {
  readonly version: 1;
  /** Date and time of the recording (ISO 8601). */
  readonly recordedAt: string;
  /** URL of the script, without its query. */
  readonly kitUrl: string;
  readonly facts: KitFacts;
}

/** A URL that downloads the file. */
export function profileHref(profile: KitProfile): string {
  const text = `${JSON.stringify(profile, null, 2)}\n`;
  return `data:application/json,${encodeURIComponent(text)}`;
}
