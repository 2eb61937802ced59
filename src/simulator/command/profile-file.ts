import { readFlagFile } from '../../command/flag-file.js';
import { UsageError } from '../../command/usage-error.js';

/**
 * The content of the JSON file that a flag names.
 *
 * @throws UsageError if the file cannot be read, or is not JSON.
 */
export async function readProfileFile(flag: string, path: string): Promise<unknown> {
  const text = new TextDecoder().decode(await readFlagFile(flag, path));
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(
      `--${flag}: ${path} is not JSON; use the file that <qualifio-inspector> offers`,
    );
  }
}
