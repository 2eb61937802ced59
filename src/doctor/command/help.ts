import { helpEntry } from '../../command/help-entry.js';
import { checks } from '../check-table.js';
import { flags } from './flag-table.js';

const head = `qualifio-doctor: checks from outside whether a page or a token endpoint is set up right.

  qualifio-doctor https://www.publisher.com/contest --cookie-file session.txt
  qualifio-doctor --endpoint https://www.publisher.com/qualifio/token --campaign 123456 --jwks https://www.publisher.com/jwks.json

Sends at most 40 requests. Tokens, claims and cookies are never printed.

`;

const foot = `
Exit code 0: nothing failed. 1: a check failed. 2: the command line is wrong, or the page or --endpoint cannot be reached. 130: Ctrl+C.
Every check is explained in docs/doctor.md in the package.
`;

/** What `--help` prints. */
export function helpText(): string {
  return (
    head +
    flags.map(({ flag, takes = '', about }) => helpEntry(`${flag} ${takes}`, about)).join('') +
    foot
  );
}

/** What `--list` prints: the chosen checks. */
export function listText(chosen: ReadonlySet<string>): string {
  return checks
    .filter(({ id }) => chosen.has(id))
    .map(({ id, level, right }) => `${id.padEnd(26)}${level.padEnd(16)}${right}\n`)
    .join('');
}
