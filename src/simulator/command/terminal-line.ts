import { printable } from '../../command/printable.js';
import type { TranscriptEntry } from '../model/transcript.js';

/** One entry of the transcript for a terminal, without control characters. */
export function terminalLine({
  time,
  direction,
  name,
  divId,
  code,
  token,
  note,
}: TranscriptEntry): string {
  const at = new Date(time).toISOString().slice(11, 23);
  const left = token?.secondsLeft;
  const summary = token && [
    token.kind,
    token.alg,
    token.kid && `kid ${token.kid}`,
    left !== undefined && (left < 0 ? `expired ${-left} s ago` : `${left} s left`),
  ];
  // In addition to the number in the div's id, which is a different number.
  const campaign = token?.campaignId && `campaign ${token.campaignId}`;
  const words = [at, direction, name, divId, code, campaign, ...(summary ?? []), note].filter(
    Boolean,
  );
  // Names and key ids come from pages, and may contain control characters and line breaks.
  return printable(words.join(' '));
}
