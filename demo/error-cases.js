// @ts-check
// Every error of the element that a page can bring about, and the step at which it
// shows. One row is one page, /errors/<id>.

/**
 * @typedef {object} ErrorCase
 * @property {string} id
 * @property {string} title what is wrong
 * @property {string} outcome the error code, or what happens in its place
 * @property {'load' | 'form' | 'button'} when at once; at the campaign's form step, signed in; on a button
 * @property {string} [endpoint] token endpoint, in place of the one that works
 * @property {string} [knobs] faults of the simulated kit and frame, as a query
 * @property {string} [allowedHosts] `data-allowed-hosts` of the script
 * @property {Record<string, string | null>} [attributes] of the element; null leaves one out
 * @property {'no-kit-policy'} [csp] a change to the page's Content-Security-Policy
 * @property {'throwing-provider' | 'second-element'} [extra] what the page's script adds
 */

/** @type {(name: string) => string} */
const faulty = (name) => `/qualifio/faulty/${name}`;

/** @type {readonly { title: string, cases: readonly ErrorCase[] }[]} */
export const errorGroups = [
  {
    title: 'Configuration',
    cases: [
      {
        id: 'missing-campaign-id',
        title: 'The element has no campaign-id',
        outcome: 'CONFIG_INVALID',
        when: 'load',
        attributes: { 'campaign-id': null },
      },
      {
        id: 'malformed-channel-id',
        title: 'The channel-id is no GUID',
        outcome: 'CONFIG_INVALID',
        when: 'load',
        attributes: { 'channel-id': 'summer-quiz' },
      },
      {
        id: 'no-endpoint',
        title: 'No token endpoint is named',
        outcome: 'CONFIG_INVALID',
        when: 'form',
        attributes: { 'auth-endpoint': null },
      },
      {
        id: 'host-not-on-the-list',
        title: 'The page allows other campaign hosts only',
        outcome: 'HOST_NOT_ALLOWED',
        when: 'load',
        allowedHosts: 'elsewhere.publisher.localhost',
      },
      {
        id: 'host-refused-by-endpoint',
        title: 'The endpoint names another host for its token',
        outcome: 'HOST_NOT_ALLOWED',
        when: 'form',
        endpoint: faulty('other-host'),
      },
      {
        id: 'duplicate-campaign',
        title: 'The campaign is on the page twice',
        outcome: 'DUPLICATE_CAMPAIGN',
        when: 'load',
        extra: 'second-element',
      },
    ],
  },
  {
    title: 'Kit and frame',
    cases: [
      {
        id: 'kit-missing',
        title: 'The kit answers 404',
        outcome: 'KIT_LOAD_FAILED',
        when: 'load',
        knobs: 'kit=404',
      },
      {
        id: 'kit-is-html',
        title: 'The kit is an HTML page',
        outcome: 'KIT_LOAD_FAILED or KIT_TIMEOUT',
        when: 'load',
        knobs: 'kit=html',
        attributes: { 'kit-timeout': '3000' },
      },
      {
        id: 'kit-blocked',
        title: 'The page’s Content-Security-Policy blocks the kit',
        outcome: 'KIT_LOAD_FAILED',
        when: 'load',
        csp: 'no-kit-policy',
      },
      {
        id: 'kit-never-starts',
        title: 'The kit loads and does nothing',
        outcome: 'KIT_TIMEOUT',
        when: 'load',
        knobs: 'kit=never',
        attributes: { 'kit-timeout': '3000' },
      },
      {
        id: 'no-frame',
        title: 'The kit makes no frame',
        outcome: 'KIT_TIMEOUT',
        when: 'load',
        knobs: 'frame=none',
        attributes: { 'kit-timeout': '3000' },
      },
      {
        id: 'late-frame',
        title: 'The frame comes after the deadline',
        outcome: 'KIT_TIMEOUT, then ready',
        when: 'load',
        knobs: 'frame=late',
        attributes: { 'kit-timeout': '1000' },
      },
      {
        id: 'frame-removed',
        title: 'Another script removes the frame',
        outcome: 'FRAME_REMOVED',
        when: 'button',
      },
    ],
  },
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
        title: 'The endpoint answers 500 three times',
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
      },
      {
        id: 'token-malformed',
        title: 'The token is no JWT',
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
        title: 'The token is encrypted for somebody else',
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
        title: 'The endpoint redirects to the log-in page',
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
        title: 'Qualifio calls the first token expired, takes the second',
        outcome: 'the form, filled in',
        when: 'form',
        knobs: 'error=TOKEN_EXPIRED&error-nth=1',
      },
    ],
  },
];

/**
 * @param {string} id
 * @returns {ErrorCase | undefined}
 */
export function findErrorCase(id) {
  return errorGroups.flatMap(({ cases }) => cases).find((known) => known.id === id);
}
