// The diagram of the exchange says what happens: a played campaign is compared with its text.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventNames } from '../../src/events.js';
import { repository } from '../support/installed-package.js';
import { openDemo } from '../support/visitor.js';

const { demo, arrive } = await openDemo();

test('a played exchange has the messages of docs/diagrams/exchange.mmd', async (t) => {
  const source = await readFile(join(repository, 'docs/diagrams/exchange.mmd'), 'utf8');
  /** The texts of the arrows from one participant to another. */
  const drawn = (...arrows: readonly string[]): string[] =>
    [...source.matchAll(/^ *(\w)--?>>(\w): (.+)$/gm)]
      .filter(([, from, to]) => arrows.includes(`${from}${to}`))
      .map(([, from, , text]) => (arrows.length > 1 ? `${from} ${text}` : text!));

  const anyone = await arrive(t);
  const answers: string[] = [];
  anyone.page.on('response', (response) => {
    if (response.url().includes('/qualifio/token')) answers.push(String(response.status()));
  });
  await anyone.page.addInitScript(
    (names) => {
      const events: string[] = [];
      Object.assign(window, { events });
      for (const name of names) document.addEventListener(name, () => events.push(name));
    },
    [...eventNames],
  );
  await anyone.visit('/popin');
  await anyone.playToTheForm();
  await anyone.logIn(anyone.page.locator('dialog.popin'));
  await anyone.waitForLog('event', 'qualifio-token-sent');
  await anyone.formValues();

  const events = await anyone.page.evaluate(
    () => (window as unknown as { events: string[] }).events,
  );
  const shown = events.filter((name) => name !== 'qualifio-status-change');
  assert.deepEqual(shown, drawn('EP'));
  assert.deepEqual(
    answers,
    drawn('SE').map((text) => text.slice(0, 3)),
  );
  const { port } = new URL(demo.campaignUrl);
  const response = await fetch(`http://127.0.0.1:${port}/transcript`);
  const { entries } = (await response.json()) as {
    entries: { direction: string; name: string }[];
  };
  assert.deepEqual(
    entries.map(({ direction, name }) => `${direction === 'to-page' ? 'F' : 'K'} ${name}`),
    drawn('FK', 'KF')
      .map((text) => text.replace(/:.*/, ''))
      .filter((text) => text !== 'K loads the campaign'),
  );
});
