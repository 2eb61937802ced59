import { readFile } from 'node:fs/promises';

/** What a command says of the package that it belongs to. */
export interface PackageFacts {
  readonly version: string;
  readonly homepage: string;
}

/** The package's facts, from the nearest package.json of that name above this module. */
export async function packageFacts(): Promise<PackageFacts> {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const text = await readFile(new URL('package.json', folder), 'utf8').catch(() => '{}');
    const { name, ...facts } = JSON.parse(text) as { name?: string } & PackageFacts;
    if (name === 'qualifio-campaign') return facts;
    if (folder.pathname === '/') throw new Error('package.json of qualifio-campaign is missing');
  }
}
