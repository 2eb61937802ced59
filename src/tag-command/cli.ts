import process from 'node:process';
import { packageFacts } from '../command/package-facts.js';
import { printable } from '../command/printable.js';
import { UsageError } from '../command/usage-error.js';
import { FileError, filesAt, readBytes, replaceFile } from './files.js';
import { helpText, readFlags, type TagCommand } from './flags.js';
import { rewriteBytes, type FileReport } from './rewrite-file.js';

// The reader of the output may stop (`| head`).
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  warn(`qualifio-tag: ${error.message}`);
  process.exitCode = 2;
}

/** @returns the exit code. */
async function run(args: readonly string[]): Promise<number> {
  const command = readFlags(args);
  if (command.task === 'rewrite') return rewrite(command);
  const text = command.task === 'help' ? helpText() : `${(await packageFacts()).version}\n`;
  process.stdout.write(text);
  return 0;
}

async function rewrite(command: TagCommand): Promise<number> {
  const reports: FileReport[] = [];
  const errors: string[] = [];
  /** What `act` returns; undefined if a file cannot be used. */
  const attempt = async <Value>(act: () => Promise<Value>): Promise<Value | undefined> => {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      errors.push(error.message);
      warn(`qualifio-tag: ${error.message}`);
      return undefined;
    }
  };
  const seen = new Set<string>();
  for (const path of command.paths) {
    for (const file of (await attempt(() => filesAt(path))) ?? []) {
      const report = await attempt(() => rewriteFile(file, command, seen));
      if (!report) continue;
      reports.push(report);
      if (command.format === 'text') print(report);
    }
  }
  summarize(reports, errors, command);
  if (errors.length > 0) return 2;
  return reports.some(({ left }) => left.length > 0) ? 1 : 0;
}

/** @returns undefined if the file was seen before, by another path. */
async function rewriteFile(
  file: string,
  command: TagCommand,
  seen: Set<string>,
): Promise<FileReport | undefined> {
  const { bytes, realPath } = await readBytes(file);
  if (seen.has(realPath)) return undefined;
  seen.add(realPath);
  const { report, after } = rewriteBytes(file, bytes, command);
  if (command.writes && report.diff) await replaceFile(file, bytes, after);
  return report;
}

/** Prints the diff to stdout, and what is left to stderr. */
function print({ file, diff, left, notes }: FileReport): void {
  process.stdout.write(diff);
  for (const { line, found, fix } of left) warn(`${file}:${line}: left: ${found}. ${fix}`);
  for (const { line, found, fix } of notes) warn(`${file}:${line}: note: ${found}. ${fix}`);
}

function summarize(
  reports: readonly FileReport[],
  errors: readonly string[],
  { format, writes, authEndpoint }: TagCommand,
): void {
  const changed = reports.filter(({ diff }) => diff).length;
  const rewritten = reports.reduce((sum, report) => sum + report.rewritten.length, 0);
  const left = reports.reduce((sum, report) => sum + report.left.length, 0);
  const summary = { files: reports.length, changed, rewritten, left, errors: errors.length };
  if (format === 'json') {
    const files = reports.filter((one) => one.diff || one.left.length > 0 || one.notes.length > 0);
    process.stdout.write(
      `${JSON.stringify({ written: writes, files, errors, summary }, null, 2)}\n`,
    );
    return;
  }
  const verb = writes ? 'rewritten' : 'to rewrite';
  warn(
    `${count(rewritten, 'tag')} ${verb} in ${changed} of ${count(reports.length, 'file')}, ${left} left`,
  );
  if (rewritten === 0) return;
  if (!writes) warn('Nothing is changed yet: use --write.');
  if (!authEndpoint)
    warn('The elements have no auth-endpoint: use --auth-endpoint to sign participants in.');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function warn(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}
