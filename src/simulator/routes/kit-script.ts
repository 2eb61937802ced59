import type { Handler, MiddlewareHandler } from 'hono';
import { setTimeout as wait } from 'node:timers/promises';
import { kit, type KitSettings } from '../browser/kit.js';
import { scriptCalling } from '../browser/script-text.js';
import { frameKnobQuery, knobsOf } from '../model/knobs.js';
import type { WithKnobs } from './page-knobs.js';

/** What `slow` and `late` mean, in milliseconds. */
const lateness = 3000;
const script = { 'Content-Type': 'text/javascript; charset=utf-8' };

/** The knob `kit`: answers in place of the kit, or late. */
export const kitKnob: MiddlewareHandler<WithKnobs> = async (context, next) => {
  switch (context.var.knobs.kit) {
    case '404':
      return context.text('No kit here: kit=404.\n', 404);
    case 'html':
      return context.html('<!doctype html><title>Maintenance</title><p>kit=html</p>\n');
    case 'throws':
      return context.body("throw new Error('kit=throws');\n", 200, script);
    case 'never':
      return context.body('/* kit=never: the queue does not change. */\n', 200, script);
    case 'slow': {
      const { signal } = context.req.raw;
      await wait(lateness, undefined, { signal }).catch(() => undefined);
      break;
    }
    case 'ok':
      break;
  }
  await next();
  return undefined;
};

/** The kit, with the knobs that act in the page. */
export const kitScript: Handler<WithKnobs> = (context) => {
  const settings: KitSettings = {
    ...knobsOf('kit', context.var.knobs),
    frameQuery: frameKnobQuery(new URL(context.req.url).searchParams),
    lateness,
  };
  return context.body(scriptCalling(kit, settings), 200, script);
};
