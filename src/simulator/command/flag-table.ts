/** A flag that is not a knob, as in the help text and docs/simulator.md. */
export interface Flag {
  /** Name, after `--`. */
  readonly flag: string;
  /** The value that it accepts; absent if it has none. A `FILE` is read. */
  readonly takes?:
    'NUMBER' | 'ADDRESS' | 'URL' | 'FILE' | 'SECONDS' | 'TAGNUMBER=CAMPAIGNID' | 'en|fr';
  /** The option of `createSimulator` that does the same. */
  readonly option?: string;
  /** Empty if there is none. */
  readonly default: string;
  readonly about: string;
  /** When to use it. */
  readonly when: string;
}

/** Every flag that is not a knob, in the order of the help text. */
export const flags: readonly Flag[] = [
  {
    flag: 'port',
    takes: 'NUMBER',
    default: '4400',
    about: 'port to listen on; 0 for any free port',
    when: 'Another program uses port 4400, or a script starts several simulators.',
  },
  {
    flag: 'host',
    takes: 'ADDRESS',
    default: '127.0.0.1',
    about:
      'address to listen on; if set, pages from other machines are served too, and with 0.0.0.0 or :: any Host header is accepted',
    when: 'You test on a phone (`0.0.0.0`), or your page has its own host name.',
  },
  {
    flag: 'jwks',
    takes: 'URL',
    option: 'jwks',
    default: '',
    about: 'verify signatures with the keys of a JWKS, fetched for every token',
    when: 'Your site publishes its keys.',
  },
  {
    flag: 'public-key',
    takes: 'FILE',
    option: 'publicKey',
    default: '',
    about: 'verify signatures with a public key (PEM)',
    when: 'You give Qualifio a key yourself.',
  },
  {
    flag: 'secret-file',
    takes: 'FILE',
    option: 'secret',
    default: '',
    about: 'verify signatures with a shared secret (the bytes of the file)',
    when: 'You sign with HS256, HS384 or HS512.',
  },
  {
    flag: 'private-key',
    takes: 'FILE',
    option: 'privateKey',
    default: 'none',
    about: 'decrypt JWEs with this key: PEM (PKCS8) or JWK, also symmetric',
    when: 'You encrypt tokens. Use the private key of a test pair instead of Qualifio’s.',
  },
  {
    flag: 'campaign',
    takes: 'TAGNUMBER=CAMPAIGNID',
    option: 'campaigns',
    default: 'none',
    about: 'the campaign ID of a tag, which its tokens must contain; repeat for several tags',
    when: 'You want to check that your endpoint uses the campaign ID and not the tag number.',
  },
  {
    flag: 'one-use',
    option: 'oneUse',
    default: 'off',
    about: 'accept each jti only once',
    when: 'You want to check that each answer is a new token.',
  },
  {
    flag: 'tolerance',
    takes: 'SECONDS',
    option: 'tolerance',
    default: '60',
    about: 'tolerance for exp and nbf',
    when: 'You want a tolerance other than a minute.',
  },
  {
    flag: 'profile-url',
    takes: 'URL',
    option: 'profileUrl',
    default: 'none',
    about: 'URL that returns the participant’s data if a token contains access_token',
    when: 'Your tokens contain an access token instead of the data.',
  },
  {
    flag: 'lang',
    takes: 'en|fr',
    option: 'lang',
    default: 'from Accept-Language',
    about: 'language of the campaign',
    when: 'Your test browser uses another language.',
  },
  {
    flag: 'kit-profile',
    takes: 'FILE',
    option: 'kitProfile',
    default: 'none',
    about:
      'set the kit knobs to what the inspector recorded of the real kit; knobs given as flags win',
    when: 'You have a [kit profile](kit-profile.md).',
  },
  { flag: 'help', default: '', about: 'print this', when: '' },
  { flag: 'version', default: '', about: 'print the version', when: '' },
];
