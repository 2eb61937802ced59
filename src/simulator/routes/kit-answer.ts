import { setTimeout as wait } from 'node:timers/promises';
import { scriptCalling } from '../browser/html.js';
import { kit, type KitSettings } from '../browser/kit.js';
import { frameKnobQuery, knobsOf } from '../model/knobs.js';
import { pageKnobs } from './page-knobs.js';
import type { SimulatorState } from './state.js';

/** What `slow` and `late` mean, in milliseconds. */
const lateness = 3000;
const script = { 'Content-Type': 'text/javascript; charset=utf-8' };

/** Answers for the kit's URL, according to the knob `kit`. */
export async function serveKit(state: SimulatorState, request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const knobs = pageKnobs(state.settings.knobs, query, ['kit', 'frame']);
  if (knobs instanceof Response) return knobs;
  switch (knobs.kit) {
    case '404':
      return new Response('No kit here: kit=404.\n', { status: 404 });
    case 'html':
      return new Response('<!doctype html><title>Maintenance</title><p>kit=html</p>\n', {
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
      });
    case 'throws':
      return new Response("throw new Error('kit=throws');\n", { headers: script });
    case 'never':
      return new Response('/* kit=never: the queue stays as it is. */\n', { headers: script });
    case 'slow':
      await wait(lateness, undefined, { signal: request.signal }).catch(() => undefined);
      break;
    case 'ok':
      break;
  }
  const settings: KitSettings = {
    ...knobsOf('kit', knobs),
    frameQuery: frameKnobQuery(query),
    lateness,
  };
  return new Response(scriptCalling(kit, settings), { headers: script });
}
