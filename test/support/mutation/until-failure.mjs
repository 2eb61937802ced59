import { writeSync } from 'node:fs';
import process from 'node:process';

/** A reporter of node:test that ends the process with the first test that fails, and prints why. */
export default async function* untilFailure(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:fail') continue;
    const { message } = data.details.error;
    writeSync(1, `${data.name}: ${message}`);
    process.exit(1);
  }
}
