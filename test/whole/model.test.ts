import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { eventNames } from '../../src/events.js';
import { answers, CampaignWorld, type Answer } from './campaign-world.js';

declare global {
  interface Window {
    /** The environment variable REPLAY: `seed:path` of a run that failed. */
    replay: string | null;
    /** How many sequences of actions to try, if MODEL_RUNS says so. */
    modelRuns: number | null;
  }
}

/** Each engine has runs, and the fastest one has most. */
const runs = window.modelRuns ?? (/Chrome\//.test(navigator.userAgent) ? 1000 : 100);
const steps = 50;
const stable = ['ready', 'login-required', 'token-sent', 'error'];
const codes = [
  'TOKEN_EXPIRED',
  'TOKEN_EXPIRED',
  'TOKEN_EMPTY',
  'TOKEN_INVALID_FORMAT',
  'TOKEN_INVALID_SIGNATURE',
  'BRAND_NEW',
  7,
];

type Act = (world: CampaignWorld) => unknown;

/** One action, after which all parts must agree. */
class Step implements fc.AsyncCommand<CampaignWorld, CampaignWorld> {
  readonly #name: string;
  readonly #act: Act;
  readonly #isPossible: (world: CampaignWorld) => boolean;

  constructor(name: string, act: Act, isPossible: (world: CampaignWorld) => boolean = always) {
    this.#name = name;
    this.#act = act;
    this.#isPossible = isPossible;
  }

  check(world: CampaignWorld): boolean {
    return this.#isPossible(world);
  }

  async run(world: CampaignWorld): Promise<void> {
    await this.#act(world);
    await world.settle();
    expect(world.violations).to.deep.equal([]);
  }

  toString(): string {
    return this.#name;
  }
}

const always = (): boolean => true;
const inPage = ({ element }: CampaignWorld): boolean => element.isConnected;
const outOfPage = ({ element }: CampaignWorld): boolean => !element.isConnected;
const framed = ({ frame }: CampaignWorld): boolean => frame !== null;

/** What a listener may do during an event. */
const reactions: Record<string, Act> = {
  remove: (world) => world.remove(),
  reload: (world) => world.reload(),
  resume: (world) => void world.element.resume(),
  append: (world) => world.move('append'),
};

const one = (name: string, act: Act, isPossible?: (world: CampaignWorld) => boolean) =>
  fc.constant(new Step(name, act, isPossible));

/**
 * What the page, the participant, the frame, the endpoint and the clock do: all equally often,
 * except the frame.
 */
const page = fc.oneof(
  one('insert', (world) => world.insert(), outOfPage),
  one('remove', (world) => world.remove(), inPage),
  one('append elsewhere', (world) => world.move('append'), inPage),
  one('moveBefore elsewhere', (world) => world.move('moveBefore'), inPage),
  one('reload()', (world) => world.reload(), inPage),
  one('another campaign-id', (world) => world.change('campaign-id'), inPage),
  one('another auth-endpoint', (world) => world.change('auth-endpoint')),
  one('prefetch-token on or off', ({ element }) => {
    element.prefetchToken = !element.prefetchToken;
  }),
  one('the frame is taken away', (world) => world.removeFrame(), framed),
  fc
    .record({
      name: fc.constantFrom(...eventNames),
      reaction: fc.constantFrom(...Object.keys(reactions)),
    })
    .map(
      ({ name, reaction }) =>
        new Step(`at the next ${name}: ${reaction}`, (world) => {
          const react = (): void => void (inPage(world) && reactions[reaction]!(world));
          world.element.addEventListener(name, react, { once: true });
        }),
    ),
);
const participant = fc.oneof(
  one('back at the page', (world) => world.comeBack()),
  one('back online', (world) => world.comeOnline()),
  one('resume()', (world) => void world.element.resume()),
);
const frame = fc.oneof(
  one('the frame loads', (world) => world.loadFrame(), framed),
  one('requestParticipantAction', (world) => world.askForAction(), framed),
  one('isLoggedIn of a stranger', (world) => world.impersonate(), framed),
  { weight: 4, arbitrary: one('isLoggedIn', (world) => world.isLoggedIn(), framed) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...codes)
      .map((code) => new Step(`error ${code}`, (world) => world.fail(code), framed)),
  },
);
const endpoint = fc.oneof(
  fc
    .constantFrom<Answer>(...answers)
    .map((answer) => new Step(`endpoint: ${answer}`, (world) => void (world.answer = answer))),
  fc
    .constantFrom<Answer>('token', 'same', 'first', '401', '403', '500', 'cut')
    .map((answer) => new Step(`held: ${answer}`, (world) => world.release(answer))),
);
const clock = fc
  .constantFrom(100, 1000, 5000, 20_000, 50_000, 61_000)
  .map((time) => new Step(`${time} ms`, (world) => world.clock.tick(time)));
const commands = [page, participant, frame, frame, frame, endpoint, clock];

async function stage(world: CampaignWorld): Promise<void> {
  world.insert();
  await world.settle();
  await world.loadFrame();
  await world.settle();
}

/**
 * In every case the campaign ends, a campaign can be played again, and nothing is left in the page.
 */
async function conclude(world: CampaignWorld): Promise<void> {
  const { element, clock } = world;
  world.answer = 'token';
  world.release('token');
  await clock.tick(120_000);
  await world.settle();
  if (element.isConnected) {
    // A frame that asked, within its four requests a minute, waits for a login or for "Try again".
    const requests = world.asks + world.refusals + world.expired;
    const isAsking = world.owed === 'ask' && requests <= 4;
    expect(element.status).to.be.oneOf(isAsking ? ['login-required', 'error'] : stable);
  } else world.insert();
  await world.settle();
  if (!world.frame) world.reload();
  await world.settle();
  if (world.frame) await world.loadFrame();
  await world.settle();
  const { length } = world.sent;
  if (inPage(world) && world.frame) {
    world.isLoggedIn();
    await world.settle();
    // An earlier listener may still have run.
    if (inPage(world) && world.asks > 0) expect(world.sent).to.have.length(length + 1);
  }
  if (inPage(world)) world.remove();
  await world.settle();
  await clock.tick(3_600_000);
  await world.settle();
  expect(world.violations).to.deep.equal([]);
}

/** Plays in a world with prefetched tokens. */
async function prefetching(work: (world: CampaignWorld) => Promise<void>): Promise<void> {
  const world = new CampaignWorld();
  try {
    world.element.prefetchToken = true;
    await work(world);
    expect(world.violations).to.deep.equal([]);
  } finally {
    world.end();
  }
}

// @holds F43
it('a prefetched token that a waiting frame used is not kept', () =>
  prefetching(async (world) => {
    world.answer = 'hold';
    world.insert();
    await world.settle();
    await world.loadFrame();
    await world.settle();
    world.isLoggedIn();
    await world.settle();
    world.answer = 'token';
    world.release('token');
    await world.settle();
    world.isLoggedIn();
    await world.settle();
    expect(world.sent).to.have.length(2);
    expect(world.sent[1]).to.not.equal(world.sent[0]);
  }));

// @holds F16
it('a request that fails while its campaign is removed leaves no retry timer', () =>
  prefetching(async (world) => {
    world.answer = '500';
    world.insert();
    await world.settle();
    world.element.addEventListener('qualifio-ready', () => world.remove());
    await world.loadFrame();
    await world.settle();
  }));

// @holds P2, P3, P10, P11
it(`a campaign keeps its guarantees in any sequence of actions (${runs} runs)`, async function () {
  this.timeout(200_000);
  // The path's first number leads to the run that failed, which is shrunk again; with commands,
  // fast-check cannot follow the rest of the path.
  const [seed, path = ''] = window.replay?.split(':') ?? [];
  const parameters = seed ? { seed: Number(seed), path } : { seed: Date.now() & 0xfffffff };
  console.log(`Model: REPLAY=${parameters.seed} repeats these runs.`);
  let taken = 0;
  const start = performance.now();
  await fc.assert(
    fc.asyncProperty(
      // Most runs begin at the interesting part.
      fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
      fc.commands(commands, { maxCommands: steps, size: 'max' }),
      async (isStaged, sequence) => {
        const world = new CampaignWorld();
        try {
          if (isStaged) await stage(world);
          await fc.asyncModelRun(() => ({ model: world, real: world }), sequence);
          taken += [...sequence].length;
          await conclude(world);
        } finally {
          world.end();
        }
      },
    ),
    { numRuns: runs, includeErrorInReport: true, ...parameters },
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`Model: ${runs} runs, ${taken} steps, ${seconds} s.`);
});
