import process from 'node:process';
import { packageFacts } from '../command/package-facts.js';
import { printable } from '../command/printable.js';
import { UsageError } from '../command/usage-error.js';
import { readFlags, type Command } from './command/flags.js';
import { helpText, listText } from './command/help.js';
import { examine } from './examine.js';
import { Requester } from './http/requester.js';
import { render } from './render.js';
import { Report } from './report.js';
import { Secrets } from './secrets.js';

/** Milliseconds for a whole answer. */
const patience = 10_000;

// The reader of the output may stop (`| head`).
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`qualifio-doctor: ${printable(error.message)}\n`);
  process.exitCode = 2;
}

/** @returns the exit code. */
async function run(args: readonly string[]): Promise<number> {
  const command = await readFlags(args);
  const { version, homepage } = await packageFacts();
  const print = (text: string): number => {
    process.stdout.write(text);
    return 0;
  };
  switch (command.task) {
    case 'help':
      return print(helpText());
    case 'version':
      return print(`${version}\n`);
    case 'list':
      return print(listText(command.options.chosen));
    case 'examine': {
      const docs = `${homepage.replace(/#.*$/, '')}/blob/v${version}/docs/doctor.md`;
      return report(command, version, docs);
    }
  }
}

async function report(
  { options, format, noColor }: Command,
  version: string,
  docs: string,
): Promise<number> {
  const given = [options.url, options.endpoint, options.jwks].flatMap((url) => url?.href ?? []);
  const secrets = new Secrets(given);
  if (options.cookie !== undefined) secrets.addCookie(options.cookie);
  const interrupted = new AbortController();
  const { signal } = interrupted;
  process.once('SIGINT', () => interrupted.abort());
  const found = new Report(options.chosen, docs);
  const requester = new Requester(version, patience, signal);
  try {
    await Promise.race([
      examine({ options, report: found, requester, secrets, signal, progress }),
      new Promise<never>((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error)),
      ),
    ]);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    progress('');
  }
  const hasColor = process.stdout.isTTY && !noColor && process.stdout.getColorDepth() > 1;
  const text = render(found, format, hasColor);
  const code = signal.aborted ? 130 : found.summary.fail > 0 ? 1 : 0;
  await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
  // Connections in progress would keep the process alive.
  if (signal.aborted) process.exit(code);
  return code;
}

/** Shows what is done now, on a terminal; an empty text removes it. */
function progress(what: string): void {
  const { isTTY, columns = 80 } = process.stderr;
  if (!isTTY) return;
  process.stderr.write(`\r\u001b[K${printable(what).slice(0, columns - 1)}`);
}
