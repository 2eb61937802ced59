/** A flag that is not a knob, as in the help text and docs/simulator.md. */
export interface Flag {
  /** Name, after `--`. */
  readonly flag: string;
  /** The value that it takes; absent if it takes none. A `FILE` is read. */
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
    about: 'port to listen on, 0: any free one',
    when: 'Another program has 4400, or a script starts several.',
  },
  {
    flag: 'host',
    takes: 'ADDRESS',
    default: '127.0.0.1',
    about:
      'address to listen on; if you set it, pages of other machines are served too, and with 0.0.0.0 or :: any Host header',
    when: 'You play on a phone (`0.0.0.0`), or your page has a host name of its own.',
  },
  {
    flag: 'jwks',
    takes: 'URL',
    option: 'jwks',
    default: '',
    about: 'check signatures with the keys of a JWKS, fetched for every token',
    when: 'Your site publishes its keys.',
  },
  {
    flag: 'public-key',
    takes: 'FILE',
    option: 'publicKey',
    default: '',
    about: 'check signatures with a public key (PEM)',
    when: 'You send Qualifio a key yourself.',
  },
  {
    flag: 'secret-file',
    takes: 'FILE',
    option: 'secret',
    default: '',
    about: 'check signatures with a shared secret (the bytes of the file)',
    when: 'You sign with HS256, HS384 or HS512.',
  },
  {
    flag: 'private-key',
    takes: 'FILE',
    option: 'privateKey',
    default: 'none',
    about: 'decrypt JWE with it: PEM (PKCS8) or JWK, also symmetric',
    when: 'You encrypt tokens: give the private half of a test pair instead of Qualifio’s.',
  },
  {
    flag: 'campaign',
    takes: 'TAGNUMBER=CAMPAIGNID',
    option: 'campaigns',
    default: 'none',
    about: 'the campaign that a tag belongs to, for any number of tags; its tokens must name it',
    when: 'To check that your endpoint names the campaign, and not the number in the tag.',
  },
  {
    flag: 'one-use',
    option: 'oneUse',
    default: 'off',
    about: 'each jti is accepted once',
    when: 'To check that each answer is a new token.',
  },
  {
    flag: 'tolerance',
    takes: 'SECONDS',
    option: 'tolerance',
    default: '60',
    about: 'by how much exp and nbf may be off',
    when: 'To be stricter, or more patient, than a minute.',
  },
  {
    flag: 'profile-url',
    takes: 'URL',
    option: 'profileUrl',
    default: 'none',
    about: 'asked for the participant’s data if a token contains access_token',
    when: 'Your tokens contain an access token instead of the data.',
  },
  {
    flag: 'lang',
    takes: 'en|fr',
    option: 'lang',
    default: 'from Accept-Language',
    about: 'language of the campaign',
    when: 'For tests, whose browser may use another language.',
  },
  { flag: 'help', default: '', about: 'print this', when: '' },
  { flag: 'version', default: '', about: 'print the version', when: '' },
];
