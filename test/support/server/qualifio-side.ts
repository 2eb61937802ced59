/**
 * Shared by the forgery tests: Qualifio's side of the exchange, and a genuine token to start from.
 */
import assert from 'node:assert/strict';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet } from 'jose';
import {
  createJwksEndpoint,
  signParticipantToken,
  type TokenEndpointOptions,
} from '../../../src/server/index.js';
import type { PublisherKeys } from '../publisher-keys.js';
import { CAMPAIGN_ID, pairFor, TAG_NUMBER, workingOptions } from './fixtures.js';
import { createVerifier, type Verifier } from './verifier.js';

export const ISSUER = 'com.publisher';

export const rsa: PublisherKeys = await pairFor('RS256');

export const options: TokenEndpointOptions = {
  ...(await workingOptions()),
  signing: { alg: 'RS256', kid: 'key-1', key: rsa.privatePem },
};

export const token: string = await signParticipantToken(options, TAG_NUMBER, {
  sub: 'participant-1',
});

export const [headerPart = '', payloadPart = '', signaturePart = ''] = token.split('.');

export const jwks: JSONWebKeySet = await readJwks();

async function readJwks(): Promise<JSONWebKeySet> {
  const published = createJwksEndpoint([{ alg: 'RS256', kid: 'key-1', key: rsa.publicPem }]);
  const answer = await published(new Request('https://www.publisher.com/jwks.json'));
  return (await answer.json()) as JSONWebKeySet;
}

/** Qualifio's side: only keys from our published JWKS, one algorithm, one campaign, one use. */
export function verifier(
  change: { campaignId?: string; decryptionKey?: CryptoKey } = {},
): Verifier {
  return createVerifier({
    keys: createLocalJWKSet(jwks),
    algorithm: 'RS256',
    issuer: ISSUER,
    campaignId: CAMPAIGN_ID,
    ...change,
  });
}

/** The claims of a genuine token. */
export const genuineClaims = (): Record<string, unknown> => decodeJwt(token);

export const encode = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

export async function isRefused(forged: string, check: Verifier = verifier()): Promise<void> {
  await assert.rejects(check(forged), Error, forged.slice(0, 80));
}
