/** Real processes behind a load balancer; test/server/keys-docs.test.ts has the caches and the clock. */
import assert from 'node:assert/strict';
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { assertBuilt } from '../support/installed-package.js';
import { publisherKeys } from '../support/publisher-keys.js';
import { OWN_ORIGIN, TAG_NUMBER } from '../support/server/fixtures.js';

type Variables = Record<string, string>;

describe('four processes behind a load balancer', () => {
  let running: Worker[] = [];
  let port = 0;
  const processes = new Set<string>();

  before(() => {
    assertBuilt();
    cluster.setupPrimary({
      exec: fileURLToPath(new URL('../support/server/endpoint-copy.ts', import.meta.url)),
      execArgv: ['--import', 'tsx'],
    });
  });
  after(() => Promise.all(running.map(end)));

  async function start(env: Variables): Promise<Worker> {
    const worker = cluster.fork(env);
    const [address] = (await once(worker, 'listening')) as [AddressInfo];
    port = address.port;
    return worker;
  }

  /** Ends a process after its last response. */
  async function end(worker: Worker): Promise<void> {
    const ended = once(worker, 'exit');
    worker.disconnect();
    await ended;
  }

  /** One request on a connection of its own; the balancer chooses the process. */
  async function request<T>(path: string): Promise<T> {
    const sent = get({ port, path, agent: false, headers: { origin: OWN_ORIGIN } });
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const body = await text(response);
    assert.equal(response.statusCode, 200, body);
    processes.add(String(response.headers['x-process']));
    return JSON.parse(body) as T;
  }

  it('lose no token while the keys are rotated', async () => {
    const [oldKeys, newKeys] = await Promise.all([publisherKeys('RS256'), publisherKeys('RS256')]);
    const signingOld = { QUALIFIO_KEY_ID: 'old', QUALIFIO_PRIVATE_KEY: oldKeys.privatePem };
    const signingNew = { QUALIFIO_KEY_ID: 'new', QUALIFIO_PRIVATE_KEY: newKeys.privatePem };
    const oldToo = { QUALIFIO_OTHER_KEY_ID: 'old', QUALIFIO_OTHER_PUBLIC_KEY: oldKeys.publicPem };
    const newToo = { QUALIFIO_OTHER_KEY_ID: 'new', QUALIFIO_OTHER_PUBLIC_KEY: newKeys.publicPem };
    const deployments = [{ ...signingOld, ...newToo }, { ...signingNew, ...oldToo }, signingNew];
    running = await Promise.all([1, 2, 3, 4].map(() => start(signingOld)));

    const keyIds: string[] = [];
    for (const env of deployments) {
      // Qualifio keeps the key set of before the deployment until all processes are replaced.
      const keys = createLocalJWKSet(await request<JSONWebKeySet>('/jwks.json'));
      const oldOnes = running;
      const newOnes = await Promise.all(oldOnes.map(() => start(env)));
      running = [...oldOnes, ...newOnes];
      for (const worker of oldOnes) {
        const ended = end(worker);
        for (let count = 0; count < 10; count += 1) {
          const { token } = await request<{ token: string }>(`/token?campaignId=${TAG_NUMBER}`);
          await jwtVerify(token, keys);
          keyIds.push(decodeProtectedHeader(token).kid!);
        }
        await ended;
      }
      running = newOnes;
    }
    assert.deepEqual(new Set(keyIds), new Set(['old', 'new']));
    assert.equal(keyIds.length, 120);
    assert.ok(processes.size > 12, `${processes.size} processes answered`);
  });
});
