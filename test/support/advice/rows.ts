// A table of errors whose advice is followed: each row is wrong, says how, and works as it says.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { runInThisContext } from 'node:vm';
import { textsIn } from './advice-in-source.js';

const folder = mkdtempSync(join(tmpdir(), 'advice-'));
after(() => rmSync(folder, { recursive: true }));

/** Uses a value, which may be wrong, to the end; rejects with what is then said. */
export type Use = (value: never) => Promise<void>;

export type Row = readonly [
  what: string,
  use: Use,
  wrong: unknown,
  says: RegExp,
  right: (wrong: never, message: string) => unknown,
];

/** A value that is right, whatever the message. */
export const use =
  <Value>(value: Value) =>
  (): Value =>
    value;

/** The path of a file with this content. */
export function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

/** Runs the command in backticks on a file with this text, as a person does in a terminal. */
export function run(message: string, text: string, ...typed: string[]): string {
  const path = file('key', text);
  const [command, ...args] = /`(.+)`/.exec(message)![1]!.replace('FILE', path).split(' ');
  const printed = execFileSync(command!, [...args, ...typed], { stdio: 'pipe' }).toString();
  return printed.includes('BEGIN') ? printed : readFileSync(path, 'utf8');
}

const code =
  /(?:Buffer\.from|crypto\.getRandomValues|(?:KeyObject\.from\(key\)|key)\.export)\((?:[^()]|\([^()]*\))*\)/;

/** Evaluates the code in the message. */
export function evaluate(message: string, names: Record<string, unknown> = {}): unknown {
  const all = { ...names, Buffer, crypto, KeyObject };
  const program = `({ ${Object.keys(all).join(', ')} }) => ${code.exec(message)![0]}`;
  return (runInThisContext(program) as (names: object) => unknown)(all);
}

/** What it rejects with. */
async function messageOf(make: Promise<void>): Promise<string> {
  const error = await make.then(
    () => assert.fail('it should be refused'),
    (thrown: unknown) => thrown,
  );
  return (error as Error).message;
}

/**
 * Follows each row.
 *
 * @param hidden parts of secrets, which no message may have.
 * @returns the messages, once the tests have run.
 */
export function follow(
  title: string,
  rows: readonly Row[],
  hidden: readonly string[],
): readonly string[] {
  const shown: string[] = [];
  describe(title, () => {
    for (const [what, attempt, wrong, says, right] of rows) {
      it(what, async () => {
        const message = await messageOf(attempt(wrong as never));
        assert.match(message, says);
        assert.doesNotMatch(message, /\n/);
        for (const part of hidden) assert.ok(!message.includes(part), 'no part of a secret');
        shown.push(message.replaceAll('`', ''));
        await attempt((await right(wrong as never, message)) as never);
      });
    }
  });
  return shown;
}

/** Asserts that a row has shown each text of these files. */
export function assertShown(
  shown: readonly string[],
  paths: readonly string[],
  elsewhere: readonly (readonly [text: RegExp, why: string])[],
): void {
  const missing = textsIn(paths).filter(
    ({ text, pattern }) =>
      !elsewhere.some(([each]) => each.test(text)) && !shown.some((each) => pattern.test(each)),
  );
  assert.deepEqual(
    missing.map(({ place, text }) => `${place}: ${text}`),
    [],
    'Add a row that shows the text.',
  );
}

type CommandLine = readonly string[];

/** Replaces a word of a command line. */
export const instead =
  (wrong: string, right: string) =>
  (args: CommandLine): CommandLine =>
    args.map((arg) => arg.replace(wrong, right));

/** Leaves words of a command line out. */
export const without =
  (...words: string[]) =>
  (args: CommandLine): CommandLine =>
    args.filter((arg) => !words.includes(arg));
