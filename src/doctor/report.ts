import { areaOf, areas, checks, placeOf, type Area } from './check-table.js';
import type { RequestFailure } from './http/requester.js';

export type Result = 'pass' | 'fail' | 'warn' | 'skipped';

/** The result of one check on one subject. */
export interface Finding {
  readonly id: string;
  /** What was checked: a URL, an element with its line, a campaign. */
  readonly subject: string;
  readonly result: Result;
  /** What was found, or why the check was skipped. */
  readonly found: string;
  /** What to do; empty if there is nothing to do. */
  readonly fix: string;
  /** Where the check is explained. */
  readonly docs: string;
}

export type Summary = Record<Result, number>;

/** What a check found: its result, the evidence, and a fix that is more exact than the table's. */
export type Verdict = readonly [result: Result, found: string, fix?: string | undefined];

/** Collects findings. Leaves out the checks that the command line excludes. */
export class Report {
  readonly #findings: Finding[] = [];
  readonly #chosen: ReadonlySet<string>;
  readonly #docs: string;

  /**
   * @param chosen ids of the checks to run.
   * @param docs URL of the page that explains the checks.
   */
  constructor(chosen: ReadonlySet<string>, docs: string) {
    this.#chosen = chosen;
    this.#docs = docs;
  }

  /** Whether one of these checks is to be run. */
  wants(...ids: readonly string[]): boolean {
    return ids.some((id) => this.#chosen.has(id));
  }

  wantsArea(...wanted: readonly Area[]): boolean {
    return [...this.#chosen].some((id) => wanted.includes(areaOf(id)));
  }

  add(id: string, subject: string, [result, found, fix]: Verdict): void {
    const check = checks.find((known) => known.id === id);
    if (!check) throw new Error(`${id} is not in the table of checks`);
    if (!this.#chosen.has(id)) return;
    const isWrong = result === 'fail' || result === 'warn';
    this.#findings.push({
      id,
      subject,
      result,
      found,
      fix: fix ?? (isWrong ? check.fix : ''),
      docs: `${this.#docs}#${id}`,
    });
  }

  /** Skips each check of an area that has no result yet. */
  skipRest(area: Area, subject: string, why: string, fix = ''): void {
    for (const { id } of checks) {
      if (areaOf(id) === area && !this.has(id)) this.add(id, subject, ['skipped', why, fix]);
    }
  }

  /** Whether a check has a result. */
  has(id: string): boolean {
    return this.#findings.some((finding) => finding.id === id);
  }

  /** Findings in the order of the table. */
  get findings(): readonly Finding[] {
    return [...this.#findings].sort((a, b) => placeOf(a.id) - placeOf(b.id));
  }

  get summary(): Summary {
    const summary = { pass: 0, fail: 0, warn: 0, skipped: 0 };
    for (const { result } of this.#findings) summary[result]++;
    return summary;
  }
}

/**
 * The verdict on a request without an answer. What is wrong with the host itself is a finding of the
 * checks of hosts, if these are wanted.
 */
export function failureVerdict(report: Report, { kind, message }: RequestFailure): Verdict {
  const isOfHost =
    (kind === 'unresolved' && report.wants('host-resolves')) ||
    (kind === 'certificate' && report.wants('host-certificate'));
  return [isOfHost || kind === 'limit' ? 'skipped' : 'fail', message, encodingFix(kind)];
}

/** What to do about a body that is not compressed as its header says, which browsers drop. */
export const encodingFix = (kind: RequestFailure['kind']): string | undefined =>
  kind === 'encoding'
    ? 'Leave out `Content-Encoding`, or compress the body so, and once: in the server or in a proxy.'
    : undefined;

/** Findings by area, for a report in text or Markdown. */
export function byArea(findings: readonly Finding[]): (readonly [string, readonly Finding[]])[] {
  return Object.entries(areas)
    .map(([area, title]) => [title, findings.filter(({ id }) => areaOf(id) === area)] as const)
    .filter(([, found]) => found.length > 0);
}
