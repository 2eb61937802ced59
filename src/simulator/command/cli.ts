import process from 'node:process';
import { UsageError } from '../../command/usage-error.js';
import { runCommand } from './run-command.js';

// The reader of the output may stop (`| head`); the simulator continues.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  const served = await runCommand(process.argv.slice(2), process);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void served?.close().then(() => process.exit(0)));
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`qualifio-simulator: ${error.message}\n`);
  process.exitCode = 2;
}
