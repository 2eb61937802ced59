import type { Row } from './page-rows.js';

/** The checks of an endpoint: its answers, its guard, its tokens. */
export const endpointRows: readonly Row[] = [
  // The endpoint
  [
    'endpoint-answers',
    'F',
    'The token endpoint answers in time.',
    'Start the endpoint, or correct `auth-endpoint`.',
  ],
  [
    'endpoint-signed-out',
    'FW',
    'A signed-out participant gets 401, 204 or `{"token": null}`.',
    'Answer 401 without a redirect and without a page if no participant is signed in.',
  ],
  [
    'endpoint-signed-in',
    'F',
    'A signed-in participant gets a token.',
    'Check that the cookie is of a current session, and that browsers send it to the endpoint, not only to the page: its `Path`, `SameSite` and host decide. If both are so, see the log of the endpoint’s server.',
  ],
  [
    'endpoint-tag',
    'F',
    'The endpoint answers `part=tag` where the element has only two attributes.',
    'Answer `{"tag": {"channelId", "host"}}`, or set `channel-id` and `host` in the page.',
  ],
  [
    'endpoint-hosts',
    'F',
    'If the answer has `hosts`, it names the campaign’s host.',
    'Add the campaign’s host to `hosts`, or correct `host` in the page.',
  ],
  [
    'endpoint-cors',
    'F',
    'An endpoint on another origin lets the page read its answers.',
    'Send `Access-Control-Allow-Origin` with the page’s exact origin and `Access-Control-Allow-Credentials: true`, also for `OPTIONS`; with `qualifio-campaign/server`, set `allowedOrigins`.',
  ],
  [
    'endpoint-no-store',
    'F',
    'An answer with a token has `Cache-Control: no-store`.',
    'Send `Cache-Control: no-store` with every answer: a cache could give one participant’s token to another. If the endpoint sends it, a proxy or CDN replaces it: have that keep the header.',
  ],
  [
    'endpoint-nosniff',
    'W',
    'Answers have `X-Content-Type-Options: nosniff`.',
    'Send `X-Content-Type-Options: nosniff`.',
  ],
  [
    'endpoint-vary',
    'W',
    'Answers have `Vary: Cookie, Origin, Sec-Fetch-Site`.',
    'Send `Vary: Cookie, Origin, Sec-Fetch-Site`.',
  ],
  // The guard
  [
    'guard-navigation',
    'F',
    'A navigation gets no token.',
    'Answer 403 if `Sec-Fetch-Mode` is `navigate` or `Sec-Fetch-Dest` is not `empty`, and to a request without the headers of a script.',
  ],
  [
    'guard-foreign-origin',
    'F',
    'A request with the `Origin` of a stranger gets no token.',
    'If there is an `Origin` header, answer 403 unless it is your own origin or one that you list.',
  ],
  [
    'guard-null-origin',
    'F',
    'A request with `Origin: null` gets no token.',
    'Answer 403 to `Origin: null`: sandboxed frames of any site send it.',
  ],
  [
    'guard-cross-site',
    'F',
    'A request with `Sec-Fetch-Site: cross-site` and no `Origin` gets no token.',
    'Without an `Origin`, answer 403 unless `Sec-Fetch-Site` is `same-origin`.',
  ],
  [
    'guard-same-site',
    'F',
    'A request with `Sec-Fetch-Site: same-site` and no `Origin` gets no token.',
    'Without an `Origin`, answer 403 unless `Sec-Fetch-Site` is `same-origin`: the campaign’s own host is on the same site.',
  ],
  [
    'guard-no-headers',
    'F',
    'A request with none of `X-Requested-With`, `Origin` and `Sec-Fetch-Site` gets no token.',
    'If `Origin` and `Sec-Fetch-Site` are missing, require `X-Requested-With`.',
  ],
  [
    'guard-post',
    'F',
    'A `POST` gets no token.',
    'Answer 405 to every method but `GET`, `HEAD` and `OPTIONS`.',
  ],
  [
    'guard-unknown-campaign',
    'F',
    'An unknown campaign gets no token.',
    'Sign only for the campaigns that you list; answer 404 to any other number.',
  ],
  [
    'guard-malformed-campaign',
    'F',
    'A malformed `campaignId` gets no token.',
    'Accept only 1 to 20 digits, as a whole; do not convert the text to a number before.',
  ],
  [
    'guard-cors',
    'F',
    'No stranger gets permission (CORS) to read an answer.',
    'Send `Access-Control-Allow-Origin` only to origins that you list, compared as a whole; never `*`, `null` or the request’s own `Origin`.',
  ],
  // The token
  [
    'token-form',
    'F',
    'The token is a JWT in compact form: a JWS with `alg`, or a JWE.',
    'Create it with your language’s JWT library, and answer `{"token": "<JWT>"}`.',
  ],
  [
    'token-alg',
    'W',
    'The `alg` of the token is one that Qualifio documents.',
    'Use RS256, RS384, RS512, ES256, ES384, ES512, HS256, HS384 or HS512.',
  ],
  [
    'token-kid',
    'F',
    'The token’s `kid` is in the JWKS.',
    'Publish the key that signs, and set `kid` in the token’s header to its `kid`.',
  ],
  [
    'token-signature',
    'F',
    'The signature is valid.',
    'Publish the public half of the key that signs. For a secret, use the same bytes on both sides.',
  ],
  [
    'token-lifetime',
    'F',
    'The token has `exp`, at most 10 minutes after `iat`.',
    'Set `exp` to at most 600 seconds after `iat`, both in seconds: without `exp`, a token is valid forever.',
  ],
  [
    'token-time',
    'F',
    'The token is valid at the time of the answer.',
    'Set `iat`, `nbf` and `exp` from the current time, in seconds since 1970 in UTC: a local time is not UTC. With `createTokenEndpoint`, leave out `clock`. If `token-clock` warns, synchronize the servers’ clocks.',
  ],
  [
    'token-sub',
    'F',
    'The token has `sub`, the participant’s id.',
    'Set `sub` to a stable id of the participant, as text. If other participants have one, look at the account of this one.',
  ],
  [
    'token-campaign',
    'F',
    'The token’s `campaignId` is the campaign’s technical ID.',
    'Set `campaignId` to the technical ID, not to the number in the tag; the campaign feed has both.',
  ],
  ['token-jti', 'W', 'The token has a `jti`.', 'Set `jti` to a random UUID.'],
  [
    'token-jti-twice',
    'F',
    'Two tokens do not have the same `jti`.',
    'Create a new `jti`, and a new token, for each answer; do not cache tokens, in the endpoint or in front of it.',
  ],
  [
    'token-size',
    'F',
    'The answer has at most 64 KiB.',
    'Answer with the token alone, and with few claims.',
  ],
  [
    'token-payload',
    'W',
    'The payload has at most 8,192 bytes.',
    'Leave out what the campaign does not need.',
  ],
  [
    'token-personal-data',
    'W',
    'A token that is not encrypted has no personal data.',
    'Encrypt the token for Qualifio (JWE), use an access token instead of the data, or leave the data out.',
  ],
  [
    'token-clock',
    'W',
    'The clock of the endpoint’s server is right to 2 minutes.',
    'Synchronize the server’s clock (NTP). If this computer’s clock is wrong, correct that one.',
  ],
];
