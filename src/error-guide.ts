/** The step, from markup to a signed-in participant, in which a {@link QualifioError} occurred. */
export type QualifioErrorPhase = 'config' | 'kit' | 'token' | 'qualifio';

/** What to know about an error code; code is in backticks. */
interface ErrorGuideEntry {
  /** The steps in which it occurs. */
  readonly phases: readonly QualifioErrorPhase[];
  readonly when: string;
  readonly fix: string;
}

/**
 * Each error code. Types, docs/reference.md, the inspector and the documentation of `QualifioErrorCode` in
 * the published declarations come from it. The element imports only its types: the CDN file has no
 * room for the texts.
 *
 * Whether an error is `recoverable` depends on the case, so the code that throws it decides.
 */
export const errorGuide = {
  CONFIG_INVALID: {
    phases: ['config'],
    when: 'an attribute or the pasted tag is missing or malformed, or the endpoint did not return the requested tag.',
    fix: 'Correct what the message names.',
  },
  HOST_NOT_ALLOWED: {
    phases: ['config'],
    when: "the campaign's host is missing from the page's list or the endpoint's; no token was sent.",
    fix: "Correct `host`, or add it to `data-allowed-hosts` of the script tag, to `QualifioCampaign.allowedHosts` or to the endpoint's `campaigns`.",
  },
  DUPLICATE_CAMPAIGN: {
    phases: ['config'],
    when: 'the tag number is already on the page, as an element or as a pasted tag. Of several elements, only those that the page shows count.',
    fix: 'Remove one of the two.',
  },
  KIT_LOAD_FAILED: {
    phases: ['kit'],
    when: "Qualifio's script did not load, after one retry: network, blocker or Content-Security-Policy. If the page was offline, the element tries once more when it is online again.",
    fix: "Allow the kit's host in `script-src`, and `qualifio-campaign` in `trusted-types`; offer `reload()`.",
  },
  KIT_TIMEOUT: {
    phases: ['kit'],
    when: "the campaign's frame did not load within `kit-timeout`, or the endpoint did not answer the request for the tag. A late success still recovers.",
    fix: 'Check `host`, `channel-id` and `frame-src`, and how long the endpoint takes if it gives the tag; offer `reload()`.',
  },
  FRAME_REMOVED: {
    phases: ['kit'],
    when: "another script removed the campaign's frame.",
    fix: 'Find that script; `reload()` starts again.',
  },
  ENDPOINT_UNREACHABLE: {
    phases: ['token'],
    when: 'the token endpoint gave no answer: network, CORS, or offline.',
    fix: 'Check `auth-endpoint`. If the endpoint is on another origin, it must allow the page’s (CORS, preflight included): `allowedOrigins` of `qualifio-campaign/server`.',
  },
  ENDPOINT_TIMEOUT: {
    phases: ['token'],
    when: 'no complete answer within `token-timeout`.',
    fix: 'Make the endpoint faster, or `token-timeout` longer; `resume()` asks again.',
  },
  ENDPOINT_FORBIDDEN: {
    phases: ['token'],
    when: 'the token endpoint answered 403.',
    fix: 'For a signed-out participant, answer 401, 204 or `{"token": null}` instead. For others, allow `GET` from the page; with `qualifio-campaign/server`, check `origin` and `allowedOrigins`.',
  },
  ENDPOINT_FAILED: {
    phases: ['token'],
    when: 'the token endpoint answered another error status; see `httpStatus`.',
    fix: '400: let each proxy and CDN pass on the whole query, with `campaignId` and `_`; the endpoint must ignore `_`. 404: correct `auth-endpoint`, or `campaign-id`, which is the number in the tag, or add the campaign to the endpoint. 405: answer `GET`. 5xx: see the log of its server; with `qualifio-campaign/server`, set `onError` and print its `reason`.',
  },
  ENDPOINT_BAD_RESPONSE: {
    phases: ['token'],
    when: 'the answer has no token: the message and `cause` name what it is, such as an HTML page.',
    fix: 'Answer `{"token": "<JWT>"}` as JSON. The inspector says what to do about each `cause`.',
  },
  PROVIDER_FAILED: {
    phases: ['token'],
    when: '`tokenProvider` threw, or returned neither a string nor null.',
    fix: 'See `cause`.',
  },
  TOKEN_WRONG_CAMPAIGN: {
    phases: ['token'],
    when: "`token-campaign-id` (or the endpoint's `tokenCampaignId`) is set, and the token's `campaignId` claim differs; the token was not sent.",
    fix: "Sign for the campaign ID (technical ID; `campaignId` of the endpoint's `campaigns`), or correct `token-campaign-id`.",
  },
  TOKEN_EXPIRED: {
    phases: ['token', 'qualifio'],
    when: 'the token is past its `exp`, as found here or by Qualifio.',
    fix: "Sign a token for each request; check the server's clock.",
  },
  TOKEN_INVALID_FORMAT: {
    phases: ['token', 'qualifio'],
    when: 'the token is not a readable JWT, as found here or by Qualifio.',
    fix: 'Send the token alone, a JWS or JWE in compact form, without `Bearer` before it, spaces or line breaks.',
  },
  TOKEN_EMPTY: {
    phases: ['token', 'qualifio'],
    when: 'the token is empty, as found here or by Qualifio.',
    fix: 'For a signed-out participant, answer 401 or null.',
  },
  TOKEN_INVALID_SIGNATURE: {
    phases: ['qualifio'],
    when: "Qualifio did not accept the token's signature.",
    fix: 'Compare key, `kid` and `alg` with those that you gave Qualifio; `qualifio-doctor` with `--cookie` and `--jwks` compares them.',
  },
  TOKEN_DECRYPTION_FAILED: {
    phases: ['qualifio'],
    when: 'Qualifio could not decrypt the token.',
    fix: 'Encrypt with the key that Qualifio gave you.',
  },
  UNKNOWN: {
    phases: ['qualifio'],
    when: 'Qualifio reported something else.',
    fix: 'Check the token with `qualifio-doctor` and `--cookie`: `campaignId` must be the campaign ID (technical ID), `sub` must be there, `nbf` must not be in the future, and no two tokens may have the same `jti`. If all are right, contact Qualifio with the tag number and the time.',
  },
} as const;

/** The type of the guide. It does not compile if an entry is not complete. */
export type ErrorGuide = Complete<typeof errorGuide>;

type Complete<Guide extends Readonly<Record<string, ErrorGuideEntry>>> = Guide;
