import type { SetUpFault } from './set-up-faults.js';
import type { TimelineEntry, TokenSummary } from './timeline-entry.js';

/** Of a token, in words: `JWS, RS256, kid 2026-11, 300 s left, for this campaign`. */
export function tokenWords({ kind, alg, kid, secondsLeft, isForCampaign }: TokenSummary): string {
  const words: (string | undefined)[] = [kind, alg, kid === undefined ? undefined : `kid ${kid}`];
  if (secondsLeft !== undefined) {
    words.push(secondsLeft < 0 ? `expired ${-secondsLeft} s ago` : `${secondsLeft} s left`);
  } else if (kind === 'JWS') words.push('no end');
  if (isForCampaign !== undefined) {
    words.push(isForCampaign ? 'for this campaign' : 'for another campaign');
  } else if (kind === 'JWS') words.push('names no campaign');
  return words.filter(Boolean).join(', ');
}

/** Time of day, to the millisecond. */
export function timeWords(time: number): string {
  const date = new Date(time);
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0');
  return `${date.toLocaleTimeString('en-GB')}.${milliseconds}`;
}

/** A conversation as plain text, a line each, to be sent to somebody who helps. */
export function timelineText(
  title: string,
  faults: readonly SetUpFault[],
  entries: readonly TimelineEntry[],
): string {
  const lines = entries.map(({ time, direction, name, status, code, detail, token, isIgnored }) =>
    [
      new Date(time).toISOString(),
      direction.padEnd(11),
      name,
      ...[code, detail, token && tokenWords(token), isIgnored && 'ignored'],
      status && `[${status}]`,
    ]
      .filter(Boolean)
      .join(' '),
  );
  return [
    title,
    ...faults.map(({ severity, what, mend }) => `${severity}: ${what} ${mend}`),
    ...lines,
    '',
  ].join('\n');
}
