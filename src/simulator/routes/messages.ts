// What the campaign's frame tells the server: which messages went by, and
// tokens, which are verified here and never kept.
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
    // One that is not waited for is none of those that a knob counts.
    nth: body['expected'] === true ? state.tokenCounts.next(shortText(body['frame'])) : 0,
    knobs,
  });
  const { code, reason, form, token } = verdict;
  const note = state.settings.campaigns.lacks(tag)
    ? `the tag ${tag} is not declared (--campaign), so a token for any campaign is taken`
    : undefined;
  const got = {
    direction: 'to-frame',
    name: 'userInfo',
    divId,
    ...(token && { token }),
    ...(note && { note }),
  } as const;
  const entries = [state.transcript.record(got, session)];
  // A token that nobody waits for is recorded, and answered by nothing.
  if (code !== null && body['expected'] === true) {
    const error = { direction: 'to-page', name: 'error', divId, code } as const;
    entries.push(state.transcript.record(error, session));
    state.onRefusal(reason);
  }
  return Response.json({ code, reason, form, entries } satisfies UserInfoAnswer);
}

async function readJson(request: Request): Promise<Json | null> {
  // JSON cannot be posted from a foreign page without asking, and asking is answered by nothing.
  if (!/^application\/json\b/.test(request.headers.get('Content-Type') ?? '')) return null;
  const body: unknown = await request.json().catch(() => null);
  return isJsonObject(body) ? body : null;
}

function shortText(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 200) : '';
}
