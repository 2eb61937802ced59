import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { dirname } from 'node:path';
import process from 'node:process';

/** Where and how a result was measured. Names no machine. */
export interface Circumstances {
  /** Day, `YYYY-MM-DD`. */
  readonly date: string;
  readonly command: string;
  readonly machine: string;
  /** Software by name. */
  readonly versions: Readonly<Record<string, string>>;
}

/** @param command what repeats the measurement. */
export function circumstances(
  command: string,
  versions: Readonly<Record<string, string>> = {},
): Circumstances {
  // Memory in the class that a person would name: 22.9 GiB free for programs is a machine of 24.
  const memory = Math.ceil(totalmem() / 2 ** 30 / 4) * 4;
  return {
    date: new Date().toISOString().slice(0, 10),
    command,
    machine: `${process.platform} ${process.arch}, ${availableParallelism()} cores, ${memory} GB`,
    versions: { Node: process.versions.node, ...versions },
  };
}

/** Writes a result; its figures with at most four significant digits. */
export function writeResult(path: string, result: object): void {
  const rounded = (_key: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(4)) : value;
  writeText(path, JSON.stringify(result, rounded, 2) + '\n');
}

/** Writes a text, and creates its folder. */
export function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
