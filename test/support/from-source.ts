/** Flags with which a process of its own runs a TypeScript file as it is, as the tests themselves run. */
export const fromSource: readonly string[] = ['--import', import.meta.resolve('tsx')];
