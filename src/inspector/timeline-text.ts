import type { SetUpFault } from './set-up-fault.js';
import type { TimelineEntry, TokenSummary } from './timeline-entry.js';

/** A token in words: `JWS, RS256, kid 2026-11, 300 s left, for campaign 98765, as declared`. */
export function tokenWords(token: TokenSummary): string {
  const { kind, alg, kid, secondsLeft, secondsBehind, isStored } = token;
  const words: (string | undefined)[] = [kind, alg, kid === undefined ? undefined : `kid ${kid}`];
  if (isStored) words.push('perhaps from a cache, seconds left not known');
  else if (secondsLeft !== undefined) {
    words.push(secondsLeft < 0 ? `expired ${-secondsLeft} s ago` : `${secondsLeft} s left`);
    if (secondsBehind) words.push(`by the endpoint’s clock, which is ${clockWords(secondsBehind)}`);
  } else if (kind === 'JWS') words.push('no end');
  if (kind === 'JWS') words.push(campaignWords(token));
  return words.filter(Boolean).join(', ');
}

function clockWords(secondsBehind: number): string {
  const side = secondsBehind > 0 ? 'behind' : 'ahead of';
  return `${Math.abs(secondsBehind)} s ${side} this device’s`;
}

/** Which campaign a token names, and whether the page declares that one. */
export function campaignWords({
  kind,
  campaignId,
  declaredCampaignId,
  isForCampaign,
}: TokenSummary): string {
  if (kind === 'JWE') return 'encrypted, not readable';
  if (campaignId === undefined) return 'without campaign ID';
  const named = `for campaign ${campaignId}`;
  if (isForCampaign === undefined) return `${named} (not compared: the page names no campaign ID)`;
  return isForCampaign
    ? `${named}, as declared`
    : `${named}, not ${declaredCampaignId} as declared`;
}

/** Time of day, to the millisecond. */
export function timeWords(time: number): string {
  const date = new Date(time);
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0');
  return `${date.toLocaleTimeString('en-GB')}.${milliseconds}`;
}

/** A conversation as plain text, one line per entry, to share with others. */
export function timelineText(
  title: string,
  facts: Readonly<Record<string, string>>,
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
    ...Object.entries(facts).map(([name, value]) => `${name}: ${value}`),
    ...faults.map(({ severity, what, fix }) => `${severity}: ${what} ${fix}`),
    ...lines,
    '',
  ].join('\n');
}
