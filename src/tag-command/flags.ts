import { readCommandLine } from '../command/command-line.js';
import { helpEntry } from '../command/help-entry.js';
import { UsageError } from '../command/usage-error.js';
import { isLoopback } from '../config/host.js';
import type { ElementSettings } from './element-markup.js';
import { flags } from './flag-table.js';

/** What a command line asks for. */
export interface TagCommand extends ElementSettings {
  readonly task: 'help' | 'version' | 'rewrite';
  /** Files and folders. */
  readonly paths: readonly string[];
  readonly writes: boolean;
  readonly format: 'text' | 'json';
}

const head = `qualifio-tag: replaces Qualifio's JS tags in HTML files with <qualifio-campaign> elements.

  qualifio-tag article.html --auth-endpoint /qualifio/token --login-url /login
  qualifio-tag --write --auth-endpoint /qualifio/token articles/

Prints a diff and changes nothing, unless you give --write. A folder stands for the .html and .htm
files in it.

`;

const foot = `
Exit code 0: every tag is an element, or would be with --write. 1: something is left as it is; stderr says what. 2: the command line is wrong, or a file cannot be read or written.
docs/migration.md in the package explains how to migrate a site.
`;

/** What `--help` prints. */
export function helpText(): string {
  const entries = flags.map(({ flag, takes = '', about }) => helpEntry(`${flag} ${takes}`, about));
  return head + entries.join('') + foot;
}

/**
 * Reads the command line.
 *
 * @throws {UsageError} for the first mistake.
 */
export function readFlags(args: readonly string[]): TagCommand {
  const { given, switches, words: paths } = readCommandLine(args, flags, () => false);
  const values = new Map(given);
  const format = values.get('format') ?? 'text';
  const authEndpoint = readUrl('auth-endpoint', values.get('auth-endpoint'));
  const loginUrl = readUrl('login-url', values.get('login-url'));
  if (format !== 'text' && format !== 'json') {
    throw new UsageError(`--format: ${format} is not one; use text or json`);
  }
  const task = switches.has('help') ? 'help' : switches.has('version') ? 'version' : 'rewrite';
  if (task === 'rewrite' && paths.length === 0) {
    throw new UsageError('FILE: give the HTML files to rewrite, or a folder; see --help');
  }
  return { task, paths, writes: switches.has('write'), format, authEndpoint, loginUrl };
}

/** A URL as the element's attribute can have it: https, or relative to the page. */
function readUrl(flag: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const base = 'https://www.publisher.com/';
  const { protocol, hostname, username, password } = URL.canParse(text, base)
    ? new URL(text, base)
    : { protocol: '', hostname: '', username: '', password: '' };
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  if (!isSafe) {
    throw new UsageError(
      `--${flag}: ${text} is not an https URL or a path; use one such as /login`,
    );
  }
  if (username || password) {
    throw new UsageError(`--${flag}: the URL has a user name or password; remove them`);
  }
  return text;
}
