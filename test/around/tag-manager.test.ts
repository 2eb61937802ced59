import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Reader } from '../support/around/reader.js';
import { recipe } from '../support/around/recipes.js';

const element =
  '<qualifio-campaign campaign-id="123456" auth-endpoint="/qualifio/token"></qualifio-campaign>';
/** Tag managers run code as text, long after the page was parsed. */
const manage = (code: string): string => `<script>
  addEventListener('load', () => setTimeout(() => (0, eval)(${JSON.stringify(code)})));
</script>`;
/** The way jQuery's html() runs a script tag. */
const evaluateLibrary = `
  fetch('/js/qualifio-campaign.min.js').then((answer) => answer.text()).then((text) => (0, eval)(text));`;

let reader: Reader;
before(async () => void (reader = await Reader.arrive()));
after(() => reader.leave());

describe('a tag manager', () => {
  const cases: readonly [string, (code: string) => string, string][] = [
    ['tag-manager.js', (code) => element + manage(code), recipe('tag-manager.js')],
    [
      'tag-manager-later.js',
      (code) => `<div id="place"></div>${manage(code)}${manage(evaluateLibrary)}`,
      recipe('tag-manager-later.js'),
    ],
  ];
  for (const [name, page, code] of cases) {
    it(`can start the campaign: ${name}`, async () => {
      reader.publisher.page('/', page(code));
      await reader.visit('/');
      assert.equal(await reader.play(), 'Camille');
      assert.deepEqual(reader.problems, []);
    });

    it(`allows no other hosts, and requests nothing from them: ${name}`, async () => {
      reader.publisher.page('/', page(code.replace('jeux.publisher.com', 'other.publisher.com')));
      const view = await reader.visit('/');
      await view.locator('qualifio-campaign:state(error)').waitFor();
      assert.deepEqual(reader.problems, ['HOST_NOT_ALLOWED']);
      assert.equal(reader.fromQualifio.filter((url) => url.includes('/20/')).length, 0);
    });
  }
});
