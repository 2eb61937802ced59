import { packageFacts } from '../../command/package-facts.js';
import { UsageError } from '../../command/usage-error.js';
import { flagWords, readFlags } from './flags.js';
import { helpText } from './help.js';
import { serveSimulator, type ServedSimulator } from '../serve.js';
import { terminalLine } from './terminal-line.js';

/** Where the command prints: `process`, or what stands in for it. */
export interface Output {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/**
 * Does what the command line asks for.
 *
 * @returns the simulator that is being served; null if the command only printed a text.
 * @throws UsageError (rejects) for the first mistake, naming the flag.
 */
export async function runCommand(
  args: readonly string[],
  { stdout, stderr }: Output,
): Promise<ServedSimulator | null> {
  const print = (text: string): null => {
    stdout.write(text);
    return null;
  };
  const { help, version, port, host, options } = await readFlags(args);
  if (help) return print(helpText());
  if (version) return print(`${(await packageFacts()).version}\n`);
  const onNote = (text: string) => stderr.write(`${text}\n`);
  const served = await serveSimulator(options, {
    port,
    host,
    onEntry: (entry) => stdout.write(`${terminalLine(entry)}\n`),
    onNote,
  }).catch((error: unknown) => {
    throw mistake(error, port, host);
  });
  print(`simulated campaign, for development only
listening on ${served.url}
open this URL to play and to copy the tag for your page; press Ctrl+C to stop
`);
  if (options.secret?.at(-1) === '\n'.charCodeAt(0)) {
    onNote(
      '--secret-file: the last byte is a line break, which is part of the secret; write the file without it',
    );
  }
  return served;
}

/** A refused option or address, as a mistake on the command line. */
function mistake(error: unknown, port = 4400, host = '127.0.0.1'): unknown {
  if (error instanceof TypeError) return new UsageError(flagWords(error.message));
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new UsageError(`--port: ${port} is in use; use another one, or 0 for any free port`);
    case 'EACCES':
      return new UsageError(`--port: no permission to listen on ${port}; use 1024 or higher`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return new UsageError(`--host: ${host} does not resolve; use an address, such as 127.0.0.1`);
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EINVAL':
      return new UsageError(`--host: ${host} is not an address of this machine; use 127.0.0.1`);
    default:
      return error;
  }
}
