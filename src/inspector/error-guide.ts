// Written by `npm run docs` from the docstring of QualifioErrorCode.
import type { QualifioErrorCode } from '../errors.js';

/** What to do about each error; code stands in backticks. */
export const errorGuide: Readonly<Record<QualifioErrorCode, string>> = {
  CONFIG_INVALID: 'Correct what the message names.',
  HOST_NOT_ALLOWED:
    "Correct `host`, or add it to `QualifioCampaign.allowedHosts` or to the endpoint's `campaigns`.",
  DUPLICATE_CAMPAIGN: 'Remove one of the two.',
  KIT_LOAD_FAILED:
    "Allow the kit's host in `script-src`, and `qualifio-campaign` in `trusted-types`; offer `reload()`.",
  KIT_TIMEOUT:
    'Check `host`, `channel-id` and `frame-src`, and how long the endpoint takes if it gives the tag; offer `reload()`.',
  FRAME_REMOVED: 'Find that script; `reload()` starts again.',
  ENDPOINT_UNREACHABLE:
    "Check `auth-endpoint`, and the endpoint's `allowedOrigins` if it is on another origin.",
  ENDPOINT_TIMEOUT: 'Make the endpoint faster, or `token-timeout` longer; `resume()` asks again.',
  ENDPOINT_FORBIDDEN: 'Check its `origin` and `allowedOrigins`.',
  ENDPOINT_FAILED: "See the endpoint's log.",
  ENDPOINT_BAD_RESPONSE: 'Answer `{"token": "…"}` as JSON.',
  PROVIDER_FAILED: 'See `cause`.',
  TOKEN_WRONG_CAMPAIGN:
    "Sign for the campaign ID (technical ID; `campaignId` of the endpoint's `campaigns`), or correct `token-campaign-id`.",
  TOKEN_EXPIRED: "Sign a token for each request; check the server's clock.",
  TOKEN_INVALID_FORMAT: 'Send a JWS or JWE in compact form.',
  TOKEN_EMPTY: 'For a signed-out participant, answer 401 or null.',
  TOKEN_INVALID_SIGNATURE: 'Compare key, `kid` and `alg` with those that you gave Qualifio.',
  TOKEN_DECRYPTION_FAILED: 'Encrypt with the key that Qualifio gave you.',
  UNKNOWN: 'Contact Qualifio with the tag number and the time.',
};
