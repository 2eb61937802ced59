import { kitUnknowns, type KitKnobs } from './knob-table.js';
import { worded } from './worded.js';

/** What `<qualifio-inspector>` recorded of Qualifio's real kit. */
export interface KitProfile {
  readonly version: 1;
  /** Date and time of the recording (ISO 8601). */
  readonly recordedAt?: string | undefined;
  /** URL of the kit. */
  readonly kitUrl?: string | undefined;
  /** What was seen. A fact that was not seen is absent. */
  readonly facts: KitFacts;
}

/** Facts about a kit. Those with the name of a knob set it; the others are for people. */
export interface KitFacts extends Partial<Pick<KitKnobs, keyof typeof kitUnknowns>> {
  readonly [fact: string]: unknown;
}

const advice = 'use the file that <qualifio-inspector> offers';

/**
 * The knobs that a profile sets.
 *
 * @throws TypeError naming `kitProfile`, what was found and the fix.
 */
export function knobsOfProfile(profile: unknown): Partial<KitKnobs> {
  if (!isObject(profile)) {
    throw new TypeError(`kitProfile is ${worded(profile)}, not a kit profile; ${advice}`);
  }
  const { version, facts } = profile;
  if (version !== 1) {
    const found = Object.hasOwn(profile, 'version') ? `version ${worded(version)}` : 'no version';
    throw new TypeError(`kitProfile has ${found}; the version must be 1, so ${advice}`);
  }
  if (!isObject(facts)) {
    const found = Object.hasOwn(profile, 'facts') ? `facts that are ${worded(facts)}` : 'no facts';
    throw new TypeError(`kitProfile has ${found}; the facts must be an object, so ${advice}`);
  }
  const seen = Object.entries(kitUnknowns).filter(([fact]) => Object.hasOwn(facts, fact));
  return Object.fromEntries(seen.map(([fact, { values }]) => [fact, choose(fact, values, facts)]));
}

function choose(fact: string, values: readonly string[], facts: Record<string, unknown>): string {
  const value = values.find((each) => each === facts[fact]);
  if (value !== undefined) return value;
  throw new TypeError(
    `kitProfile has ${worded(facts[fact])} for the fact "${fact}"; use ${values.join('|')}, or remove the fact`,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
