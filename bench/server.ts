/**
 * Tokens per second of the token endpoint beside bare jose, in the same process and the same run:
 *
 * - bare: `new SignJWT(…)`, and `CompactEncrypt` for JWE. No request and no response.
 * - route: the same between a new `Request` and a new `Response`, which every route has.
 * - endpoint: `createTokenEndpoint`, with all its checks.
 *
 * Blocks of the variants alternate, so that a busy machine slows all of them. The first variant runs
 * twice: where the two differ, the machine is too noisy to conclude anything.
 *
 * `--cluster` counts the tokens of one process and of one process for each core; `--memory` makes
 * 1,000,000 tokens and exits with 1 if the heap grows.
 */
import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { CompactEncrypt, generateKeyPair, SignJWT } from 'jose';
import {
  createTokenEndpoint,
  type Participant,
  type TokenEndpointOptions,
} from '../src/server/index.js';
import { circumstances } from './lib/result-file.js';
import { median, noise, pairedRatio, shuffled, seededRandom, slope } from './lib/statistics.js';

/** The least share of bare jose's tokens, and of a route's. */
const goals: Readonly<Record<string, number>> = { RS256: 0.95, ES256: 0.85 };
const blocks = 30;
const blockMilliseconds = 100;

const participant: Participant = {
  sub: 'participant-1',
  form: { email: 'ada@example.com', firstname: 'Ada', lastname: 'Lovelace' },
  optin: { newsletter: true },
};
const url = 'https://www.publisher.com/token?campaignId=123456';
const init = { headers: { 'sec-fetch-site': 'same-origin' } };

type Make = () => Promise<unknown>;

function endpointOf(options: Pick<TokenEndpointOptions, 'signing' | 'encryption'>): Make {
  const endpoint = createTokenEndpoint({
    campaigns: { '123456': { host: 'jeux.publisher.com', campaignId: '98765' } },
    issuer: 'com.publisher',
    participant: () => participant,
    ...options,
  });
  return async () => {
    const response = await endpoint(new Request(url, init));
    if (response.status !== 200) throw new Error(`the endpoint answered ${response.status}`);
  };
}

async function variantsOf(name: string): Promise<Readonly<Record<string, Make>>> {
  const alg = name === 'JWE' ? 'RS256' : (name as 'RS256' | 'ES256' | 'HS256');
  const key =
    alg === 'HS256'
      ? crypto.getRandomValues(new Uint8Array(32))
      : (await generateKeyPair(alg)).privateKey;
  const wrap = { alg: 'RSA-OAEP-256', enc: 'A256GCM' } as const;
  const recipient = (await generateKeyPair(wrap.alg)).publicKey;
  const { sub, ...claims } = participant;
  const encoder = new TextEncoder();
  const bare = async (): Promise<string> => {
    const jws = await new SignJWT({ ...claims, campaignId: '98765' })
      .setProtectedHeader({ alg, typ: 'JWT', kid: 'bench' })
      .setIssuer('com.publisher')
      .setSubject(sub)
      .setIssuedAt()
      .setNotBefore('-120s')
      .setExpirationTime('300s')
      .setJti(crypto.randomUUID())
      .sign(key);
    if (name !== 'JWE') return jws;
    const header = { ...wrap, cty: 'JWT' };
    return new CompactEncrypt(encoder.encode(jws)).setProtectedHeader(header).encrypt(recipient);
  };
  const headers = { 'Cache-Control': 'no-store' };
  return {
    bare,
    'bare again': bare,
    route: async () => {
      const { searchParams } = new URL(new Request(url, init).url);
      if (!searchParams.has('campaignId')) throw new Error('no campaign');
      return Response.json({ token: await bare() }, { headers });
    },
    endpoint: endpointOf({
      signing: { alg, kid: 'bench', key },
      ...(name === 'JWE' && { encryption: { ...wrap, key: recipient } }),
    }),
  };
}

async function perSecond(make: Make, milliseconds = blockMilliseconds): Promise<number> {
  const start = performance.now();
  let made = 0;
  while (performance.now() - start < milliseconds) {
    await make();
    made += 1;
  }
  return (made * 1000) / (performance.now() - start);
}

async function compare(name: string): Promise<void> {
  const variants = Object.entries(await variantsOf(name));
  const rates = new Map(variants.map(([variant]) => [variant, [] as number[]]));
  for (const [, make] of variants) await perSecond(make);
  const random = seededRandom();
  for (let block = 0; block < blocks; block += 1) {
    for (const [variant, make] of shuffled(variants, random)) {
      rates.get(variant)!.push(await perSecond(make));
    }
  }
  const of = (variant: string): number[] => rates.get(variant)!;
  const cells = ['bare', 'route', 'endpoint'].map((each) => Math.round(median(of(each))));
  const ratios = ['bare again', 'route', 'endpoint'].map((each) =>
    pairedRatio(of(each), of('bare')),
  );
  ratios.push(pairedRatio(of('endpoint'), of('route')));
  const shown = ratios.map(
    ({ estimate, low, high }) => `${estimate.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`,
  );
  console.log(`| ${[name, ...cells, ...shown].join(' | ')} |`);
  const [again, , ours] = ratios;
  const goal = goals[name];
  const tooNoisy = noise(again!);
  if (tooNoisy) console.log(`${name}: nothing can be concluded: ${tooNoisy}`);
  else if (goal !== undefined && ours!.high < goal) {
    console.log(`${name}: below its goal of ${goal} of bare jose`);
    process.exitCode = 1;
  }
}

/** Tokens per second of several processes at once, each on one core. */
async function inProcesses(count: number): Promise<number> {
  const workers = Array.from({ length: count }, () => cluster.fork());
  const rates = workers.map(
    (worker) => new Promise<number>((resolve) => worker.once('message', resolve)),
  );
  const sum = (await Promise.all(rates)).reduce((total, rate) => total + rate, 0);
  for (const worker of workers) worker.kill();
  return Math.round(sum);
}

async function compareProcesses(): Promise<void> {
  const cores = availableParallelism();
  for (const count of [1, cores]) {
    console.log(`${count} of ${cores} cores: ${await inProcesses(count)} tokens/s (RS256)`);
  }
}

async function fillMemory(): Promise<void> {
  const { gc } = globalThis;
  if (!gc) throw new Error('Run this with node --expose-gc.');
  const key = crypto.getRandomValues(new Uint8Array(32));
  const make = endpointOf({ signing: { alg: 'HS256', kid: 'bench', key } });
  const points: [number, number][] = [];
  for (let made = 0; made < 1_000_000; made += 1) {
    await make();
    if ((made + 1) % 50_000 !== 0) continue;
    // Twice: a finalizer that the first one runs frees more.
    gc();
    await new Promise(setImmediate);
    gc();
    points.push([(made + 1) / 1e6, process.memoryUsage().heapUsed / 1e6]);
    console.log(`${made + 1} tokens: heap ${points.at(-1)![1].toFixed(2)} MB`);
  }
  // The first tokens fill caches of the engine.
  const growth = slope(points.slice(4));
  console.log(`The heap grows by ${growth.toFixed(3)} MB for 1,000,000 tokens.`);
  if (growth > 0.5) process.exitCode = 1;
}

if (cluster.isWorker) {
  const { endpoint } = await variantsOf('RS256');
  await perSecond(endpoint!);
  process.send!(await perSecond(endpoint!, 3000));
} else if (process.argv.includes('--cluster')) await compareProcesses();
else if (process.argv.includes('--memory')) await fillMemory();
else {
  const { date, machine, versions } = circumstances('npm run bench:server');
  console.log(`${date}, ${machine}, Node ${versions['Node']}\n`);
  const columns = ['tokens/s', 'bare jose', 'jose in a route', 'endpoint', 'bare : bare'];
  columns.push('route : bare', 'endpoint : bare', 'endpoint : route');
  console.log(`| ${columns.join(' | ')} |`);
  console.log(`| --- |${' --: |'.repeat(columns.length - 1)}`);
  for (const name of ['RS256', 'ES256', 'HS256', 'JWE']) await compare(name);
}
