import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from '../installed-package.js';
import { recipe } from './recipes.js';

/**
 * Recipes that are Node modules, in a folder inside the repository, so that they can import its
 * packages.
 */
export class RecipeModules {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param rewrite changes the recipes' imports. */
  static async of(
    names: readonly string[],
    rewrite = (code: string): string => code,
  ): Promise<RecipeModules> {
    const cache = join(repository, '.cache');
    await mkdir(cache, { recursive: true });
    const modules = new RecipeModules(await mkdtemp(join(cache, 'recipes-')));
    await modules.write('package.json', '{"type": "module", "private": true}');
    for (const name of names) await modules.write(name, rewrite(recipe(name)));
    return modules;
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  /** Writes a file that recipes import. */
  async write(name: string, text: string): Promise<void> {
    await writeFile(this.path(name), text);
  }

  /** @param query a new one runs the module again. */
  load(name: string, query = ''): Promise<unknown> {
    return import(pathToFileURL(this.path(name)).href + query);
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true });
  }
}
