import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { before, describe, it } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import express from 'express';
import fastify from 'fastify';
import { createApp, eventHandler, toNodeListener } from 'h3';
import { Hono } from 'hono';
import Koa from 'koa';
import {
  createJwksEndpoint,
  createProfileEndpoint,
  createTokenEndpoint,
  signParticipantToken,
  TokenError,
} from '../../src/server/index.js';
import { pairFor, TAG_NUMBER, tokenRequest, workingOptions } from '../support/server/fixtures.js';

type Route = (argument: unknown) => Promise<Response>;
type Handle = (argument: unknown) => Promise<void>;

let routes: readonly Route[];

before(async () => {
  const { publicPem } = await pairFor('RS256');
  routes = [
    createTokenEndpoint(await workingOptions()) as Route,
    createJwksEndpoint([{ alg: 'RS256', kid: 'a', key: publicPem }]) as Route,
    createProfileEndpoint({ header: 'Sec-Fetch-Site', participant: () => ({ sub: 'a' }) }) as Route,
  ];
});

/** What a server of a framework passes to a handler. */
async function passedBy(listen: (handle: Handle) => RequestListener): Promise<unknown> {
  let passed: unknown;
  const server = createServer(listen(async (argument) => void (passed = argument)));
  server.listen(0);
  await once(server, 'listening');
  await fetch(`http://localhost:${(server.address() as AddressInfo).port}/?a=1`);
  server.closeAllConnections();
  server.close();
  return passed;
}

const node = 'as the examples of docs/server.md do';
const frameworks: Readonly<Record<string, readonly [RequestSource, problem: string]>> = {
  'Node’s http': [
    () => passedBy((handle) => (from, to) => void handle(from).then(() => to.end())),
    `Node's request: make a Request of it, ${node}`,
  ],
  Express: [
    () => passedBy((handle) => express().use((from, to) => void handle(from).then(() => to.end()))),
    `Node's request: make a Request of it, ${node}`,
  ],
  Koa: [
    () => passedBy((handle) => new Koa().use(handle).callback()),
    `an object that has Node's request in "req": make a Request of ctx.req, ${node}`,
  ],
  Fastify: [
    () =>
      passedBy((handle) => {
        const app = fastify();
        app.get('/', async (request) => handle(request).then(() => 'a'));
        return (from, to) => void app.ready().then(() => app.routing(from, to));
      }),
    `an object of class Request that has Node's request in "raw": make a Request of request.raw, ${node}`,
  ],
  'h3 1': [
    () =>
      passedBy((handle) =>
        toNodeListener(createApp().use(eventHandler((event) => handle(event).then(() => 'a')))),
      ),
    `an object of class H3Event that has Node's request in "node.req": pass toWebRequest(event), which h3 exports, ${node}`,
  ],
  Hono: [
    async () => {
      let passed: unknown;
      const app = new Hono().get('/', (context) => {
        passed = context;
        return context.text('');
      });
      await app.request('/');
      return passed;
    },
    'an object of class Context that has one in "req.raw": pass c.req.raw',
  ],
  'SvelteKit, Astro, SolidStart': [
    async () => ({ request: tokenRequest(), params: {}, url: new URL('https://a.example') }),
    'an object that has one in "request": pass event.request',
  ],
  'h3 2': [
    async () => ({ req: tokenRequest(), url: new URL('https://a.example') }),
    'an object that has one in "req": pass event.req',
  ],
  'AWS Lambda': [
    async () => ({ version: '2.0', rawPath: '/', headers: {}, requestContext: { http: {} } }),
    `an event of AWS Lambda: make a Request of it, ${node}`,
  ],
};
type RequestSource = () => Promise<unknown>;

describe('a route that is called with the argument of', () => {
  for (const [name, [source, problem]] of Object.entries(frameworks)) {
    it(`${name} rejects and says what to pass`, async () => {
      const argument = await source();
      assert.ok(argument);
      const message = `request: must be a web Request, not ${problem}`;
      for (const route of routes) await assert.rejects(route(argument), new TypeError(message));
    });
  }
});

describe('a route', () => {
  it('rejects for any other argument, and names its kind', async () => {
    const throws = {
      get request(): unknown {
        throw new Error('a secret');
      },
    };
    for (const [argument, kind] of [
      [undefined, 'undefined'],
      [null, 'null'],
      ['https://a.example', 'a string'],
      [new URL('https://a.example'), 'an object of class URL'],
      [[tokenRequest()], 'an array'],
      [Promise.resolve(tokenRequest()), 'a promise (is await missing?)'],
      [{ token: 'a secret' }, 'an object'],
      [throws, 'an object'],
      [Object.create(null), 'an object'],
    ] as const) {
      const message = `request: must be a web Request, not ${kind}: pass the Request that your server or framework gives to a route`;
      for (const route of routes) await assert.rejects(route(argument), new TypeError(message));
    }
  });

  it('accepts a Request of another realm or of a polyfill', async () => {
    const { method, url, headers } = tokenRequest();
    const other = runInContext('class Request {}; new Request()', createContext()) as object;
    for (const request of [Object.assign(other, { method, url, headers }), tokenRequest()]) {
      for (const route of routes) assert.equal((await route(request)).status, 200);
    }
  });
});

describe('signParticipantToken', () => {
  const cases: readonly (readonly [argument: string, tag: unknown, who: unknown, text: string])[] =
    [
      [
        'a number',
        123456,
        { sub: 'a' },
        'tagNumber must be a string of 1 to 20 digits, not a number',
      ],
      [
        'a Request',
        tokenRequest(),
        { sub: 'a' },
        'tagNumber must be a string of 1 to 20 digits, not an object of class Request',
      ],
      [
        'a promise of a participant',
        TAG_NUMBER,
        Promise.resolve({ sub: 'a' }),
        'participant must be an object with sub, not a promise (is await missing?)',
      ],
      ['no participant', TAG_NUMBER, null, 'participant must be an object with sub, not null'],
    ];
  for (const [argument, tag, who, text] of cases) {
    it(`names the argument and what was found: ${argument}`, async () => {
      const sign = signParticipantToken(
        await workingOptions(),
        tag as string,
        who as { sub: string },
      );
      await assert.rejects(sign, (error: unknown) => {
        assert.ok(error instanceof TokenError && error instanceof TypeError);
        assert.ok(error.message.endsWith(`: ${text}`), error.message);
        return true;
      });
    });
  }

  it('rejects with a TypeError without options', async () => {
    const sign = signParticipantToken(undefined as never, TAG_NUMBER, { sub: 'a' });
    await assert.rejects(sign, new TypeError('options: must be an object, not undefined'));
  });
});
