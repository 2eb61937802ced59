import { expect } from '@open-wc/testing';
import type { QualifioInspector, SetUpFault } from '../../src/inspector/index.js';
import type { QualifioSignIn } from '../../src/sign-in/index.js';
import { kitUrl, OwnPage } from '../support/own-page.js';
import {
  divIdOf,
  insert,
  puppetOfTag,
  runningTag,
  signInLine,
  signInOf,
  signInScript,
} from '../support/sign-in-page.js';
import {
  endpoint,
  freshId,
  giving,
  next,
  stageHost,
  technicalId,
  token,
} from '../support/stage.js';
import { eventually } from '../support/watch.js';

const inspecting = '<script type="module" src="/src/inspector/index.ts"></script>';
const quiet = '<script>console.warn = () => {}</script>';
const inspectorOf = (name: string): string =>
  `<qualifio-inspector for="${name}"></qualifio-inspector>`;

let page: OwnPage;
afterEach(() => page.close());

const inspector = (): QualifioInspector => page.document.querySelector('qualifio-inspector')!;
const text = (): string => inspector().renderRoot.textContent!;

/** Waits until the inspector shows a fault with these words. */
async function shown(id: SetUpFault['id'], ...words: string[]): Promise<void> {
  await eventually(() => {
    const fault = inspector().renderRoot?.querySelector(`[part=faults] [data-fault=${id}]`);
    return fault && words.every((part) => fault.textContent!.includes(part));
  });
}

const ids = (): string[] => inspector().faults.map(({ id }) => id);

/** The timeline, without what the element does. */
const exchange = (): string[] =>
  inspector()
    .entries.filter(({ direction }) => direction !== 'element')
    .map(({ direction, name }) => `${direction} ${name}`);

describe('the inspector of a pasted tag', () => {
  const orders: Record<string, (id: string, url: string) => string> = {
    'before the element': (id, url) => inspecting + inspectorOf(id) + signInLine(url),
    'after the element': (id, url) => signInLine(url) + inspecting + inspectorOf(id),
    'without a number': (_, url) => inspecting + inspectorOf('') + signInLine(url),
  };
  for (const [where, markup] of Object.entries(orders)) {
    it(`${where}, shows the exchange of the tag, also of one that is inserted later`, async () => {
      const id = freshId();
      page = await OwnPage.open(markup(id, endpoint(giving(await token())).url));
      insert(page, runningTag(id));
      const puppet = await puppetOfTag(page, id);
      await puppet.say('isLoggedIn');
      await puppet.awaitMessages(1);
      await eventually(() => text().includes('token-sent'));
      expect(exchange()).to.deep.equal([
        'to-page isLoggedIn',
        'from-source token',
        'to-frame userInfo',
      ]);
      expect(inspector().renderRoot.querySelector('h2')!.textContent).to.equal(`Campaign ${id}`);
      expect(inspector().campaign).to.equal(signInOf(page).campaigns[0]);
      expect(text()).to.include(technicalId).and.to.include(stageHost);
      expect(text()).to.include('the campaign has sent messages');
      expect(ids().filter((name) => name.startsWith('sign-in'))).to.deep.equal([]);
    });
  }

  it('shows the errors of this tag alone, and what to do about them', async () => {
    const [id, other] = [freshId(), freshId()];
    page = await OwnPage.open(
      quiet +
        inspecting +
        signInLine(endpoint({ status: 403 }).url) +
        runningTag(other) +
        runningTag(id) +
        inspectorOf(id),
    );
    for (const number of [other, id]) {
      const failed = next(page.document, 'qualifio-error');
      await (await puppetOfTag(page, number)).say('isLoggedIn');
      await failed;
    }
    await shown('endpoint-answer', 'If the participant is signed out, answer 401');
    expect(text()).to.include(`Campaign ${id}`);
    const failures = inspector().entries.filter(({ code }) => code);
    expect(failures.map(({ code }) => code)).to.deep.equal(['ENDPOINT_FORBIDDEN']);
  });

  it('records how Qualifio’s script works', async () => {
    const id = freshId();
    page = await OwnPage.open(
      inspecting +
        inspectorOf(id) +
        signInLine(endpoint(giving(await token())).url) +
        runningTag(id, { knobs: { callbacks: 'sync', registrations: 'first' } }),
    );
    const puppet = await puppetOfTag(page, id);
    // A busy browser may be too slow for a try, of which there are three.
    await eventually(async () => {
      await puppet.say('requestParticipantAction');
      return inspector().kitProfile?.facts.callbacks;
    });
    const { kitUrl: url, facts } = inspector().kitProfile!;
    expect(url).to.equal(kitUrl().split('?')[0]);
    expect(facts).to.include({ callbacks: 'sync', registrations: 'first', divId: 'given' });
  });

  for (const registrations of ['all', 'first', 'last']) {
    // @holds F56
    it(`reports the page’s own callbacks, with a kit that calls ${registrations}`, async () => {
      const id = freshId();
      const own = `<script>(window._qual_async ??= []).push(
        ['registerChildMessageCallback', 'isLoggedIn', () => {}])</script>`;
      page = await OwnPage.open(
        inspecting + own + inspectorOf(id) + signInLine(endpoint(giving(await token())).url),
      );
      // The kit then comes after the element, which sees what waits for it.
      insert(page, runningTag(id, { knobs: { registrations } }));
      const puppet = await puppetOfTag(page, id);
      await puppet.say('requestParticipantAction');
      await shown(
        'sign-in-callbacks',
        'The page’s own script answers isLoggedIn',
        registrations === 'all' ? 'asks both' : 'only one callback',
        'Remove one of the two',
      );
    });
  }

  // @holds F56
  it('reports the page’s own token, whose callback was registered before the element came', async () => {
    const id = freshId();
    page = await OwnPage.open(quiet + inspecting + inspectorOf(id) + runningTag(id));
    insert(page, signInLine(endpoint({ hold: 'headers' }).url));
    await puppetOfTag(page, id);
    expect(ids()).to.not.include('sign-in-callbacks');
    const jwt = await token();
    page.window._qual_async!.push(['sendChildMessage', divIdOf(id), 'userInfo', jwt]);
    await shown('sign-in-callbacks', 'The page’s own script answers isLoggedIn');
    expect(inspector().toText()).to.not.include(jwt);
  });

  // @holds F57
  it('reports that allowedHosts is missing, until it is set', async () => {
    const id = freshId();
    page = await OwnPage.open(
      `${quiet}${inspecting}${inspectorOf(id)}${signInScript}<qualifio-sign-in></qualifio-sign-in>${runningTag(id)}`,
    );
    await puppetOfTag(page, id);
    await shown('sign-in-hosts', 'data-allowed-hosts', 'QualifioSignIn.allowedHosts');
    const { constructor } = signInOf(page);
    (constructor as typeof QualifioSignIn).allowedHosts = [stageHost];
    await eventually(() => !inspector().renderRoot.querySelector('[data-fault=sign-in-hosts]'));
  });

  // @holds F57
  it('reports an attribute that stops every campaign', async () => {
    const id = freshId();
    page = await OwnPage.open(
      quiet + inspecting + inspectorOf(id) + signInLine('ftp://publisher.example') + runningTag(id),
    );
    await shown('sign-in-settings', 'answers no campaign', 'auth-endpoint');
  });

  const missing: Record<string, [markup: (id: string) => string, words: string[]]> = {
    'that is not on the page': [() => '', ['The document has no', 'Compare the number']],
    'in a shadow root': [
      (id) =>
        `<section><template shadowrootmode="open"><div id="${divIdOf(id)}"></div></template></section>`,
      ['is in a shadow root', 'replace the tag with <qualifio-campaign>'],
    ],
    'whose div is another element': [
      (id) => `<p id="${divIdOf(id)}"></p>`,
      ['is no div that <qualifio-sign-in> answers'],
    ],
    'in a <qualifio-campaign>': [
      (id) => `<qualifio-campaign><div id="${divIdOf(id)}"></div></qualifio-campaign>`,
      ['which answers the campaign itself', 'the id of that element'],
    ],
  };
  for (const [where, [markup, words]] of Object.entries(missing)) {
    // @holds F58
    it(`says why it shows nothing of a tag ${where}`, async () => {
      const id = freshId();
      page = await OwnPage.open(inspecting + signInLine('/') + inspectorOf(id) + markup(id));
      await shown('sign-in-tag', ...words);
      expect(text()).to.include(`answers no tag with the number ${id}`);
    });
  }

  it('goes on with the tag when it comes', async () => {
    const id = freshId();
    page = await OwnPage.open(inspecting + signInLine('/') + inspectorOf(id));
    await shown('sign-in-tag', 'The document has no');
    // Its script has not run: there is no frame.
    insert(page, `<div id="${divIdOf(id)}"></div>`);
    await eventually(() => text().includes(`Campaign ${id}`));
    expect(ids()).to.not.include('sign-in-tag');
    page.document.getElementById(divIdOf(id))!.remove();
    await shown('sign-in-tag', 'The document has no');
  });
});
