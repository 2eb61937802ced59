import { expect } from '@open-wc/testing';
import type { QualifioInspector } from '../../src/inspector/index.js';
import { knobsOfProfile, type KitProfile } from '../../src/simulator/model/kit-profile.js';
import { kitUnknowns } from '../../src/simulator/model/knob-table.js';
import { everyKit, type UnknownKit } from '../support/every-kit.js';
import { kitUrl, library, OwnPage } from '../support/own-page.js';
import { endpoint, giving, stagePuppet, token } from '../support/stage.js';
import { eventually } from '../support/watch.js';

const pages: OwnPage[] = [];
afterEach(() => pages.splice(0).forEach((page) => page.close()));

const inspectorScript = '<script type="module" src="/src/inspector/index.ts"></script>';

/** A page with the inspector and a campaign, whose kit is at this address. */
async function stage(url: string) {
  const page = await OwnPage.open(inspectorScript + library);
  pages.push(page);
  // WebKit paints no frame outside the viewport.
  Object.assign((page.window.frameElement as HTMLElement).style, { position: 'fixed', top: '0' });
  page.element.kitUrl = url;
  const element = page.campaign({ 'auth-endpoint': endpoint(giving(await token())).url });
  const inspector = page.document.createElement('qualifio-inspector') as QualifioInspector;
  page.document.body.append(inspector);
  const puppet = await stagePuppet(element, page.document.body);
  return { page, element, inspector, puppet };
}

async function fileOf(inspector: QualifioInspector): Promise<string> {
  return (await fetch(link(inspector)!.href)).text();
}

/** What the inspector records of a kit, on a page of its own. */
async function record(knobs: UnknownKit): Promise<unknown> {
  const { element, inspector, puppet } = await stage(kitUrl(knobs));
  await puppet.say('isLoggedIn');
  await puppet.awaitMessages(1);
  await eventually(() => link(inspector) !== null);
  const text = await fileOf(inspector);
  const file: unknown = JSON.parse(text);
  expect(file).to.deep.equal(inspector.kitProfile);
  expect(inspector.toText()).to.include(`Kit profile: ${JSON.stringify(file)}\n`);
  expect(text).not.to.include(element.campaignId);
  // The probe takes nothing from the page and sends nothing.
  await puppet.say('isLoggedIn');
  await puppet.awaitMessages(2);
  const sent = (await puppet.received()).map(({ name }) => name);
  expect(sent).to.deep.equal(['userInfo', 'userInfo']);
  return file;
}

describe('the inspector’s kit profile is what the kit’s knobs say, and plays the same kit:', () => {
  for (const registrations of kitUnknowns.registrations.values) {
    for (const callbacks of kitUnknowns.callbacks.values) {
      const some = everyKit.filter(
        (kit) => kit.registrations === registrations && kit.callbacks === callbacks,
      );
      it(`${registrations}, ${callbacks}, and ${some.length} kits of all other knobs`, async function () {
        this.timeout(60_000);
        const files = await Promise.all(some.map(record));
        for (const [index, file] of files.entries()) {
          // A page cannot see to which origin the kit posts.
          const { target, ...seen } = some[index]!;
          const { version, facts, kitUrl: url } = file as KitProfile;
          expect({ version, url }).to.deep.equal({ version: 1, url: kitUrl().split('?')[0] });
          const messages = '{qualifio-simulator: number, name: string, data: object}';
          expect(facts['messages']).to.include(messages);
          const others = { divId: 'given', fields: ['extra'], messages: facts['messages'] };
          expect(facts).to.deep.equal({ ...seen, ...others });
          expect({ target, ...knobsOfProfile(file) }).to.deep.equal(some[index]);
        }
      });
    }
  }
});

describe('the inspector’s kit profile, after a second kit,', () => {
  const kitKey = Symbol.for('qualifio-simulator.kit.2');
  /** What happens to the first kit, besides what the simulator's second one does, which shares its callbacks. */
  type First = { stop(): void };
  const others: Record<
    string,
    [knobs: Partial<UnknownKit>, (first: First) => void, called: string]
  > = {
    'that replaces it': [{ registrations: 'all' }, (first) => first.stop(), 'last'],
    'that it does not know': [{ registrations: 'first' }, () => {}, 'all'],
  };
  for (const registrations of kitUnknowns.registrations.values) {
    it(`that calls ${registrations}, says so`, async () => {
      const { page, inspector, puppet } = await stage(kitUrl({ registrations }));
      await puppet.say('requestParticipantAction');
      await eventually(() => inspector.kitProfile?.facts.registrations);
      expect(inspector.kitProfile!.facts).not.to.have.property('secondKit');
      await page.run(kitUrl({ registrations, another: 'tag' }));
      await puppet.say('requestParticipantAction');
      await eventually(() => inspector.kitProfile!.facts.secondKit);
      const { facts } = inspector.kitProfile!;
      expect(facts).to.include({ registrations, secondKit: registrations });
      expect(knobsOfProfile(inspector.kitProfile)).to.include({ registrations });
    });
  }
  for (const [what, [knobs, meddle, called]] of Object.entries(others)) {
    it(`${what}, says which callbacks are left: ${called}`, async () => {
      const { page, inspector, puppet } = await stage(kitUrl(knobs));
      await puppet.say('requestParticipantAction');
      await eventually(() => inspector.kitProfile?.facts.registrations);
      const scope = page.window as unknown as Record<symbol, First>;
      meddle(scope[kitKey]!);
      Reflect.deleteProperty(scope, kitKey);
      await page.run(kitUrl({ ...knobs, another: 'tag' }));
      await puppet.say('requestParticipantAction');
      await eventually(() => inspector.kitProfile!.facts.secondKit);
      expect(inspector.kitProfile!.facts).to.include({ ...knobs, secondKit: called });
    });
  }
});

// @holds P4
it('a kit profile contains no values, and no names that may be values', async () => {
  const { element, inspector, puppet } = await stage(`${kitUrl()}&secret=in-the-query`);
  const like = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl';
  await puppet.chat('secret text');
  await puppet.chat('{"ada@example.com": "secret"}');
  await puppet.say('isLoggedIn', { email: 'ada@example.com', [like]: 'secret', 'a b': 1 });
  await eventually(() => link(inspector) !== null);
  const { facts } = inspector.kitProfile!;
  expect(facts.fields).to.deep.equal(['extra', 'email', '?', '?']);
  expect(facts.messages).to.include.members(['text', 'JSON {?: string}']);
  const file = await fileOf(inspector);
  for (const secret of ['secret', 'ada@', element.campaignId, like]) {
    expect(file).not.to.include(secret);
  }
});

function link({ renderRoot }: QualifioInspector): HTMLAnchorElement | null {
  return renderRoot.querySelector('a[download="kit-profile.json"]');
}
