import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fromSource } from './from-source.js';

/** The result of a command that has ended. */
export interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

const running = new Set<ChildProcess>();
// A test that fails must not leave its command running.
after(() => running.forEach((child) => child.kill('SIGKILL')));

/** A script of Node, or another program, that runs in a separate process. */
export class Command {
  readonly #child;
  #stdout = '';
  #stderr = '';

  constructor(script: string, args: readonly string[], folder?: string) {
    const cwd = folder ?? process.cwd();
    const flags = script.endsWith('.ts') ? fromSource : [];
    const isScript = /\.[cm]?[jt]s$/.test(script);
    const words = isScript ? [process.execPath, ...flags, script, ...args] : [script, ...args];
    this.#child = spawn(words[0]!, words.slice(1), {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(this.#child);
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#stdout += text));
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
  }

  /** `qualifio-simulator`, from its source. */
  static simulator(...args: string[]): Command {
    return new Command(sourceOf('simulator/command/cli.ts'), args);
  }

  /** `qualifio-doctor`, from its source. */
  static doctor(...args: string[]): Command {
    return new Command(sourceOf('doctor/cli.ts'), args);
  }

  /** `qualifio-tag`, from its source. */
  static tag(folder: string, ...args: string[]): Command {
    return new Command(sourceOf('tag-command/cli.ts'), args, folder);
  }

  async ended(): Promise<Run> {
    const [code] = (await once(this.#child, 'close')) as [number | null];
    return { stdout: this.#stdout, stderr: this.#stderr, code };
  }

  /**
   * Waits for output that matches, and returns the first group of the pattern, or the whole match.
   */
  async printed(pattern: RegExp, where: 'stdout' | 'stderr' = 'stdout'): Promise<string> {
    for (;;) {
      const found = pattern.exec(where === 'stdout' ? this.#stdout : this.#stderr);
      if (found) return found[1] ?? found[0];
      const signal = AbortSignal.timeout(10_000);
      await once(this.#child[where], 'data', { signal }).catch((cause: unknown) => {
        const text = this.#stdout + this.#stderr;
        throw new Error(`It printed nothing that matches ${String(pattern)}, but:\n${text}`, {
          cause,
        });
      });
    }
  }

  /** Stops reading, as `| head` does. */
  stopReading(): void {
    this.#child.stdout.destroy();
  }

  end(signal: NodeJS.Signals): Promise<Run> {
    const ended = this.ended();
    this.#child.kill(signal);
    return ended;
  }
}

function sourceOf(path: string): string {
  return fileURLToPath(new URL(`../../src/${path}`, import.meta.url));
}
