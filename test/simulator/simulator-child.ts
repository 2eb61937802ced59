// A simulator in a separate process, for measurements without the tests. Run it with `--expose-gc`
// and options as JSON. It sends its URL, and answers every message with its heap size after garbage
// collection.
import process from 'node:process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { serveSimulator, type SimulatorOptions } from '../../src/simulator/index.js';

const options = JSON.parse(process.argv[2] ?? '{}') as SimulatorOptions;
const { url } = await serveSimulator(options, { port: 0 });

process.on('message', () => void tellHeap());
process.on('disconnect', () => process.exit());
process.send?.({ url });

async function tellHeap(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    globalThis.gc?.();
    // Finalizers can run now; the next collection frees what they release.
    await nextTurn();
  }
  process.send?.({ heap: process.memoryUsage().heapUsed });
}
