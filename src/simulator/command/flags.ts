import { readCommandLine } from '../../command/command-line.js';
import { readFlagFile } from '../../command/flag-file.js';
import { UsageError } from '../../command/usage-error.js';
import { campaignNumber } from '../model/campaigns.js';
import { flags } from './flag-table.js';
import { readProfileFile } from './profile-file.js';
import { knobs } from '../model/knob-table.js';
import type { SimulatorOptions } from '../options.js';

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
    port: readNumber(values['port']) as number | undefined,
    host: values['host'],
    options: { ...(await readOptionFlags(values, set.has('one-use'))), campaigns },
  };
}

function parse(args: readonly string[]): Parsed {
  const isDeclaration = (flag: string, value: string) =>
    flag === 'campaign' && campaignKnob?.read(value) === undefined;
  const known = [...flags, ...knobs.map(({ flag, placeholder }) => ({ flag, takes: placeholder }))];
  const { given, switches, words } = readCommandLine(args, known, isDeclaration);
  const [stray] = words;
  if (stray !== undefined) throw new UsageError(`${stray} is not a flag or its value; see --help`);
  const values: Record<string, string> = {};
  const campaigns: Record<string, string> = {};
  for (const [flag, value] of given) {
    if (isDeclaration(flag, value)) declareCampaign(campaigns, value);
    else values[flag] = value;
  }
  const isDeclared = Object.keys(campaigns).length > 0;
  return { values, set: switches, campaigns: isDeclared ? campaigns : undefined };
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

/**
 * A number, or the text, which serveSimulator refuses like every wrong value; {@link flagWords}
 * names the flag.
 */
function readNumber(value: string | undefined): unknown {
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : value;
}

async function readOptionFlags(values: Values, oneUse: boolean): Promise<SimulatorOptions> {
  const { jwks, lang, 'profile-url': profileUrl } = values;
  const tolerance = readNumber(values['tolerance']);
  const publicKey = await readText('public-key', values);
  const secret = await readBytes('secret-file', values);
  const privateKey = await readText('private-key', values);
  const path = values['kit-profile'];
  const kitProfile = path === undefined ? undefined : await readProfileFile('kit-profile', path);
  const keys = { jwks, publicKey, secret, privateKey };
  const given: Record<string, unknown> = { ...keys, tolerance, profileUrl, lang, kitProfile };
  for (const { option, flag } of knobs) given[option] = values[flag];
  return { ...given, oneUse } as SimulatorOptions;
}

async function readText(flag: string, values: Values): Promise<string | undefined> {
  const bytes = await readBytes(flag, values);
  return bytes && new TextDecoder().decode(bytes);
}

async function readBytes(flag: string, values: Values): Promise<Uint8Array | undefined> {
  const path = values[flag];
  return path === undefined ? undefined : readFlagFile(flag, path);
}

/** The message of a TypeError of `serveSimulator`, with flags instead of options. */
export function flagWords(message: string): string {
  const flagOf = (name: string) =>
    [...flags, ...knobs].find(({ option, flag }) => (option ?? flag) === name)?.flag;
  return message
    .replace(/^\w+/, (option) => `--${flagOf(option) ?? option}`)
    .replace(/`(\w+)`/g, (code, option: string) => {
      const flag = flagOf(option);
      return flag === undefined ? code : `--${flag}`;
    });
}
