// @ts-check
// The second half of error-cases.js: errors of the token and its endpoint.
import { campaigns } from './campaigns.js';

/** @type {(name: string) => string} */
export const faulty = (name) => `/qualifio/faulty/${name}`;

/** @type {readonly import('./error-cases.js').ErrorGroup[]} */
export const tokenErrorGroups = [
  {
    title: 'Token endpoint',
    cases: [
      {
        id: 'endpoint-unreachable',
        title: 'The connection breaks',
        outcome: 'ENDPOINT_UNREACHABLE',
        when: 'form',
        endpoint: faulty('unreachable'),
      },
      {
        id: 'endpoint-silent',
        title: 'The endpoint does not answer',
        outcome: 'ENDPOINT_TIMEOUT',
        when: 'form',
        endpoint: faulty('silent'),
        attributes: { 'token-timeout': '2000' },
      },
      {
        id: 'endpoint-403',
        title: 'The endpoint answers 403',
        outcome: 'ENDPOINT_FORBIDDEN',
        when: 'form',
        endpoint: faulty('forbidden'),
      },
      {
        id: 'endpoint-404',
        title: 'The endpoint does not know the campaign',
        outcome: 'ENDPOINT_FAILED',
        when: 'form',
        endpoint: faulty('unknown-campaign'),
      },
      {
        id: 'endpoint-500',
        title: 'The endpoint answers 500 to each request',
        outcome: 'ENDPOINT_FAILED',
        when: 'form',
        endpoint: faulty('failing'),
      },
      {
        id: 'endpoint-html',
        title: 'The endpoint answers with a page',
        outcome: 'ENDPOINT_BAD_RESPONSE',
        when: 'form',
        endpoint: faulty('html'),
      },
      {
        id: 'endpoint-wrong-shape',
        title: 'The JSON has no token',
        outcome: 'ENDPOINT_BAD_RESPONSE',
        when: 'form',
        endpoint: faulty('wrong-shape'),
      },
      {
        id: 'endpoint-too-large',
        title: 'The answer is over 64 KiB',
        outcome: 'ENDPOINT_BAD_RESPONSE',
        when: 'form',
        endpoint: faulty('too-large'),
      },
      {
        id: 'provider-throws',
        title: 'The page’s own tokenProvider throws',
        outcome: 'PROVIDER_FAILED',
        when: 'form',
        extra: 'throwing-provider',
      },
    ],
  },
  {
    title: 'Token, refused before it is sent',
    cases: [
      {
        id: 'token-expired',
        title: 'The token has expired',
        outcome: 'TOKEN_EXPIRED',
        when: 'form',
        endpoint: faulty('expired'),
      },
      {
        id: 'token-other-campaign',
        title: 'The token is for another campaign',
        outcome: 'TOKEN_WRONG_CAMPAIGN',
        when: 'form',
        endpoint: faulty('other-campaign'),
        attributes: { 'token-campaign-id': campaigns[0]?.campaignId ?? '' },
      },
      {
        id: 'token-malformed',
        title: 'The token is not a JWT',
        outcome: 'TOKEN_INVALID_FORMAT',
        when: 'form',
        endpoint: faulty('not-a-token'),
      },
      {
        id: 'token-empty',
        title: 'The token is empty',
        outcome: 'TOKEN_EMPTY',
        when: 'form',
        endpoint: faulty('empty-token'),
      },
    ],
  },
  {
    title: 'Token, refused by Qualifio',
    cases: [
      {
        id: 'wrong-signature',
        title: 'The token is signed with another key',
        outcome: 'TOKEN_INVALID_SIGNATURE',
        when: 'form',
        endpoint: faulty('wrong-signature'),
      },
      {
        id: 'wrong-encryption',
        title: 'The token is encrypted with another key',
        outcome: 'TOKEN_DECRYPTION_FAILED',
        when: 'form',
        endpoint: faulty('wrong-encryption'),
      },
      {
        id: 'qualifio-clock',
        title: 'Qualifio’s clock is one hour ahead',
        outcome: 'TOKEN_EXPIRED',
        when: 'form',
        knobs: 'clock=3600',
      },
      {
        id: 'qualifio-unknown',
        title: 'Qualifio reports an error it cannot name',
        outcome: 'UNKNOWN',
        when: 'form',
        knobs: 'error=UNKNOWN',
      },
    ],
  },
  {
    title: 'Not an error',
    cases: [
      {
        id: 'signed-out-redirect',
        title: 'The endpoint redirects to the login page',
        outcome: 'login required',
        when: 'form',
        endpoint: faulty('redirect'),
      },
      {
        id: 'signed-out-204',
        title: 'The endpoint answers 204',
        outcome: 'login required',
        when: 'form',
        endpoint: faulty('no-content'),
      },
      {
        id: 'signed-out-null',
        title: 'The endpoint answers with a null token',
        outcome: 'login required',
        when: 'form',
        endpoint: faulty('null-token'),
      },
      {
        id: 'busy-twice',
        title: 'The endpoint answers 503 twice, then a token',
        outcome: 'the form, filled in',
        when: 'form',
        endpoint: faulty('busy-twice'),
      },
      {
        id: 'rate-limited-once',
        title: 'The endpoint answers 429 with Retry-After, then a token',
        outcome: 'the form, filled in',
        when: 'form',
        endpoint: faulty('rate-limited-once'),
      },
      {
        id: 'one-refusal',
        title: 'Qualifio refuses the first token as expired, and accepts the second',
        outcome: 'the form, filled in',
        when: 'form',
        knobs: 'error=TOKEN_EXPIRED&error-nth=1',
      },
    ],
  },
];
