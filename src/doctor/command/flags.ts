import { validateHeaderValue } from 'node:http';
import { readCommandLine } from '../../command/command-line.js';
import { readFlagFile } from '../../command/flag-file.js';
import { UsageError } from '../../command/usage-error.js';
import { checks } from '../check-table.js';
import { readPublicKey } from '../endpoint/key-source.js';
import type { Format } from '../render.js';
import { flags } from './flag-table.js';
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
    throw new UsageError('--campaign: give the number in the tag of a campaign of the endpoint');
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
  throw new UsageError('--skip: no check is left; leave some');
}

function readUrl(option: string, text: string | undefined): URL | undefined {
  if (text === undefined) return undefined;
  const fix = 'use an address such as https://www.publisher.com/contest';
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

async function readCookie(
  text: string | undefined,
  path: string | undefined,
): Promise<string | undefined> {
  if (text !== undefined && path !== undefined) {
    throw new UsageError('--cookie and --cookie-file are two cookies; use only one');
  }
  const flag = path === undefined ? 'cookie' : 'cookie-file';
  const content =
    path === undefined ? text : new TextDecoder().decode(await readFlagFile('cookie-file', path));
  if (content === undefined) return undefined;
  const cookie = content.replace(/\r?\n$/, '');
  try {
    if (cookie.trim() === '') throw new TypeError('empty');
    validateHeaderValue('Cookie', cookie);
  } catch {
    throw new UsageError(
      `--${flag}: this is not the text of a Cookie header; use one line, such as name=value; name2=value2`,
    );
  }
  const fix = 'copy the value alone, name=value or name=value; name2=value2';
  if (/^\s*cookie\s*:/i.test(cookie)) {
    throw new UsageError(`--${flag}: the text starts with the name of the header, Cookie:; ${fix}`);
  }
  // Never printed: it may be the value of a session.
  if (!cookie.split(';').every((pair) => pair.trim() === '' || /^\s*[^\s=]+=/.test(pair))) {
    throw new UsageError(`--${flag}: a part of the text has no name before an =; ${fix}`);
  }
  return cookie;
}

async function readKey(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const text = new TextDecoder().decode(await readFlagFile('public-key', path));
  if (/PRIVATE KEY-----|"d"\s*:/.test(text)) {
    throw new UsageError(`--public-key: ${path} has a private key; use the public one`);
  }
  try {
    readPublicKey(text);
    return text;
  } catch {
    throw new UsageError(`--public-key: ${path} has no public key; use a PEM or JWK file`);
  }
}

async function readSecret(path: string | undefined): Promise<Uint8Array | undefined> {
  if (path === undefined) return undefined;
  const bytes = await readFlagFile('secret-file', path);
  if (bytes.length === 0) {
    throw new UsageError(`--secret-file: ${path} is empty; use the file with the secret's bytes`);
  }
  if (new TextDecoder().decode(bytes.subarray(0, 100)).includes('-----BEGIN ')) {
    throw new UsageError(`--secret-file: ${path} has a PEM, not a secret; use --public-key`);
  }
  return bytes;
}
