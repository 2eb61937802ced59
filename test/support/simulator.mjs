// The simulator as its sources are now: browser tests need no build for it.
import { tsImport } from 'tsx/esm/api';

export const { createSimulator } = await tsImport('../../src/simulator/index.ts', import.meta.url);
