import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** What keeps Chromium to itself. */
const chromiumFlags = [
  // Chromium's sandbox refuses to work for root.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

/** A Chromium, spoken to over a pipe in Chrome's DevTools Protocol: JSON texts, each with a null character at its end. */
export class ChromiumProcess {
  #profile = mkdtempSync(join(tmpdir(), 'qualifio-campaign-'));
  #process;
  #exit;
  #pending = new Map();
  #last = 0;
  #text = '';

  constructor(executablePath, ...more) {
    const flags = ['--headless', '--remote-debugging-pipe', `--user-data-dir=${this.#profile}`];
    this.#process = spawn(
      executablePath,
      [...flags, ...chromiumFlags, ...more, '--window-size=800,600', 'about:blank'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
    );
    this.#exit = once(this.#process, 'exit');
    this.#process.stdio[4].setEncoding('utf8').on('data', (text) => this.#read(text));
    process.once('exit', () => this.#process.kill());
  }

  /** Of the whole browser, or of the page that a session is attached to. */
  call(method, params = {}, sessionId = undefined) {
    const id = ++this.#last;
    this.#process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  /** Opens a page, and waits until it has loaded. */
  async open(url) {
    const { targetId } = await this.call('Target.createTarget', { url });
    const { sessionId } = await this.call('Target.attachToTarget', { targetId, flatten: true });
    const call = (method, params) => this.call(method, params, sessionId);
    /** The value of an expression in the page, awaited. */
    const evaluate = async (expression) => {
      const options = { expression, awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = await call('Runtime.evaluate', options);
      if (exceptionDetails) throw new Error(result.description);
      return result.value;
    };
    const close = () => this.call('Target.closeTarget', { targetId });
    while (!(await evaluate(`location.href === '${url}' && document.readyState === 'complete'`)));
    return { call, evaluate, close };
  }

  async close() {
    void this.call('Browser.close').catch(() => {});
    await this.#exit;
    rmSync(this.#profile, { recursive: true, force: true });
  }

  #read(text) {
    const texts = (this.#text + text).split('\0');
    this.#text = texts.pop();
    for (const { id, result, error } of texts.map((one) => JSON.parse(one))) {
      const { resolve, reject } = this.#pending.get(id) ?? {};
      this.#pending.delete(id);
      if (error) reject?.(new Error(error.message));
      else resolve?.(result);
    }
  }
}
