import type { MiddlewareHandler } from 'hono';
import { knobs, type Knob, type Knobs } from '../model/knob-table.js';
import { isKnobMistake, readKnobs } from '../model/knobs.js';
import { worded } from '../model/worded.js';

/** What {@link pageKnobs} passes to the next handlers. */
export interface WithKnobs {
  Variables: { knobs: Knobs };
}

/**
 * Middleware that sets the knobs for a request: those of its query override those of the server. It
 * answers a query with a wrong value itself.
 *
 * @param of the kinds of knobs that the address accepts.
 */
export function pageKnobs(base: Knobs, ...of: readonly Knob['of'][]): MiddlewareHandler<WithKnobs> {
  return async (context, next) => {
    const { req } = context;
    const misspelled = knobs.find(
      ({ option, flag }) => option !== flag && req.query(option) !== undefined,
    );
    if (misspelled) {
      return context.text(
        `${misspelled.option} must be spelled ${misspelled.flag} in a URL\n`,
        400,
      );
    }
    const read = readKnobs(base, ({ of: kind, flag }) =>
      of.includes(kind) ? req.query(flag) : undefined,
    );
    if (isKnobMistake(read)) {
      const { knob, value } = read;
      return context.text(`${knob.flag} must be ${knob.takes}, not ${worded(value)}\n`, 400);
    }
    context.set('knobs', read);
    await next();
    return undefined;
  };
}
