/**
 * A herd in virtual time: many participants reach the form within a minute, and the endpoint makes
 * fewer tokens than they ask for. The requests are those of the element's own code.
 */
import { requestToken } from '../../src/token/token-source.js';
import { seededRandom } from '../lib/statistics.js';
import { VirtualClock } from './virtual-clock.js';

/** How the participants' pages and the endpoint behave. Times in seconds. */
export interface Policy {
  readonly name: string;
  /** The page: the element with this `token-timeout`, or code that asks again each second. */
  readonly page: 'naive' | { readonly tokenTimeout: number };
  /** How long the endpoint lets a request wait in its queue; one that would wait longer gets 503. */
  readonly queue: number;
  /** Whether a 503 has a `Retry-After` with the second at which there is room. */
  readonly hasRetryAfter: boolean;
}

/** A herd; each participant comes at a random time within `duration` seconds. */
export interface Herd {
  readonly participants: number;
  readonly duration: number;
  /** Tokens per second that the endpoint makes. */
  readonly rate: number;
  readonly seed: number;
}

/** What happened. Times in seconds. */
export interface Outcome {
  readonly served: number;
  /** When the last participant had a token. */
  readonly servedAt: number;
  readonly requests: number;
  /** Share of the requests that got no token. */
  readonly wasted: number;
  /** How often participants had to press a button to try again. */
  readonly clicks: number;
  /** Requests that came in each second. */
  readonly perSecond: readonly number[];
  readonly peak: number;
  /** The most requests that waited at once. */
  readonly waiting: number;
}

const network = 50;
const mostRetryAfter = 60;

/** The policies that docs/endpoint-load.md compares. */
export const policies: readonly Policy[] = [
  { name: 'naive', page: 'naive', queue: 1, hasRetryAfter: false },
  { name: 'element', page: { tokenTimeout: 10 }, queue: 1, hasRetryAfter: false },
  { name: 'and Retry-After', page: { tokenTimeout: 180 }, queue: 1, hasRetryAfter: true },
  { name: 'and a queue of 50 s', page: { tokenTimeout: 180 }, queue: 50, hasRetryAfter: true },
  { name: 'and a queue of 130 s', page: { tokenTimeout: 180 }, queue: 130, hasRetryAfter: true },
];

/** Plays a herd until every participant has a token. Deterministic. */
export async function playHerd(
  { participants, duration, rate, seed }: Herd,
  { page, queue, hasRetryAfter }: Policy,
): Promise<Outcome> {
  const clock = new VirtualClock();
  const random = seededRandom(seed);
  const { fetch, location } = globalThis;
  const mathRandom = Math.random;
  const perSecond: number[] = [];
  let [freeAt, roomAt, requests, served, servedAt, clicks, waiting] = [0, 0, 0, 0, 0, 0, 0];

  /** The endpoint: one queue, whatever the number of its copies. */
  const answer = (): readonly [after: number, response: Response] => {
    const second = Math.floor(clock.now / 1000);
    perSecond[second] = (perSecond[second] ?? 0) + 1;
    requests += 1;
    const start = Math.max(freeAt, clock.now);
    if (start - clock.now <= queue * 1000) {
      freeAt = start + 1000 / rate;
      waiting = Math.max(waiting, Math.round(((freeAt - clock.now) * rate) / 1000));
      return [freeAt - clock.now, Response.json({ token: 'a.b.c' })];
    }
    // The next second at which nobody else was told to come, after the queue is empty enough.
    roomAt = Math.max(roomAt, freeAt - queue * 1000, clock.now) + 1000 / rate;
    const seconds = Math.min(Math.ceil((roomAt - clock.now) / 1000), mostRetryAfter);
    const headers = hasRetryAfter ? { 'Retry-After': `${seconds}` } : undefined;
    return [0, new Response(null, { status: 503, ...(headers && { headers }) })];
  };
  const ask = (_: unknown, init?: RequestInit): Promise<Response> =>
    new Promise((resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal!.reason as Error));
      clock.at(clock.now + network / 2, () => {
        const [after, response] = answer();
        clock.at(clock.now + after + network / 2, () => resolve(response));
      });
    });

  const wait = (seconds: number): Promise<void> =>
    new Promise((resolve) => clock.at(clock.now + seconds * 1000, resolve));
  const naive = async (): Promise<void> => {
    while ((await ask('')).status !== 200) await wait(1);
  };
  const byElement = async (tokenTimeout: number): Promise<void> => {
    const settings = {
      endpoint: new URL('https://www.publisher.com/token'),
      provider: null,
      timeout: tokenTimeout * 1000,
      host: 'jeux.publisher.com',
    };
    const { signal } = new AbortController();
    for (;;) {
      try {
        await requestToken(settings, {
          ...{ campaignId: '123456', reason: 'requested', attempt: 1, signal },
        });
        return;
      } catch {
        // The participant sees the error, and presses "Try again" after 5 to 15 seconds.
        await wait(5 + random() * 10);
        clicks += 1;
      }
    }
  };
  const visit = async (): Promise<void> => {
    await (page === 'naive' ? naive() : byElement(page.tokenTimeout));
    served += 1;
    servedAt = clock.now / 1000;
  };

  Object.assign(globalThis, { fetch: ask, location: { protocol: 'https:' } });
  Math.random = random;
  try {
    for (let index = 0; index < participants; index += 1) {
      clock.at(random() * duration * 1000, () => void visit());
    }
    await clock.run();
  } finally {
    Object.assign(globalThis, { fetch, location });
    Math.random = mathRandom;
  }
  return {
    ...{ served, servedAt, requests, clicks, waiting },
    wasted: (requests - participants) / requests,
    perSecond: Array.from(perSecond, (count) => count ?? 0),
    peak: perSecond.reduce((most, count) => Math.max(most, count ?? 0), 0),
  };
}
