import { endpointRows } from './endpoint-rows.js';
import { jwksRows } from './jwks-rows.js';
import { pageRows } from './page-rows.js';

/** A check, as `--list` and docs/doctor.md show it. */
export interface Check {
  /** Stable name; begins with the name of its area. */
  readonly id: string;
  /** What happens if the set-up is wrong: it fails, is a warning, or either, by the case. */
  readonly level: 'fails' | 'warns' | 'fails or warns';
  /** What is right. */
  readonly right: string;
  /** What to do if it is not. */
  readonly fix: string;
}

const levels = { F: 'fails', W: 'warns', FW: 'fails or warns' } as const;

/** Every check, in the order of the report. */
export const checks: readonly Check[] = [...pageRows, ...endpointRows, ...jwksRows].map(
  ([id, level, right, fix]) => ({
    id,
    level: levels[level],
    right,
    fix,
  }),
);

/** The areas of the checks, and what each looks at. */
export const areas = {
  page: 'The page',
  policy: 'Content-Security-Policy',
  host: 'Hosts',
  endpoint: 'Token endpoint',
  guard: 'Guard of the endpoint',
  token: 'Token',
  jwks: 'JWKS',
} as const;

export type Area = keyof typeof areas;

/** The area of a check. */
export const areaOf = (id: string): Area => id.slice(0, id.indexOf('-')) as Area;

/** The place of a check in the report. */
export const placeOf = (id: string): number => checks.findIndex((check) => check.id === id);

/** What to do if a check finds something wrong, whatever that is. */
export const fixOf = (id: string): string => checks[placeOf(id)]!.fix;
