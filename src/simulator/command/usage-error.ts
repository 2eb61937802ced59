/** A mistake on the command line: one line that names the flag and the mend. */
export class UsageError extends Error {}
