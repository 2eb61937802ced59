import type { KnownFlag } from '../command/command-line.js';

/** A flag, as in the help text and docs/migration.md. */
export interface Flag extends KnownFlag {
  readonly about: string;
}

/** Every flag, in the order of the help text. */
export const flags: readonly Flag[] = [
  { flag: 'write', about: 'change the files; without it, only print what would change' },
  {
    flag: 'auth-endpoint',
    takes: 'URL',
    about: 'auth-endpoint of each element: the URL of your token endpoint',
  },
  {
    flag: 'login-url',
    takes: 'URL',
    about: 'login-url of each element: the URL of your login page',
  },
  { flag: 'format', takes: 'text|json', about: 'format of the report (text)' },
  { flag: 'help', about: 'print this' },
  { flag: 'version', about: 'print the version' },
];
