import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { campaignNumber } from '../model/campaigns.js';
import { flags } from './flag-table.js';
import { knobs } from '../model/knob-table.js';
import type { SimulatorOptions } from '../options.js';
import { UsageError } from './usage-error.js';

/** What a command line asks for. */
export interface Command {
  readonly help: boolean;
  readonly version: boolean;
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly options: SimulatorOptions;
}

type Values = Readonly<Record<string, string | undefined>>;

/** The parts of a command line. */
interface Parsed {
  readonly values: Values;
  readonly set: ReadonlySet<string>;
  readonly campaigns: SimulatorOptions['campaigns'];
}

const switches = flags.filter(({ takes }) => takes === undefined).map(({ flag }) => flag);
const valued = [
  ...flags.filter(({ takes }) => takes !== undefined).map(({ flag }) => flag),
  ...knobs.map(({ flag }) => flag),
];
/**
 * `--campaign` is also a knob: `123456=98765` declares a campaign, `finished` sets the state of all
 * of them.
 */
const campaignKnob = knobs.find(({ flag }) => flag === 'campaign');
const ways = ['jwks', 'public-key', 'secret-file'];

/**
 * Reads the command line, and the key files it names.
 *
 * @throws UsageError for the first mistake.
 */
export async function readFlags(args: readonly string[]): Promise<Command> {
  const { values, set, campaigns } = parse(args);
  const [help, version] = [set.has('help'), set.has('version')];
  // With --help, key files are not read.
  if (help || version) return { help, version, port: undefined, host: undefined, options: {} };
  const given = ways.filter((way) => values[way] !== undefined);
  if (given.length > 1) {
    const names = given.map((way) => `--${way}`).join(' and ');
    throw new UsageError(`${names} are two ways to verify signatures; use only one`);
  }
  return {
    help,
    version,
    port: readNumber(values['port']),
    host: values['host'],
    options: { ...(await readOptionFlags(values, set.has('one-use'))), campaigns },
  };
}

function parse(args: readonly string[]): Parsed {
  const { tokens } = parseArgs({
    args: joinNegatives(args),
    strict: false,
    tokens: true,
    options: Object.fromEntries([
      ...valued.map((flag) => [flag, { type: 'string' as const }]),
      ...switches.map((flag) => [flag, { type: 'boolean' as const }]),
    ]) as Record<string, { type: 'string' | 'boolean' }>,
  });
  const values: Record<string, string> = {};
  const set = new Set<string>();
  const campaigns: Record<string, string> = {};
  for (const token of tokens) {
    if (token.kind === 'positional') {
      throw new UsageError(`${token.value} is not a flag or its value; see --help`);
    }
    if (token.kind === 'option-terminator') continue;
    const { name, rawName, value } = token;
    if (switches.includes(name)) {
      if (value !== undefined) throw new UsageError(`${rawName} takes no value; remove it`);
      set.add(name);
    } else if (!valued.includes(name)) {
      throw new UsageError(`${rawName} is not a flag${meant(name)}; see --help`);
    } else if (value === undefined || value === '') {
      throw new UsageError(`${rawName} needs a value; see --help`);
    } else if (name === 'campaign' && campaignKnob?.read(value) === undefined) {
      declareCampaign(campaigns, value);
    } else if (name in values) {
      throw new UsageError(`${rawName} is given twice; remove one`);
    } else {
      values[name] = value;
    }
  }
  return { values, set, campaigns: Object.keys(campaigns).length > 0 ? campaigns : undefined };
}

function declareCampaign(campaigns: Record<string, string>, value: string): void {
  const [tag = '', campaignId = '', ...more] = value.split('=');
  if (!campaignNumber.test(tag) || !campaignNumber.test(campaignId) || more.length > 0) {
    throw new UsageError(
      `--campaign: ${value} is not TAGNUMBER=CAMPAIGNID; use two numbers, such as 123456=98765, or ${campaignKnob?.takes}`,
    );
  }
  if (tag in campaigns) {
    throw new UsageError(`--campaign declares tag ${tag} twice; remove one`);
  }
  campaigns[tag] = campaignId;
}

/** The flag that an unknown one probably stands for. */
function meant(name: string): string {
  const plain = (text: string) => [...text.replace(/\W/g, '').toLowerCase()].sort().join('');
  const close = [...valued, ...switches].find(
    (flag) => plain(flag) === plain(name) || (name.length > 2 && flag.startsWith(name)),
  );
  return close === undefined ? '' : `, --${close} is`;
}

// parseArgs reads the value of `--clock -600` as a flag.
function joinNegatives(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1);
    if (/^-\d/.test(arg) && last?.startsWith('--') && !last.includes('=')) {
      joined[joined.length - 1] = `${last}=${arg}`;
    } else {
      joined.push(arg);
    }
  }
  return joined;
}

/**
 * A number, or NaN, which serveSimulator refuses like every wrong value; {@link flagWords} names
 * the flag.
 */
function readNumber(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  return /^\d+$/.test(value) ? Number(value) : NaN;
}

async function readOptionFlags(values: Values, oneUse: boolean): Promise<SimulatorOptions> {
  const { jwks, lang, 'profile-url': profileUrl } = values;
  const tolerance = readNumber(values['tolerance']);
  const publicKey = await readText('public-key', values);
  const secret = await readBytes('secret-file', values);
  const privateKey = await readText('private-key', values);
  const keys = { jwks, publicKey, secret, privateKey };
  const given: Record<string, unknown> = { ...keys, tolerance, profileUrl, lang };
  for (const { option, flag } of knobs) given[option] = values[flag];
  return { ...given, oneUse } as SimulatorOptions;
}

async function readText(flag: string, values: Values): Promise<string | undefined> {
  const bytes = await readBytes(flag, values);
  return bytes && new TextDecoder().decode(bytes);
}

async function readBytes(flag: string, values: Values): Promise<Uint8Array | undefined> {
  const path = values[flag];
  if (path === undefined) return undefined;
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `--${flag}: cannot read ${path} (${code}); use the path of a readable file`,
    );
  }
}

/** The message of a TypeError of `serveSimulator`, with the flag instead of the option. */
export function flagWords(message: string): string {
  const [option = ''] = /^\w+/.exec(message) ?? [];
  const known = [...flags, ...knobs].find((each) => each.option === option);
  return `--${known?.flag ?? option}${message.slice(option.length)}`;
}
