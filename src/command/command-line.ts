import { parseArgs } from 'node:util';
import { UsageError } from './usage-error.js';

/** What {@link readCommandLine} needs to know of a flag. */
export interface KnownFlag {
  /** Name, after `--`. */
  readonly flag: string;
  /** Placeholder of its value; absent if it has none. */
  readonly takes?: string;
}

/** The parts of a command line. */
export interface CommandLine {
  /** Flags with their values, in order. */
  readonly given: readonly (readonly [flag: string, value: string])[];
  /** Flags without a value. */
  readonly switches: ReadonlySet<string>;
  /** What is neither a flag nor its value. */
  readonly words: readonly string[];
}

/**
 * Splits a command line.
 *
 * @param repeats whether a flag with this value can be given more than once.
 * @throws UsageError for the first mistake.
 */
export function readCommandLine(
  args: readonly string[],
  known: readonly KnownFlag[],
  repeats: (flag: string, value: string) => boolean,
): CommandLine {
  const valued = known.filter(({ takes }) => takes !== undefined).map(({ flag }) => flag);
  const silent = known.filter(({ takes }) => takes === undefined).map(({ flag }) => flag);
  const { tokens } = parseArgs({
    args: joinNegatives(args),
    strict: false,
    tokens: true,
    options: Object.fromEntries([
      ...valued.map((flag) => [flag, { type: 'string' as const }]),
      ...silent.map((flag) => [flag, { type: 'boolean' as const }]),
    ]) as Record<string, { type: 'string' | 'boolean' }>,
  });
  const given: [string, string][] = [];
  const once = new Set<string>();
  const switches = new Set<string>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    if (silent.includes(name)) {
      if (value !== undefined) throw new UsageError(`${rawName} takes no value; remove it`);
      switches.add(name);
    } else if (!valued.includes(name)) {
      throw new UsageError(`${rawName} is not a flag${meant(name, known)}; see --help`);
    } else if (value === undefined) {
      throw new UsageError(`${rawName} needs a value; see --help`);
    } else if (value === '') {
      throw new UsageError(
        `${rawName} has an empty value; set the variable that it comes from, or remove the flag`,
      );
    } else {
      if (!repeats(name, value)) {
        if (once.has(name)) throw new UsageError(`${rawName} is given twice; remove one`);
        once.add(name);
      }
      given.push([name, value]);
    }
  }
  return { given, switches, words };
}

/** The flag that an unknown one probably stands for. */
function meant(name: string, known: readonly KnownFlag[]): string {
  const plain = (text: string) => [...text.replace(/\W/g, '').toLowerCase()].sort().join('');
  const close = known.find(
    ({ flag }) => plain(flag) === plain(name) || (name.length > 2 && flag.startsWith(name)),
  );
  return close === undefined ? '' : `, --${close.flag} is`;
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
