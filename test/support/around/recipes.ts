import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../installed-package.js';

const read = (page: string): string => readFileSync(join(repository, 'docs', page), 'utf8');
const text = read('around-the-element.md') + read('no-build.md');

/** The code blocks of `docs/around-the-element.md` and `docs/no-build.md`, by the name after their language. */
const blocks: ReadonlyMap<string, string> = new Map(
  [...text.matchAll(/^```\w+ ([\w.-]+)\n([^]*?)^```$/gm)].map(([, name, code]) => [name!, code!]),
);

/** The recipe with this name, as the page shows it. */
export function recipe(name: string): string {
  const code = blocks.get(name);
  if (code === undefined) throw new Error(`docs/around-the-element.md has no block ${name}.`);
  return code;
}

/** Names and number of all blocks, except PHP and plain text, which cannot run here. */
export const recipes: { names: readonly string[]; count: number } = {
  names: [...blocks.keys()],
  count: text.match(/^```(?!php|text)\w/gm)?.length ?? 0,
};
