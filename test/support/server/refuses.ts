import assert from 'node:assert/strict';
import { createTokenEndpoint, type TokenEndpointOptions } from '../../../src/server/index.js';
import { workingOptions } from './fixtures.js';

const working = await workingOptions();

/** Creating the endpoint must throw immediately, and the message must begin with the option. */
export function refuses(option: string, change: Record<string, unknown>): void {
  const options = { ...working, ...change } as TokenEndpointOptions;
  assert.throws(
    () => createTokenEndpoint(options),
    (error: unknown) => error instanceof TypeError && error.message.startsWith(`${option}: `),
    `${option} should have been refused`,
  );
}
