import { constants } from 'node:fs';
import {
  access,
  chmod,
  chown,
  open,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import process from 'node:process';

/** A file or folder that cannot be used: the message names it. */
export class FileError extends Error {}

/**
 * The files behind a path: itself, or of a folder all `.html` and `.htm` files, sorted. Links and hidden
 * folders in a folder, and `node_modules`, are left out.
 *
 * @throws {FileError} if there is none.
 */
export async function filesAt(path: string): Promise<readonly string[]> {
  const isFolder = await attempt(path, 'read', async () => (await stat(path)).isDirectory());
  if (!isFolder) return [path];
  const files = await attempt(path, 'read', () => htmlFilesIn(path));
  if (files.length > 0) return files;
  throw new FileError(`${path}: no .html or .htm file is in this folder; give another path`);
}

async function htmlFilesIn(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const isSkipped = entry.name.startsWith('.') || entry.name === 'node_modules';
    if (entry.isDirectory() && !isSkipped) files.push(...(await htmlFilesIn(path)));
    if (entry.isFile() && /\.html?$/i.test(entry.name)) files.push(path);
  }
  return files;
}

/** The bytes of a file, and its path without links. */
export function readBytes(path: string): Promise<{ bytes: Buffer; realPath: string }> {
  return attempt(path, 'read', async () => {
    const realPath = await realpath(path);
    return { bytes: await readFile(realPath), realPath };
  });
}

/**
 * Replaces a file's content as a whole: after a crash it has the old bytes or the new ones. Its owner
 * and permissions stay; a link stays a link.
 *
 * @param before the bytes that the new content was made from.
 * @throws {FileError} if the file has changed, is read-only, or cannot be written.
 */
export async function replaceFile(path: string, before: Buffer, after: Buffer): Promise<void> {
  const target = await attempt(path, 'write', () => realpath(path));
  const { mode, uid, gid } = await attempt(path, 'write', () => stat(target));
  if ((mode & 0o222) === 0) throw new FileError(`${path}: the file is read-only; make it writable`);
  await attempt(path, 'write', () => access(target, constants.W_OK));
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    await attempt(path, 'write', async () => {
      const file = await open(temporary, 'wx', mode & 0o777);
      try {
        await file.writeFile(after);
        await file.sync();
      } finally {
        await file.close();
      }
      // Only root can give a file to another user.
      if (process.getuid?.() === 0) await chown(temporary, uid, gid);
      await chmod(temporary, mode & 0o7777);
    });
    const { bytes } = await readBytes(target);
    if (!bytes.equals(before)) {
      throw new FileError(`${path}: the file has changed in between; run the command again`);
    }
    await attempt(path, 'write', () => rename(temporary, target));
  } finally {
    await rm(temporary, { force: true });
  }
}

async function attempt<Value>(
  path: string,
  what: 'read' | 'write',
  act: () => Promise<Value>,
): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    const fix =
      what === 'read' ? 'use the path of a readable file' : 'make it and its folder writable';
    throw new FileError(`${path}: cannot ${what} it (${code}); ${fix}`);
  }
}
