const column = 26;

/** A flag and what it does, on one line of a help text, or on two if the flag is long. */
export function helpEntry(flag: string, about: string): string {
  const left = `  --${flag.trim()}`;
  const gap = left.length < column ? ' '.repeat(column - left.length) : `\n${' '.repeat(column)}`;
  return `${left}${gap}${about}\n`;
}
