// A simulator in a process of its own, for what has to be measured apart from the tests. Run with
// `--expose-gc` and options as JSON; tells its URL, and to every message its heap after collection.
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
    // What finalizers let go of, now that they may run, is free in the next collection.
    await nextTurn();
  }
  process.send?.({ heap: process.memoryUsage().heapUsed });
}
