// What publishers' unit tests do with the element, in a DOM that is not a browser: the built
// package runs with the globals of that DOM, as test runners set them.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { base64url } from 'jose';
import type { QualifioCampaign } from '../../src/index.js';
import { assertBuilt, repository } from '../support/installed-package.js';
import { KitStandIn, type Sent } from '../support/kit-stand-in.js';
import { useWindow } from '../support/use-window.js';

const markup = (attributes = ''): string =>
  `<qualifio-campaign campaign-id="123456" channel-id="B7FDCFDA-C477-C4BA-3C54-728AD8594DE6"
     host="jeux.publisher.com" login-url="/login" ${attributes}></qualifio-campaign>`;

const part = (fields: object): string => base64url.encode(JSON.stringify(fields));
const jwt = `${part({ alg: 'RS256' })}.${part({ sub: '1' })}.c2ln`;

/** Waits until pending tasks have run. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** Tests of the element in the DOM that `open` makes. */
export function testInDom(name: string, open: () => object): void {
  describe(`under ${name}`, () => {
    const complaints: unknown[] = [];
    let kit: KitStandIn;
    let sent: Sent[];

    before(async () => {
      assertBuilt();
      const page = open();
      useWindow(page);
      window.addEventListener('error', ({ error }) => complaints.push(error));
      process.on('unhandledRejection', (reason) => complaints.push(reason));
      await import(pathToFileURL(join(repository, 'dist/index.js')).href);
      kit = new KitStandIn();
    });

    afterEach(async () => {
      document.body.innerHTML = '';
      await settled();
      assert.deepEqual(complaints.splice(0), []);
    });

    async function mount(attributes?: string): Promise<QualifioCampaign> {
      document.body.innerHTML = markup(attributes);
      sent = [];
      kit.onSend = (message) => void sent.push(message);
      const element = document.querySelector('qualifio-campaign')!;
      await element.updateComplete;
      await settled();
      return element;
    }

    const panelOf = (element: QualifioCampaign): HTMLElement =>
      element.shadowRoot!.querySelector<HTMLElement>('[part=panel]')!;

    it('starts the campaign', async () => {
      const element = await mount();
      assert.equal(element.status, 'loading');
      assert.equal(element.frame?.parentElement?.id, 'qualifio_insert_place_123456');
    });

    for (const loading of ['lazy', 'manual']) {
      it(`loading="${loading}" starts with load(), and goes with its element`, async () => {
        const element = await mount(`loading="${loading}"`);
        void element.load();
        await settled();
        assert.equal(element.status, 'loading');
        assert.ok(element.frame);
        element.remove();
        assert.equal(element.status, 'idle');
        assert.equal(element.childElementCount, 0);
      });
    }

    it('made by a script, reads its properties', async () => {
      const element = document.createElement('qualifio-campaign');
      Object.assign(element, { campaignId: '98', channelId: 'nonsense', host: 'a.example' });
      document.body.append(element);
      await element.updateComplete;
      await settled();
      assert.equal(element.error?.code, 'CONFIG_INVALID');
      assert.match(element.error?.message, /channel-id/);
      assert.equal(panelOf(element).hidden, false);
    });

    it('reads a pasted tag', async () => {
      document.body.innerHTML = `<qualifio-campaign><template><div id="qualifio_insert_place_77"></div>
        <script>_qual_async.push(['createIframe', 'qualifio_insert_place_77', 'jeux.publisher.com', '20',
          'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6', '100%', '900', '', '', '', '']);</script></template></qualifio-campaign>`;
      await settled();
      const { frame, error } = document.querySelector('qualifio-campaign')!;
      assert.equal(error, null);
      assert.equal(frame?.parentElement?.id, 'qualifio_insert_place_77');
    });

    it('has a participant log in, and hands over the token', async () => {
      const answers = [null, jwt];
      const element = await mount();
      element.tokenProvider = () => Promise.resolve(answers.shift() ?? null);
      const reasons: string[] = [];
      element.addEventListener('qualifio-login-required', ({ reason }) => reasons.push(reason));
      kit.say(element.frame!, 'isLoggedIn');
      await settled();
      assert.deepEqual(reasons, ['signed-out']);
      assert.equal(element.status, 'login-required');
      const link = panelOf(element).querySelector('a');
      assert.match(link!.href, /\/login\?return_to=/);
      assert.equal(await element.resume(), true);
      assert.equal(element.status, 'token-sent');
      const divId = 'qualifio_insert_place_123456';
      assert.deepEqual(sent, [{ divId, name: 'userInfo', data: jwt }]);
      await element.updateComplete;
      assert.equal(panelOf(element).hidden, true);
    });
  });
}
