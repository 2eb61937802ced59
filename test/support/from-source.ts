/**
 * Flags with which a separate process runs a TypeScript file directly, as the tests themselves run.
 */
export const fromSource: readonly string[] = ['--import', import.meta.resolve('tsx')];
