/** Shared by the server tests: keys of every kind, an endpoint's options, requests. */
import type {
  KeyInput,
  SigningAlgorithm,
  TokenEndpointOptions,
  TokenErrorCode,
  TokenErrorContext,
} from '../../../src/server/index.js';
import { inEveryForm, publisherKeys, type PublisherKeys } from '../publisher-keys.js';

export const SIGNING_ALGORITHMS: readonly SigningAlgorithm[] = [
  ...(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const),
  ...(['ES256', 'ES384', 'ES512', 'HS256', 'HS384', 'HS512', 'EdDSA'] as const),
];

/** The number in the JS tag, which belongs to the channel. Requests use it. */
export const TAG_NUMBER = '123456';
/** The campaign's technical ID, which the claim contains. Neither number follows from the other. */
export const CAMPAIGN_ID = '98765';
export const CHANNEL_ID = 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6';
export const OWN_ORIGIN = 'https://www.publisher.com';
export const LISTED_ORIGIN = 'https://app.publisher.com';

const pairs = new Map<string, Promise<PublisherKeys>>();

/** The key pair of an algorithm; made once for all tests of a file, because RSA is slow. */
export function pairFor(alg: string, crv?: string): Promise<PublisherKeys> {
  const name = `${alg} ${crv ?? ''}`;
  const pair = pairs.get(name) ?? publisherKeys(alg, crv);
  pairs.set(name, pair);
  return pair;
}

/** A key pair made by web crypto directly, for sizes and curves that jose would not make. */
export async function oddPair(
  algorithm: RsaHashedKeyGenParams | EcKeyGenParams,
  usages: KeyUsage[] = ['sign', 'verify'],
): Promise<PublisherKeys> {
  return inEveryForm(await crypto.subtle.generateKey(algorithm, true, usages));
}

export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** The signing key and the key that verifies, for any algorithm. */
export async function signingKeys(
  alg: SigningAlgorithm,
): Promise<{ sign: KeyInput | Uint8Array; verify: CryptoKey | Uint8Array }> {
  if (alg.startsWith('HS')) {
    const secret = randomBytes(Number(alg.slice(2)) / 8);
    return { sign: secret, verify: secret };
  }
  const { privatePem, publicKey } = await pairFor(alg);
  return { sign: privatePem, verify: publicKey };
}

/** Options of a working endpoint, with ES256 because it is fast. */
export async function workingOptions(): Promise<TokenEndpointOptions> {
  const { privatePem } = await pairFor('ES256');
  return {
    campaigns: { [TAG_NUMBER]: { host: 'jeux.publisher.com', campaignId: CAMPAIGN_ID } },
    signing: { alg: 'ES256', kid: 'key-1', key: privatePem },
    issuer: 'com.publisher',
    participant: () => ({ sub: 'participant-1' }),
  };
}

/** A request of our own page's script, as a browser sends it, unless `headers` say otherwise. */
export function tokenRequest(
  query = `campaignId=${TAG_NUMBER}`,
  headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' },
  method = 'GET',
): Request {
  return new Request(`${OWN_ORIGIN}/qualifio/token?${query}`, { method, headers });
}

/** The JSON body of a token answer. */
export interface TokenBody {
  readonly token: string;
  readonly hosts: readonly string[];
  readonly expiresAt: number;
}

export async function tokenBody(response: Response): Promise<TokenBody> {
  return (await response.json()) as TokenBody;
}

/** An `onError` that records its calls, without the milliseconds, which differ from run to run. */
export function errorLog(): {
  readonly calls: (readonly [TokenErrorCode, TokenErrorContext])[];
  readonly onError: NonNullable<TokenEndpointOptions['onError']>;
} {
  const calls: [TokenErrorCode, TokenErrorContext][] = [];
  return {
    calls,
    onError: (code, { milliseconds: _, ...context }) => void calls.push([code, context]),
  };
}
