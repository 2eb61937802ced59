import { decodeJwt } from 'jose';
import { fixOf, placeOf } from '../check-table.js';
import type { Answer } from '../http/requester.js';
import type { Report } from '../report.js';
import { tokenIn } from './endpoint-request.js';
import { uncache } from './refusal.js';

/** An answer that should have no token, or should not be stored. */
interface Leak {
  readonly id: string;
  readonly found: string;
  readonly answer: Answer;
  /** In place of the check's own. */
  readonly fix?: string;
}

/**
 * Answers with tokens that are wrong. The endpoint is not at fault if a cache gave them: that is known only
 * after all requests.
 */
export class TokenLeaks {
  readonly #times = new Map<string, number>();
  readonly #report: Report;
  readonly #subject: string;
  #leaks: Leak[] = [];

  constructor(report: Report, subject: string) {
    this.#report = report;
    this.#subject = subject;
  }

  /** Remembers the token of an answer; each answer is noted once. */
  note(answer: Answer): void {
    const token = tokenIn(answer);
    if (token && differs(token)) this.#times.set(token, (this.#times.get(token) ?? 0) + 1);
  }

  add(leak: Leak): void {
    this.#leaks.push(leak);
  }

  /** Adds what was found to the report: the first finding that a cache may cause says so. */
  report(): void {
    const leaks = this.#leaks.filter(({ id }) => this.#report.wants(id));
    this.#leaks = [];
    leaks.sort((a, b) => placeOf(a.id) - placeOf(b.id));
    let first: string | undefined;
    for (const { id, found, answer, fix = fixOf(id) } of leaks) {
      const why = this.#cacheSign(answer);
      const isFirst = why !== undefined && first === undefined;
      if (isFirst) first = id;
      const before = isFirst ? `${uncache} Then check again.` : `First do what ${first} says.`;
      this.#report.add(id, this.#subject, [
        'fail',
        isFirst ? `${found}; ${why}: a cache in front of the endpoint may have given it` : found,
        why ? `${before} If it stays: ${fix}` : fix,
      ]);
    }
  }

  #cacheSign(answer: Answer): string | undefined {
    if (Number(answer.header('Age')) > 0) return `its Age is ${Number(answer.header('Age'))} s`;
    const times = this.#times.get(tokenIn(answer) ?? '') ?? 0;
    return times > 1 ? 'another request got the same token' : undefined;
  }
}

/** Whether an endpoint makes another token each time: without a `jti`, two of the same second can be equal. */
function differs(token: string): boolean {
  if (token.split('.').length !== 3) return true;
  try {
    return decodeJwt(token).jti !== undefined;
  } catch {
    return false;
  }
}
