import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * A launcher of WebKitGTK's MiniBrowser, by WebKitWebDriver and on a screen of its own: MiniBrowser
 * has no headless mode. It opens pages, and does nothing else with them.
 *
 * @param paths of `driver` (WebKitWebDriver), `browser` (MiniBrowser) and `screen` (Xvfb).
 */
export function webkit(paths) {
  let session;
  let active = null;
  return {
    name: 'WebKit',
    type: 'webkit',
    concurrency: 1,
    async startSession(id, url) {
      session ??= Session.open(paths);
      active = { id, url };
      await (await session).call('POST', '/url', { url });
    },
    async stopSession() {
      await (await session).call('POST', '/url', { url: 'about:blank' });
      active = null;
      return {};
    },
    isActive: (id) => active?.id === id,
    getBrowserUrl: () => active.url,
    stop: async () => (await session)?.close(),
  };
}

/** A window of MiniBrowser with the driver and the screen that it needs. */
class Session {
  #url;
  #processes = [];
  /** The driver accepts one command at a time. */
  #turn = Promise.resolve();

  static async open(paths) {
    const session = new Session();
    await session.#open(paths);
    return session;
  }

  async #open({ driver, browser, screen }) {
    // What is left of MiniBrowser goes with its screen.
    const stop = () => this.#processes.forEach((one) => one.kill());
    process.once('exit', stop);
    for (const signal of ['SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

    const [number] = this.#start(
      screen,
      ['-displayfd', '3', '-screen', '0', '800x600x24', '-nolisten', 'tcp'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
    ).stdio.slice(3);
    const DISPLAY = `:${await firstLine(number)}`;
    const port = await freePort();
    // Without a language, `navigator.language` is none that Intl takes.
    const env = { ...process.env, DISPLAY, LANG: 'en_US.UTF-8' };
    this.#start(driver, [`--port=${port}`], { stdio: 'ignore', env });
    this.#url = `http://127.0.0.1:${port}`;
    await this.#untilReady();
    const { sessionId } = await this.#send('POST', '/session', {
      capabilities: {
        alwaysMatch: {
          pageLoadStrategy: 'none',
          unhandledPromptBehavior: 'dismiss',
          'webkitgtk:browserOptions': {
            binary: browser,
            args: [
              '--automation',
              '--full-screen',
              '--javascript-can-open-windows-automatically=true',
            ],
          },
        },
      },
    });
    this.#url += `/session/${sessionId}`;
  }

  call(method, path, body) {
    const answer = this.#turn.then(() => this.#send(method, path, body));
    this.#turn = answer.catch(() => {});
    return answer;
  }

  async close() {
    await this.call('DELETE', '').catch(() => {});
    this.#processes.forEach((one) => one.kill());
  }

  #start(path, args, options) {
    const child = spawn(path, args, options);
    this.#processes.push(child);
    return child;
  }

  async #untilReady() {
    for (let tries = 0; ; tries++) {
      try {
        return await this.#send('GET', '/status');
      } catch (error) {
        if (tries === 300) throw error;
        await wait(100);
      }
    }
  }

  async #send(method, path, body) {
    const init = { method, ...(body && { body: JSON.stringify(body) }) };
    const { value } = await (await fetch(this.#url + path, init)).json();
    if (value?.error) throw new Error(`WebKitWebDriver: ${value.error}: ${value.message}`);
    return value;
  }
}

async function firstLine(stream) {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    text += chunk;
    if (text.includes('\n')) return text.trim();
  }
  throw new Error('Xvfb did not start.');
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
