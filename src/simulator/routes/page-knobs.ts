import { knobs, type Knob, type Knobs } from '../model/knob-table.js';
import { isKnobMistake, readKnobs } from '../model/knobs.js';

/**
 * The knobs for one request: those of its query over those of the server.
 *
 * @param of the kinds of knobs that the address accepts.
 * @returns the knobs, or the answer to a query that names a wrong value.
 */
export function pageKnobs(
  base: Knobs,
  query: URLSearchParams,
  of: readonly Knob['of'][],
): Knobs | Response {
  const misspelt = knobs.find(({ option, flag }) => option !== flag && query.has(option));
  if (misspelt) return refused(`${misspelt.option} must be spelt ${misspelt.flag} in an address`);
  const read = readKnobs(base, (knob) =>
    of.includes(knob.of) ? (query.get(knob.flag) ?? undefined) : undefined,
  );
  if (!isKnobMistake(read)) return read;
  return refused(`${read.knob.flag} must be ${read.knob.takes}`);
}

function refused(reason: string): Response {
  const headers = { 'Content-Type': 'text/plain; charset=utf-8' };
  return new Response(`${reason}\n`, { status: 400, headers });
}
