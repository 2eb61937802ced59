/** A mistake on the command line: one line that names the flag and the fix. */
export class UsageError extends Error {}
