import type { Simulator } from '../../src/simulator/index.js';

/** The answer of the simulator's server to a token. */
export interface Judgement {
  readonly code: string | null;
  readonly reason: string;
  readonly form: Record<string, unknown>;
}

/** Sends a token to the simulator as its campaign frame does. */
export async function judge(
  simulator: Simulator,
  token: unknown,
  { divId = 'qualifio_insert_place_123456', frame = '', query = '' } = {},
): Promise<Judgement> {
  const response = await simulator.fetch(
    new Request(`http://jeux.publisher.localhost/simulator/user-info${query}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ divId, token, frame, expected: true }),
    }),
  );
  return (await response.json()) as Judgement;
}
