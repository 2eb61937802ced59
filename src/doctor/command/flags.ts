import { readCommandLine } from '../../command/command-line.js';
import { UsageError } from '../../command/usage-error.js';
import { checks } from '../check-table.js';
import type { Format } from '../render.js';
import { readCookie } from './cookie-flags.js';
import { flags } from './flag-table.js';
import { readKey, readSecret } from './key-flags.js';
import type { DoctorOptions } from './options.js';

/** What a command line asks for. */
export interface Command {
  readonly task: 'help' | 'version' | 'list' | 'examine';
  readonly options: DoctorOptions;
  readonly format: Format;
  readonly noColor: boolean;
}

const formats: readonly Format[] = ['text', 'json', 'markdown'];
const ways = ['jwks', 'public-key', 'secret-file'];
const paths: Record<string, string> = { '--endpoint': 'qualifio/token', '--jwks': 'jwks.json' };
const nothing: DoctorOptions = {
  ...{ url: undefined, endpoint: undefined, campaigns: [], cookie: undefined, jwks: undefined },
  ...{ publicKey: undefined, secret: undefined, tokenCampaign: undefined, chosen: new Set() },
};

/**
 * Reads the command line, and the files it names.
 *
 * @throws {UsageError} for the first mistake.
 */
export async function readFlags(args: readonly string[]): Promise<Command> {
  const repeats = (name: string) => flags.some(({ flag, repeats }) => flag === name && repeats);
  const { given, switches, words } = readCommandLine(args, flags, repeats);
  const valuesOf = (name: string) =>
    given.filter(([flag]) => flag === name).map(([, value]) => value);
  const value = (name: string): string | undefined => valuesOf(name)[0];
  const noColor = switches.has('no-color');
  const simple = { options: nothing, format: 'text', noColor } as const;
  if (switches.has('help')) return { ...simple, task: 'help' };
  if (switches.has('version')) return { ...simple, task: 'version' };
  const chosen = choose(valuesOf('only'), valuesOf('skip'));
  if (switches.has('list')) return { ...simple, task: 'list', options: { ...nothing, chosen } };

  const [word, stray] = words;
  if (stray !== undefined) throw new UsageError(`URL: ${word} and ${stray} are two; give one page`);
  const url = readUrl('URL', word);
  const endpoint = readUrl('--endpoint', value('endpoint'));
  const campaigns = [...new Set(valuesOf('campaign').map((text) => readNumber('campaign', text)))];
  if (!url && !endpoint) {
    throw new UsageError('URL: give the URL of a page, or --endpoint and --campaign; see --help');
  }
  if (!url && campaigns.length === 0) {
    throw new UsageError(
      '--campaign: none is given; give the number in the tag of a campaign of the endpoint',
    );
  }
  const taken = ways.filter((way) => value(way) !== undefined);
  if (taken.length > 1) {
    const names = taken.map((way) => `--${way}`).join(' and ');
    throw new UsageError(`${names} are two ways to verify signatures; use only one`);
  }
  const format = value('format') ?? 'text';
  const known = formats.find((one) => one === format);
  if (!known) throw new UsageError(`--format: ${format} is not one; use ${formats.join(', ')}`);
  const tokenCampaign = value('token-campaign');
  return {
    task: 'examine',
    format: known,
    noColor,
    options: {
      url,
      endpoint,
      campaigns,
      cookie: await readCookie(value('cookie'), value('cookie-file')),
      jwks: readUrl('--jwks', value('jwks')),
      publicKey: await readKey(value('public-key')),
      secret: await readSecret(value('secret-file')),
      tokenCampaign: tokenCampaign && readNumber('token-campaign', tokenCampaign),
      chosen,
    },
  };
}

/** The ids that are chosen with `--only` and `--skip`. */
function choose(only: readonly string[], skip: readonly string[]): ReadonlySet<string> {
  const matching = (flag: string, glob: string): string[] => {
    const pattern = glob
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    const found = checks.map(({ id }) => id).filter((id) => new RegExp(`^${pattern}$`).test(id));
    if (found.length > 0) return found;
    throw new UsageError(`--${flag}: no check has the id ${glob}; --list prints all`);
  };
  const wanted = only.flatMap((glob) => matching('only', glob));
  const unwanted = new Set(skip.flatMap((glob) => matching('skip', glob)));
  const ids = only.length > 0 ? wanted : checks.map(({ id }) => id);
  const chosen = ids.filter((id) => !unwanted.has(id));
  if (chosen.length > 0) return new Set(chosen);
  throw new UsageError(`--skip: ${skip.join(', ')} leaves no check to run; leave some`);
}

function readUrl(option: string, text: string | undefined): URL | undefined {
  if (text === undefined) return undefined;
  const fix = `use an address such as https://www.publisher.com/${paths[option] ?? 'contest'}`;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new UsageError(`${option}: ${text} is not an http or https URL; ${fix}`);
  }
  const url = new URL(text);
  if (url.username || url.password) {
    throw new UsageError(`${option}: the URL has a user name or password; remove them`);
  }
  url.hash = '';
  return url;
}

function readNumber(flag: string, text: string): string {
  if (/^\d{1,20}$/.test(text)) return text;
  throw new UsageError(`--${flag}: ${text} is not a number; use 1 to 20 digits, such as 123456`);
}
