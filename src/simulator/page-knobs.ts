import { isKnobMistake, readKnobs } from './knobs.js';
import type { FrameKnobs, KitKnobs, Knob } from './knobs.js';

/**
 * The knobs for one request: those of its query over those of the server.
 *
 * @param of whose knobs the address takes.
 * @returns the knobs, or the answer to a query that names a wrong value.
 */
export function pageKnobs(
  base: KitKnobs & FrameKnobs,
  query: URLSearchParams,
  of: readonly Knob['of'][],
): (KitKnobs & FrameKnobs) | Response {
  const read = readKnobs(base, (knob) =>
    of.includes(knob.of) ? (query.get(knob.flag) ?? undefined) : undefined,
  );
  if (!isKnobMistake(read)) return read;
  const text = `${read.knob.flag} must be ${read.knob.takes}\n`;
  return new Response(text, { status: 400, headers: { 'Content-Type': 'text/plain' } });
}
