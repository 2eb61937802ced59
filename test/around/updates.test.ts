import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { html, libraryTag } from '../support/around/publisher.js';
import { recipe } from '../support/around/recipes.js';
import { Reader } from '../support/around/reader.js';

const turbo = '<script src="/lib/@hotwired/turbo/dist/turbo.es2017-umd.js"></script>';

/** A page with the recipe, and a way to update it. */
interface Update {
  name: string;
  /** The whole page, with `count` in it. */
  page(count: number): string;
  /** What the recipe adds. Without it, the game starts again. Null: not tested without it. */
  adds: RegExp | null;
  /**
   * The element hides its frame from this update, so the game also continues without the recipe.
   */
  goesOnAlone?: true;
  /** Updates the page. */
  run(page: Page): Promise<unknown>;
}

const counted = (count: number): string => `<p id="count">${count}</p>`;
const inMain = (body: string, attributes: string) => (count: number) =>
  `${libraryTag}<main id="news" ${attributes}>${counted(count)}${body}</main>`;
const whole = (name: string, head: string) => (count: number) =>
  recipe(name)
    .replace('<head>', `<head>${head}`)
    .replace('<body>', `<body>${counted(count)}`);

const htmx = ['htmx-2', 'htmx.org'].flatMap((library): Update[] => {
  const script = `<script src="/lib/${library}/dist/htmx.min.js"></script>`;
  const inherited = library === 'htmx.org' ? ':inherited' : '';
  const swaps = library === 'htmx.org' ? ['innerHTML', 'outerMorph'] : ['innerHTML', 'outerHTML'];
  return [
    ...swaps.map((swap) => {
      const attributes = `hx-get="/" hx-select="#news" hx-target="#news" hx-swap="${swap}" hx-trigger="update"`;
      return {
        name: `${library}, hx-swap="${swap}"`,
        page: (count: number) => script + inMain(recipe('htmx.html'), attributes)(count),
        adds: swap === 'innerHTML' ? /hx-preserve/ : null,
        run: (page: Page) =>
          page.evaluate(() => document.querySelector('#news')!.dispatchEvent(new Event('update'))),
      };
    }),
    {
      name: `${library}, hx-boost`,
      page: (count) =>
        `${script}<div hx-boost${inherited}="true"><a href="/">News</a>${inMain(recipe('htmx.html'), '')(count)}</div>`,
      adds: null,
      run: (page) => page.getByText('News').click(),
    },
  ];
});

const morphs = (['alpine-morph.js', 'idiomorph.js'] as const).map((name): Update => {
  const libraries = {
    'alpine-morph.js': ['@alpinejs/morph/dist/cdn.min.js', 'alpinejs/dist/cdn.min.js'],
    'idiomorph.js': ['idiomorph/dist/idiomorph.min.js'],
  }[name];
  const scripts = libraries.map((path) => `<script defer src="/lib/${path}"></script>`).join('');
  return {
    name,
    page: (count) => scripts + inMain(recipe('htmx.html').replace('hx-preserve', ''), '')(count),
    adds: null,
    run: (page) => page.evaluate(morphWith(recipe(name))),
  };
});

const updates: Update[] = [
  {
    name: 'a morph of Turbo',
    page: whole('turbo.html', `${turbo}<meta name="turbo-refresh-method" content="morph">`),
    adds: /data-turbo-permanent/,
    goesOnAlone: true,
    run: (page) => page.evaluate('Turbo.session.refresh(location.href)'),
  },
  ...htmx,
  {
    name: 'Livewire',
    page: (count) =>
      `<script defer src="/lib/@alpinejs/morph/dist/cdn.min.js"></script>
      <script defer src="/lib/alpinejs/dist/cdn.min.js"></script>
      ${inMain(recipe('livewire.html'), '')(count)}`,
    adds: /wire:ignore/,
    goesOnAlone: true,
    // The way Livewire's morph treats the attribute.
    run: (page) =>
      page.evaluate(
        morphWith(`Alpine.morph(document.querySelector('#news'), html, {
          updating(node, to, childrenOnly, skip) {
            if (node.hasAttribute?.('wire:ignore')) skip();
          },
        });`),
      ),
  },
  ...morphs,
];

/** Code that uses `code` to morph `#news` into the server's current HTML. */
const morphWith = (code: string): string => `(async () => {
  const text = await (await fetch('/')).text();
  const page = new DOMParser().parseFromString(text, 'text/html');
  const html = page.querySelector('#news').outerHTML;
  ${code}
})()`;

let reader: Reader;
before(async () => void (reader = await Reader.arrive()));
after(() => reader.leave());

/** Plays, updates the page, and returns whether the frame is still the same. */
async function keepsGame({ run }: Update, page: (count: number) => string): Promise<boolean> {
  const { publisher } = reader;
  let count = 0;
  publisher.serve('/', () => html(page(count++)));
  const view = await reader.visit('/');
  await reader.begin();
  await view.evaluate(() => Object.assign(window, { first: document.querySelector('iframe') }));
  await run(view);
  await view.waitForFunction(() => document.querySelector('#count')?.textContent !== '0');
  return view.evaluate(
    () => (window as unknown as { first: Element }).first === document.querySelector('iframe'),
  );
}

describe('the game continues after', () => {
  for (const update of updates) {
    it(update.name, async () => {
      assert.equal(await keepsGame(update, update.page), true);
      await reader.finish();
      assert.deepEqual(reader.problems, []);
    });

    const { adds, goesOnAlone = false } = update;
    if (!adds) continue;
    const outcome = goesOnAlone ? 'also continues' : 'starts again';
    it(`${update.name}; without ${adds.source} it ${outcome}`, async () => {
      const without = (count: number): string => update.page(count).replace(adds, '');
      assert.equal(await keepsGame(update, without), goesOnAlone);
      if (goesOnAlone) await reader.finish();
      else assert.equal(await reader.play(), 'Camille');
      assert.deepEqual(reader.problems, []);
    });
  }
});

/** Returns by a link after a visit to another page; returns how often the campaign has started. */
async function startsAfterReturn(page: string, other: string): Promise<number> {
  const { publisher } = reader;
  publisher.page('/', `${page}<a href="/other">Other</a>`);
  publisher.page('/other', `${other}<a href="/">Back</a>`);
  const view = await reader.visit('/');
  await reader.begin();
  await view.getByText('Other').click();
  await view.getByText('Back').click();
  assert.equal(await reader.play(), 'Camille');
  return reader.statuses.filter((status) => status === 'loading').length;
}

describe('a Turbo Drive visit and return', () => {
  const page = recipe('turbo.html').replace('<head>', `<head>${turbo}`);
  const [head = ''] = page.split('<body>');

  it('starts the campaign one more time', async () => {
    assert.equal(await startsAfterReturn(page, head), 2);
  });

  it('starts it two more times without no-preview', async () => {
    const without = page.replace('no-preview', 'public');
    assert.equal(await startsAfterReturn(without, head), 3);
  });

  it('starts it on each page if it is permanent on both', async () => {
    assert.equal(await startsAfterReturn(page, page), 3);
  });
});

describe('an htmx swap in a browser without moveBefore()', () => {
  for (const library of ['htmx-2', 'htmx.org']) {
    it(`starts the campaign again: ${library}`, async () => {
      const update = updates.find(({ name }) => name === `${library}, hx-swap="innerHTML"`)!;
      const old = '<script>delete Element.prototype.moveBefore;</script>';
      assert.equal(await keepsGame(update, (count) => old + update.page(count)), false);
      assert.equal(await reader.play(), 'Camille');
      assert.deepEqual(reader.problems, []);
    });
  }
});

describe('values that a script has set on the element', () => {
  for (const update of updates.filter(({ goesOnAlone }) => goesOnAlone)) {
    it(`are kept by ${update.adds?.source} after ${update.name}, and lost without it`, async () => {
      const isKept = (page: Update['page']): Promise<boolean> =>
        keepsGame(
          {
            ...update,
            async run(view) {
              const campaign = view.locator('qualifio-campaign');
              await campaign.evaluate((element) => element.setAttribute('data-mine', ''));
              await update.run(view);
            },
          },
          page,
        ).then(async () => (await reader.page.locator('[data-mine]').count()) === 1);
      assert.equal(await isKept(update.page), true);
      const without = (count: number): string => update.page(count).replace(update.adds!, '');
      assert.equal(await isKept(without), false);
    });
  }
});
