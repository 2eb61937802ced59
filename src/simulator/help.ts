import { knobs } from './knobs.js';

const head = `qualifio-simulator: Qualifio's side of the login exchange, on your machine. For development only.

  qualifio-simulator --port 4400 --jwks http://localhost:3000/jwks.json

  --port NUMBER         port to listen on, 0: any free one (4400)
  --host ADDRESS        address to listen on; given, pages of other machines are served too (127.0.0.1)
  --jwks URL            check signatures with the keys of a JWKS
  --public-key FILE     ... with a public key (PEM)
  --secret-file FILE    ... with a shared secret (the file's bytes)
                        with none of these three: a throw-away key pair, see /jwks.json and /token?campaignId=
  --private-key FILE    decrypt JWE: PEM (PKCS8) or JWK
  --one-use             a jti counts once
  --tolerance SECONDS   for exp and nbf (60)
  --profile-url URL     asked for the participant's data where a token carries access_token
  --lang en|fr          language of the campaign (from Accept-Language)
  --help, --version

Knobs, also as query of the kit's or the frame's URL; the first value is the default:
`;

/** What `--help` prints. */
export function helpText(): string {
  const lines = knobs.map(({ flag, takes }) => `  --${`${flag} `.padEnd(20)}${takes}`);
  return `${head}${lines.join('\n')}\n`;
}
