// What the campaign's frame sends the server: the messages that it sent or
// received, and tokens, which are verified here and never stored.
import type { UserInfoAnswer } from '../browser/campaign-settings.js';
import { pageKnobs } from './page-knobs.js';
import type { SimulatorState } from './state.js';
import { isJsonObject, type Json } from '../verification/token-format.js';

const refused = (error: string, status = 400) => Response.json({ error }, { status });

/** Records messages that the frame sent or got. */
export async function recordMessages(state: SimulatorState, request: Request): Promise<Response> {
  const body = await readJson(request);
  const messages: unknown = body?.['messages'];
  if (!Array.isArray(messages)) return refused('messages must be an array');
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
  return Response.json({ entries });
}

/** Verifies the token of a `userInfo` message, and records it with the answer. */
export async function takeUserInfo(state: SimulatorState, request: Request): Promise<Response> {
  const knobs = pageKnobs(state.settings.knobs, new URL(request.url).searchParams, ['frame']);
  if (knobs instanceof Response) return knobs;
  const body = await readJson(request);
  if (body === null) return refused('the body must be a JSON object');
  const divId = shortText(body['divId']);
  const session = shortText(body['session']);
  const tag = /\d+$/.exec(divId)?.[0] ?? '';
  const verdict = await state.verifier.verify({
    token: body['token'],
    tag,
    // A knob does not count a token that the frame did not wait for.
    nth: body['expected'] === true ? state.tokenCounts.next(shortText(body['frame'])) : 0,
    knobs,
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
  return Response.json({ code, reason, form, entries } satisfies UserInfoAnswer);
}

async function readJson(request: Request): Promise<Json | null> {
  // A foreign page cannot post JSON without a preflight request, which gets no permission.
  if (!/^application\/json\b/.test(request.headers.get('Content-Type') ?? '')) return null;
  const body: unknown = await request.json().catch(() => null);
  return isJsonObject(body) ? body : null;
}

function shortText(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 200) : '';
}
