import { expect } from '@open-wc/testing';
import type { QualifioInspector } from '../../src/inspector/index.js';
import { knobsOfProfile } from '../../src/simulator/model/kit-profile.js';
import { kitUrl, library, OwnPage } from '../support/own-page.js';
import { endpoint, giving, stagePuppet, token } from '../support/stage.js';
import { eventually } from '../support/watch.js';

let page: OwnPage;
afterEach(() => page.close());

const inspectorScript = '<script type="module" src="/src/inspector/index.ts"></script>';
const fixed = { target: 'exact' };

describe('the inspector’s kit profile is what the kit’s knobs say:', () => {
  for (const registrations of ['all', 'first', 'last']) {
    for (const [callbacks, queue, payload] of [
      ['sync', 'patch', 'object'],
      ['async', 'replace', 'json'],
      ['sync', 'replace', 'json'],
      ['async', 'patch', 'object'],
    ] as const) {
      const knobs = { registrations, callbacks, queue, payload };
      it(Object.values(knobs).join(', '), async () => {
        page = await OwnPage.open(inspectorScript + library);
        page.element.kitUrl = kitUrl({ ...knobs, ...fixed });
        const jwt = await token();
        const element = page.campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
        const inspector = page.document.createElement('qualifio-inspector') as QualifioInspector;
        page.document.body.append(inspector);
        const puppet = await stagePuppet(element, page.document.body);
        await puppet.say('isLoggedIn');
        await puppet.awaitMessages(1);
        await eventually(() => link(inspector) !== null);
        const { version, facts, kitUrl: url } = inspector.kitProfile!;
        expect({ version, url }).to.deep.equal({ version: 1, url: kitUrl().split('?')[0] });
        expect(facts).to.deep.include({ ...knobs, divId: 'given', fields: ['extra'] });
        expect(facts.messages).to.include(
          '{qualifio-simulator: number, name: string, data: object}',
        );
        const file: unknown = await (await fetch(link(inspector)!.href)).json();
        expect(file).to.deep.equal(inspector.kitProfile);
        expect(knobsOfProfile(file)).to.deep.equal(knobs);
        expect(inspector.toText()).to.include(`Kit profile: ${JSON.stringify(file)}\n`);
        // The probe takes nothing from the page and sends nothing.
        await puppet.say('isLoggedIn');
        await puppet.awaitMessages(2);
        const sent = (await puppet.received()).map(({ name }) => name);
        expect(sent).to.deep.equal(['userInfo', 'userInfo']);
        expect(JSON.stringify(file)).not.to.include(element.campaignId);
      });
    }
  }
});

// @holds P4
it('a kit profile contains no values, and no names that may be values', async () => {
  page = await OwnPage.open(inspectorScript + library);
  page.element.kitUrl = `${kitUrl()}&secret=in-the-query`;
  const jwt = await token();
  const element = page.campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
  const inspector = page.document.createElement('qualifio-inspector') as QualifioInspector;
  page.document.body.append(inspector);
  const puppet = await stagePuppet(element, page.document.body);
  const like = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl';
  await puppet.chat('secret text');
  await puppet.chat('{"ada@example.com": "secret"}');
  await puppet.say('isLoggedIn', { email: 'ada@example.com', [like]: 'secret', 'a b': 1 });
  await eventually(() => link(inspector) !== null);
  const { facts } = inspector.kitProfile!;
  expect(facts.fields).to.deep.equal(['extra', 'email', '?', '?']);
  expect(facts.messages).to.include.members(['text', 'JSON {?: string}']);
  const file = await (await fetch(link(inspector)!.href)).text();
  for (const secret of ['secret', 'ada@', element.campaignId, like]) {
    expect(file).not.to.include(secret);
  }
});

function link({ renderRoot }: QualifioInspector): HTMLAnchorElement | null {
  return renderRoot.querySelector('a[download="kit-profile.json"]');
}
