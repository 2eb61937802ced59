import { expect } from '@open-wc/testing';
import { kitUrl, library, OwnPage } from '../support/own-page.js';
import { endpoint, giving, next, stagePuppet, token } from '../support/stage.js';

const inspecting = '<script type="module" src="/src/inspector/index.ts"></script>';

describe('the inspector', () => {
  for (const [what, seconds, words] of [
    ['behind', 3600, /(29\d|300) s left, by the endpoint’s clock, which is 36\d\d s behind this/],
    ['ahead', -3600, /(29\d|300) s left, by the endpoint’s clock, which is 3\d\d\d s ahead of/],
    ['right', 0, /(29\d|300) s left, for campaign/],
  ] as const) {
    it(`says whose clock counts if the endpoint’s is ${what}`, async () => {
      const now = Date.now() - seconds * 1000;
      const jwt = await token({ exp: Math.floor(now / 1000) + 300 });
      const headers = { Date: new Date(now).toUTCString() };
      const { url } = endpoint({ ...giving(jwt), headers });
      const page = await OwnPage.open(library + inspecting);
      page.element.kitUrl = kitUrl();
      const element = page.campaign({ 'auth-endpoint': url });
      const inspector = page.document.createElement('qualifio-inspector');
      page.document.body.append(inspector);
      const puppet = await stagePuppet(element, page.document.body);
      const sent = next(element, 'qualifio-token-sent');
      await puppet.say('isLoggedIn');
      await sent;
      expect(inspector.toText()).to.match(words);
      expect(inspector.faults.map(({ id }) => id)).not.to.include('endpoint-stored');
      page.close();
    });
  }
});
