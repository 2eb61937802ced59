import { readFile } from 'node:fs/promises';
import { UsageError } from './usage-error.js';

/**
 * The bytes of the file that a flag names.
 *
 * @throws UsageError if the file cannot be read.
 */
export async function readFlagFile(flag: string, path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `--${flag}: cannot read ${path} (${code}); use the path of a readable file`,
    );
  }
}
