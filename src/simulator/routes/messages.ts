// Requests of the campaign's frame: the messages that it sent or received, and tokens, which are
// verified here and never stored.
import type { Context, Handler } from 'hono';
import type { UserInfoAnswer } from '../browser/campaign-settings.js';
import type { WithKnobs } from './page-knobs.js';
import type { SimulatorState } from './state.js';
import { isJsonObject, type Json } from '../verification/token-format.js';

/** Records messages that the frame sent or received. */
export function recordMessages(state: SimulatorState): Handler {
  return async (context) => {
    const body = await readJson(context);
    const messages: unknown = body?.['messages'];
    if (!Array.isArray(messages)) return context.json({ error: 'messages must be an array' }, 400);
    const session = shortText(body?.['session']);
    const entries = messages.filter(isJsonObject).map(({ direction, name, divId }) =>
      state.transcript.record(
        {
          direction: direction === 'to-page' ? 'to-page' : 'to-frame',
          name: shortText(name),
          divId: shortText(divId),
        },
        session,
      ),
    );
    return context.json({ entries });
  };
}

/** Verifies the token of a `userInfo` message, and records it with the answer. */
export function takeUserInfo(state: SimulatorState): Handler<WithKnobs> {
  return async (context) => {
    const body = await readJson(context);
    if (body === null) return context.json({ error: 'the body must be a JSON object' }, 400);
    const divId = shortText(body['divId']);
    const session = shortText(body['session']);
    const tag = /\d+$/.exec(divId)?.[0] ?? '';
    const verdict = await state.verifier.verify({
      token: body['token'],
      tag,
      // A knob does not count a token that the frame did not wait for.
      nth: body['expected'] === true ? state.tokenCounts.next(shortText(body['frame'])) : 0,
      knobs: context.var.knobs,
    });
    const { code, reason, form, token } = verdict;
    const note = state.settings.campaigns.lacks(tag)
      ? `the tag ${tag} is not declared (--campaign), so a token for any campaign is accepted`
      : undefined;
    const got = {
      direction: 'to-frame',
      name: 'userInfo',
      divId,
      ...(token && { token }),
      ...(note && { note }),
    } as const;
    const entries = [state.transcript.record(got, session)];
    // A token that the frame does not wait for is recorded, without an answer.
    if (code !== null && body['expected'] === true) {
      const error = { direction: 'to-page', name: 'error', divId, code } as const;
      entries.push(state.transcript.record(error, session));
      state.onRefusal(reason);
    }
    return context.json({ code, reason, form, entries } satisfies UserInfoAnswer);
  };
}

async function readJson({ req }: Context): Promise<Json | null> {
  // A foreign page cannot post JSON without a preflight request, which gets no permission.
  if (!/^application\/json\b/.test(req.header('Content-Type') ?? '')) return null;
  const body: unknown = await req.json().catch(() => null);
  return isJsonObject(body) ? body : null;
}

function shortText(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 200) : '';
}
