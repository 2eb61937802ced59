import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { libraryTag, type Answer, type SeenRequest } from '../support/around/publisher.js';
import { Reader } from '../support/around/reader.js';
import { RecipeModules } from '../support/around/recipe-modules.js';
import { recipe } from '../support/around/recipes.js';
import { campaignOf, playToForm } from '../support/simulator-stage.js';
import { pairFor } from '../support/server/fixtures.js';

const element = `<qualifio-campaign campaign-id="123456" host="jeux.publisher.com"
  channel-id="B7FDCFDA-C477-C4BA-3C54-728AD8594DE6" auth-endpoint="/qualifio/token"
  login-url="/login"></qualifio-campaign>`;
/** Stands for the publisher's sessions. */
const session = `export const findUser = (cookie) =>
  /(^|; )session=YOURS($|;)/.test(cookie) ? { id: '42', firstname: 'Ada' } : null;`;

let reader: Reader;
let modules: RecipeModules;
let endpoint: Server;
before(async () => {
  const { privatePem, publicPem } = await pairFor('RS256');
  process.env['QUALIFIO_PRIVATE_KEY'] = privatePem;
  reader = await Reader.arrive({ publicKey: publicPem, campaigns: { '123456': '98765' } });
  modules = await RecipeModules.of(
    ['endpoint.mjs', 'session-cookie.js', 'vite.config.js'],
    (code) => code.replaceAll('https://www.publisher.com', new URL(reader.publisher.url()).origin),
  );
  await modules.write('session.mjs', session);
  ({ server: endpoint } = (await modules.load('endpoint.mjs')) as { server: Server });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
});
after(async () => {
  endpoint.closeAllConnections();
  endpoint.close();
  await Promise.all([reader.leave(), modules.remove()]);
});

const address = (): string => `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}`;

/** The request that a command of the checklist sends. */
function requestOf(command: string): [string, Record<string, string>] {
  const values = (flag: string): string[] =>
    [...command.matchAll(new RegExp(`${flag} '([^']*)'`, 'g'))].map(([, value]) => value!);
  const cookies = values('-b').map((cookie) => ['Cookie', cookie]);
  const headers = values('-H').map((header) => header.split(': '));
  const { pathname, search } = new URL(/'(https:[^']*)'$/.exec(command)![1]!);
  return [
    pathname + search,
    Object.fromEntries([...cookies, ...headers]) as Record<string, string>,
  ];
}

describe('the checklist for an endpoint', () => {
  const steps = [...recipe('checklist.sh').matchAll(/^# (.*): (\d{3})(.*)\n(curl .*)$/gm)];

  it('contains the expected answer of each command', () => {
    assert.equal(steps.length, recipe('checklist.sh').match(/curl/g)?.length);
    assert.ok(steps.length > 0);
  });

  for (const [, what, status, rest, command] of steps) {
    it(`describes the answers of the hand-written endpoint: ${what}`, async () => {
      const [path, headers] = requestOf(command!);
      const response = await fetch(address() + path, { headers });
      assert.equal(response.status, Number(status));
      const all = `${[...response.headers].join('\n')}\n${await response.text()}`;
      for (const word of rest!.split(' ').filter(Boolean)) assert.ok(all.includes(word), word);
    });
  }
});

/** Answers as the proxy of the recipe does. */
async function proxy({ path, query, headers }: SeenRequest): Promise<Answer> {
  const { default: config } = (await modules.load('vite.config.js')) as {
    default: { server: { proxy: Record<string, string> } };
  };
  const [, target = ''] =
    Object.entries(config.server.proxy).find(([prefix]) => path.startsWith(prefix)) ?? [];
  assert.equal(target, 'http://localhost:3000');
  const sent = Object.entries(headers).filter(([name]) => name !== 'host' && name !== 'connection');
  const response = await fetch(`${address()}${path}?${query}`, {
    headers: Object.fromEntries(sent) as Record<string, string>,
  });
  const received = Object.fromEntries(
    [...response.headers].filter(([name]) => !/^(transfer-encoding|connection)$/.test(name)),
  );
  return { status: response.status, headers: received, body: await response.text() };
}

describe('development on http://localhost', () => {
  it('lets the participant log in with the cookie of the recipe, and play, through a proxy', async () => {
    const { publisher } = reader;
    const { sessionCookie } = (await modules.load('session-cookie.js')) as {
      sessionCookie: (id: string) => string;
    };
    publisher.page('/', `<head>${libraryTag}</head><body>${element}`);
    publisher.serve('/qualifio/token', proxy);
    publisher.serve('/login', ({ query }) => ({
      status: 303,
      headers: { 'Set-Cookie': sessionCookie('YOURS'), Location: query.get('return_to')! },
    }));
    const page = await reader.visit('/');
    await playToForm(campaignOf(page));
    await campaignOf(page).getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('link', { name: 'Log in' }).click();
    assert.equal(await reader.play(), 'Ada');
    assert.deepEqual(reader.problems, []);
  });

  it('uses a cookie with another name, which is Secure, in production', async () => {
    process.env['NODE_ENV'] = 'production';
    const { sessionCookie } = (await modules.load('session-cookie.js', '?production')) as {
      sessionCookie: (id: string) => string;
    };
    delete process.env['NODE_ENV'];
    assert.match(sessionCookie('a'), /^__Host-session=a; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
  });

  for (const host of ['dev.publisher.test', '192.168.1.5']) {
    it(`is not possible on http://${host}`, async () => {
      const { publisher } = reader;
      publisher.page('/', `<head>${libraryTag}</head><body>${element}`);
      const page = await reader.visit('/nothing');
      await page.route(`http://${host}/**`, async (route) => {
        const { pathname } = new URL(route.request().url());
        const url = publisher.url(pathname).replace('www.publisher.localhost', '127.0.0.1');
        await route.fulfill({ response: await route.fetch({ url }) });
      });
      await page.goto(`http://${host}/`);
      await page.locator('qualifio-campaign:state(error)').waitFor();
      assert.deepEqual(reader.problems, ['CONFIG_INVALID']);
    });
  }
});
