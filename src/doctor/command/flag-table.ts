import type { KnownFlag } from '../../command/command-line.js';

/** A flag, as in the help text and docs/doctor.md. */
export interface Flag extends KnownFlag {
  readonly about: string;
  /** Whether it can be given more than once. */
  readonly repeats?: boolean;
}

/** Every flag, in the order of the help text. */
export const flags: readonly Flag[] = [
  {
    flag: 'endpoint',
    takes: 'URL',
    about: 'the token endpoint, without a page, or where script builds the element',
  },
  {
    flag: 'campaign',
    takes: 'NUMBER',
    repeats: true,
    about: 'number in the tag of a campaign that the endpoint signs for; repeat for several',
  },
  {
    flag: 'cookie',
    takes: 'TEXT',
    about:
      'Cookie header of a signed-in session; sent to the origins of the URL and of --endpoint, and to an endpoint on the page’s site; never printed',
  },
  {
    flag: 'cookie-file',
    takes: 'FILE',
    about: 'the same from a file, which does not show in the list of processes',
  },
  { flag: 'jwks', takes: 'URL', about: 'check this JWKS, and verify signatures with its keys' },
  {
    flag: 'public-key',
    takes: 'FILE',
    about: 'verify signatures with a public key (PEM or JWK)',
  },
  {
    flag: 'secret-file',
    takes: 'FILE',
    about: 'verify signatures with a shared secret (the bytes of the file)',
  },
  {
    flag: 'token-campaign',
    takes: 'NUMBER',
    about: 'technical ID that the token’s campaignId must be',
  },
  {
    flag: 'format',
    takes: 'text|json|markdown',
    about: 'format of the report (text)',
  },
  { flag: 'no-color', about: 'no colors; also if NO_COLOR is set, or in a pipe' },
  {
    flag: 'only',
    takes: 'ID',
    repeats: true,
    about: 'only these checks, by id; * stands for any text, such as guard-*; repeat for several',
  },
  { flag: 'skip', takes: 'ID', repeats: true, about: 'not these checks, in the same way' },
  { flag: 'list', about: 'print the ids of all checks, or of those chosen with --only and --skip' },
  { flag: 'help', about: 'print this' },
  { flag: 'version', about: 'print the version' },
];
