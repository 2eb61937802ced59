import type { Context } from '../context.js';
import { cacheControl, lists } from '../http/headers.js';
import type { Answer } from '../http/requester.js';
import { isOfAnother, notOfEndpoint } from './participant-verdicts.js';
import type { IssuedToken } from './token-checks.js';
import type { TokenLeaks } from './token-leaks.js';

/** Checks the headers that each answer should have. */
export function checkHeaders({ report }: Context, subject: string, answer: Answer): void {
  if (isOfAnother(answer)) {
    for (const id of ['endpoint-nosniff', 'endpoint-vary']) {
      report.add(id, subject, notOfEndpoint);
    }
    return;
  }
  const isSniffed = answer.header('X-Content-Type-Options').trim().toLowerCase() !== 'nosniff';
  report.add('endpoint-nosniff', subject, [
    isSniffed ? 'warn' : 'pass',
    isSniffed ? 'no nosniff' : 'nosniff',
  ]);
  const vary = answer.header('Vary');
  const isComplete = lists(vary, '*') || lists(vary, 'Cookie');
  report.add('endpoint-vary', subject, [
    isComplete ? 'pass' : 'warn',
    isComplete ? 'names Cookie' : vary ? 'Vary does not name Cookie' : 'no Vary',
  ]);
}

/** Checks that no cache may store an answer with a token. */
export function checkStored(
  { report }: Context,
  subject: string,
  issued: readonly IssuedToken[],
  leaks: TokenLeaks,
): void {
  if (issued.length === 0) return;
  const open = issued.find(({ answer }) => !cacheControl(answer).has('no-store'));
  if (!open) return report.add('endpoint-no-store', subject, ['pass', 'no-store']);
  const found = 'an answer with a token without no-store';
  leaks.add({ id: 'endpoint-no-store', found, answer: open.answer });
}
