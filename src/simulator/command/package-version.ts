import { readFile } from 'node:fs/promises';

/** The package's version, from the nearest package.json of that name above this module. */
export async function packageVersion(): Promise<string> {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const text = await readFile(new URL('package.json', folder), 'utf8').catch(() => '{}');
    const { name, version } = JSON.parse(text) as { name?: string; version?: string };
    if (name === 'qualifio-campaign' && version !== undefined) return version;
    if (folder.pathname === '/') throw new Error('package.json of qualifio-campaign is missing');
  }
}
