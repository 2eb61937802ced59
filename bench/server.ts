/**
 * Tokens per second of the endpoint against bare `new SignJWT(...)` with the same key in the same
 * process, one after the other. Blocks alternate, so that a busy machine slows both alike, and the
 * median of the paired ratios counts. Exits with 1 where a ratio is below its floor.
 */
import { generateKeyPair, SignJWT } from 'jose';
import {
  createTokenEndpoint,
  type Participant,
  type SigningAlgorithm,
} from '../src/server/index.js';

const FLOORS: readonly (readonly [SigningAlgorithm, number])[] = [
  ['RS256', 0.8],
  ['ES256', 0.6],
];
const BLOCKS = 15;
const BLOCK_MILLISECONDS = 300;

const PARTICIPANT: Participant = {
  sub: 'participant-1',
  form: { email: 'ada@example.com', firstname: 'Ada', lastname: 'Lovelace' },
  optin: { newsletter: true },
};

async function perSecond(make: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  const end = start + BLOCK_MILLISECONDS;
  let made = 0;
  while (performance.now() < end) {
    await make();
    made += 1;
  }
  return (made * 1000) / (performance.now() - start);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

async function compare(alg: SigningAlgorithm, floor: number): Promise<void> {
  const { privateKey } = await generateKeyPair(alg);
  const endpoint = createTokenEndpoint({
    campaigns: { '123456': { host: 'jeux.publisher.com', campaignId: '98765' } },
    signing: { alg, kid: 'bench', key: privateKey },
    issuer: 'com.publisher',
    participant: () => PARTICIPANT,
  });
  const init = { headers: { 'sec-fetch-site': 'same-origin' } };
  const ours = async (): Promise<void> => {
    const request = new Request('https://www.publisher.com/token?campaignId=123456', init);
    const response = await endpoint(request);
    if (response.status !== 200) throw new Error(`the endpoint answered ${response.status}`);
  };
  const { sub, ...claims } = PARTICIPANT;
  const bare = (): Promise<string> =>
    new SignJWT({ ...claims, campaignId: '123456' })
      .setProtectedHeader({ alg, typ: 'JWT', kid: 'bench' })
      .setIssuer('com.publisher')
      .setSubject(sub)
      .setIssuedAt()
      .setNotBefore('-120s')
      .setExpirationTime('300s')
      .setJti(crypto.randomUUID())
      .sign(privateKey);

  await perSecond(ours);
  await perSecond(bare);
  const pairs: { ours: number; bare: number }[] = [];
  for (let block = 0; block < BLOCKS; block += 1) {
    const first = block % 2 === 0 ? await perSecond(bare) : undefined;
    const endpointRate = await perSecond(ours);
    pairs.push({ ours: endpointRate, bare: first ?? (await perSecond(bare)) });
  }
  const ratio = median(pairs.map((pair) => pair.ours / pair.bare));
  const rates = [pairs.map((pair) => pair.ours), pairs.map((pair) => pair.bare)].map((all) =>
    Math.round(median(all)),
  );
  console.log(
    `${alg}: endpoint ${rates[0]}/s, bare SignJWT ${rates[1]}/s, ratio ${ratio.toFixed(2)} (floor ${floor})`,
  );
  if (ratio < floor) process.exitCode = 1;
}

for (const [alg, floor] of FLOORS) await compare(alg, floor);
