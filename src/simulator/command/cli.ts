import process from 'node:process';
import { packageFacts } from '../../command/package-facts.js';
import { UsageError } from '../../command/usage-error.js';
import { flagWords, readFlags } from './flags.js';
import { helpText } from './help.js';
import { serveSimulator, type ServedSimulator } from '../serve.js';
import { terminalLine } from './terminal-line.js';

// The reader of the output may stop (`| head`); the simulator continues.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`qualifio-simulator: ${mistake(error)}\n`);
  process.exitCode = 2;
}

async function run(args: readonly string[]): Promise<void> {
  const { help, version, port, host, options } = await readFlags(args);
  if (help) return void process.stdout.write(helpText());
  if (version) return void process.stdout.write(`${(await packageFacts()).version}\n`);
  const onNote = (text: string) => process.stderr.write(`${text}\n`);
  const served = await serveSimulator(options, {
    port,
    host,
    onEntry: (entry) => process.stdout.write(`${terminalLine(entry)}\n`),
    onNote,
  }).catch((error: unknown) => {
    throw listenMistake(error, port, host);
  });
  endWithSignals(served);
  process.stdout.write(`simulated campaign, for development only
listening on ${served.url}
open this URL to play and to copy the tag for your page; press Ctrl+C to stop
`);
  if (options.secret?.at(-1) === '\n'.charCodeAt(0)) {
    onNote(
      '--secret-file: the last byte is a line break, which is part of the secret; write the file without it',
    );
  }
}

function endWithSignals(served: ServedSimulator): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void served.close().then(() => process.exit(0)));
  }
}

function listenMistake(error: unknown, port = 4400, host = '127.0.0.1'): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new UsageError(`--port: ${port} is in use; use another one, or 0 for any free port`);
    case 'EACCES':
      return new UsageError(`--port: no permission to listen on ${port}; use 1024 or higher`);
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'EINVAL':
      return new UsageError(`--host: ${host} is not an address of this machine; use 127.0.0.1`);
    default:
      return error;
  }
}

function mistake(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  if (error instanceof TypeError) return flagWords(error.message);
  throw error;
}
