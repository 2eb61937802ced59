import type { Row } from './page-rows.js';

/** The checks of a JWKS. */
export const jwksRows: readonly Row[] = [
  // The JWKS
  [
    'jwks-answers',
    'F',
    'The JWKS’s URL answers with a readable JWKS.',
    'Serve `{"keys": […]}` at this URL with status 200, without a login.',
  ],
  ['jwks-redirect', 'F', 'The JWKS’s URL does not redirect.', 'Give Qualifio the final URL.'],
  [
    'jwks-private',
    'F',
    'The JWKS has no private keys.',
    'Remove `d`, `p`, `q`, `dp`, `dq` and `qi` at once, and replace the key: it is public now.',
  ],
  [
    'jwks-symmetric',
    'F',
    'The JWKS has no symmetric keys.',
    'Remove the key and replace the secret: it is public now. Give Qualifio a secret in another way.',
  ],
  ['jwks-kid', 'F', 'Each key has its own `kid`.', 'Give each key a `kid` of its own.'],
  [
    'jwks-rsa',
    'F',
    'RSA keys have at least 2,048 bits.',
    'Create a new key: `npx qualifio-keygen`.',
  ],
  [
    'jwks-alg',
    'F',
    'Each key’s `alg` and `use` are right for signatures.',
    'Set `use` to `sig`, and `alg` to the algorithm that the token’s header names, which must suit the key. If you have done so, empty the cache that has the JWKS.',
  ],
  [
    'jwks-content-type',
    'W',
    'The JWKS has the media type of JSON.',
    'Send `Content-Type: application/jwk-set+json`, or `application/json`.',
  ],
  [
    'jwks-max-age',
    'W',
    'The JWKS can be cached for 60 seconds to 1 day.',
    'Send `Cache-Control: public, max-age=300`.',
  ],
  [
    'jwks-no-store',
    'W',
    'The JWKS has no `no-store`.',
    'Send `Cache-Control: public, max-age=300`: the keys are public.',
  ],
];
