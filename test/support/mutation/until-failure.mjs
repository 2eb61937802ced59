import { writeSync } from 'node:fs';
import process from 'node:process';

/** A reporter of node:test that writes a line end for each test, until one fails, which ends the process. */
export default async function* untilFailure(events) {
  for await (const { type, data } of events) {
    if (type === 'test:pass') yield '\n';
    if (type !== 'test:fail') continue;
    const { message } = data.details.error;
    writeSync(1, `${data.name}: ${message}`);
    process.exit(1);
  }
}
