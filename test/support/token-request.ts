import { expect } from '@open-wc/testing';
import { QualifioError, type SignedOutCause } from '../../src/index.js';
import type { TokenAnswer } from '../../src/token/endpoint-answer.js';
import {
  requestToken,
  type TokenProvider,
  type TokenRequest,
} from '../../src/token/token-source.js';

/** Default campaign host of {@link ask}. */
export const campaignHost = 'jeux.publisher.com';

interface Asking {
  timeout?: number;
  signal?: AbortSignal;
  reason?: TokenRequest['reason'];
  attempt?: number;
}

/** Requests a token for campaign 77 from an endpoint's URL or a provider. */
export function ask(
  source: string | TokenProvider,
  {
    timeout = 5000,
    signal = new AbortController().signal,
    reason = 'requested',
    attempt = 1,
  }: Asking = {},
): Promise<TokenAnswer | SignedOutCause> {
  const isUrl = typeof source === 'string';
  const endpoint = isUrl ? new URL(source) : null;
  const settings = { endpoint, provider: isUrl ? null : source, timeout, host: campaignHost };
  return requestToken(settings, { campaignId: '77', reason, attempt, signal });
}

/** The same, for a source that returns a token. */
export async function askForToken(...asked: Parameters<typeof ask>): Promise<TokenAnswer> {
  const answer = await ask(...asked);
  if (typeof answer === 'string') throw new Error(`Signed out: ${answer}.`);
  return answer;
}

/** The reason with which `promise` rejects. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('It was fulfilled.'),
    (reason: unknown) => reason,
  );
}

/** The QualifioError with which `promise` rejects. */
export async function failureOf(promise: Promise<unknown>): Promise<QualifioError> {
  const reason = await rejection(promise);
  expect(reason).to.be.instanceOf(QualifioError);
  return reason as QualifioError;
}

/** How often the element retries a request. */
export const retries = 2;

/** One answer for a request and each of its retries but the last. */
export function beforeLastRetry<Each>(answer: Each): Each[] {
  return Array<Each>(retries).fill(answer);
}

/** Makes retries follow immediately, without random pauses. Returns a function that undoes this. */
export function withoutPauses(): () => void {
  const { random } = Math;
  Math.random = () => 0;
  return () => {
    Math.random = random;
  };
}

/**
 * Runs `work` with pauses that end immediately, and returns their lengths in milliseconds. The
 * deadline, `timeout`, is unchanged.
 */
export async function pausesDuring(
  timeout: number,
  work: () => Promise<unknown>,
): Promise<number[]> {
  const { setTimeout } = window;
  const pauses: number[] = [];
  window.setTimeout = ((callback: () => void, milliseconds: number) => {
    if (milliseconds === timeout) return setTimeout(callback, milliseconds);
    pauses.push(milliseconds);
    return setTimeout(callback);
  }) as typeof window.setTimeout;
  try {
    await work();
  } finally {
    window.setTimeout = setTimeout;
  }
  return pauses;
}
