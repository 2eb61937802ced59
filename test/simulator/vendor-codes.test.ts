import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { TokenErrorCode } from '../../src/simulator/index.js';
import { encrypt, now, publisherKeys, sign } from '../support/publisher-keys.js';
import { documentedErrors, vendorTag } from '../support/publisher-site.js';
import { SimulatorStage, atStep, campaignOf, playToForm } from '../support/simulator-stage.js';

let stage: SimulatorStage;
/** A bad token for each code, each for its own campaign, and one good token. */
let bad: Record<TokenErrorCode, string>;
let good: (tag: string) => Promise<string>;
/** A number other than the tag's. */
const campaignOfTag = (tag: string) => `9000${tag}`;
before(async () => {
  const keys = await publisherKeys('ES256');
  const stranger = await publisherKeys('ES256');
  const qualifio = await publisherKeys('RSA-OAEP-256');
  const another = await publisherKeys('RSA-OAEP-256');
  const signed = (changes: Record<string, unknown>, key = keys.privateKey) =>
    sign(key, { alg: 'ES256' }, changes);
  good = (tag) => signed({ campaignId: campaignOfTag(tag) });
  bad = {
    TOKEN_EXPIRED: await signed({ campaignId: campaignOfTag('1'), exp: now() - 300 }),
    TOKEN_INVALID_FORMAT: 'eyJhbGciOiJFUzI1NiJ9.e30',
    TOKEN_EMPTY: '',
    TOKEN_INVALID_SIGNATURE: await signed({ campaignId: campaignOfTag('4') }, stranger.privateKey),
    TOKEN_DECRYPTION_FAILED: await encrypt(await good('5'), another.publicKey, 'RSA-OAEP-256'),
    UNKNOWN: await good('7'),
  };
  stage = await SimulatorStage.set({
    publicKey: keys.publicPem,
    privateKey: qualifio.privatePem,
    campaigns: Object.fromEntries(
      codes()
        .map(numberOf)
        .map((tag) => [tag, campaignOfTag(tag)]),
    ),
  });
});
after(() => stage.strike());

const codes = () => Object.keys(bad) as TokenErrorCode[];
const numberOf = (code: TokenErrorCode) => String(codes().indexOf(code) + 1);

/**
 * A page with a campaign for each code. It sends each its token, and switches on the reported code.
 */
function open(tokens: Record<string, string>): Promise<Page> {
  const tags = codes().map((code) => vendorTag(stage.host, { number: numberOf(code) }));
  return stage.open(tags.join('') + givenTokens(tokens) + documentedErrors);
}

async function assertTold(page: Page): Promise<void> {
  for (const code of codes()) {
    const campaign = campaignOf(page, numberOf(code));
    await playToForm(campaign);
    await atStep(campaign, 'blocked');
    const { code: recorded } =
      stage.simulator.transcript.find(
        ({ name, divId }) => name === 'error' && divId.endsWith(`_${numberOf(code)}`),
      ) ?? {};
    assert.equal(recorded, code);
  }
  await page.waitForFunction('told.length === 6');
  assert.deepEqual(
    await page.evaluate('told'),
    codes().map((code) => `qualifio_insert_place_${numberOf(code)} case ${code}`),
  );
}

describe('every code of the vendor reaches its case in the page’s switch', () => {
  it('for a token with that fault', async () => {
    const page = await open(Object.fromEntries(codes().map((code) => [numberOf(code), bad[code]])));
    await assertTold(page);
  });

  it('for the knob in the frame URL, even with a valid token', async () => {
    const tokens = codes().map(async (code) => [numberOf(code), await good(numberOf(code))]);
    const page = await open(Object.fromEntries(await Promise.all(tokens)) as never);
    for (const code of codes()) {
      const frame = page.locator(`#qualifio${numberOf(code)}`);
      await frame.evaluate((element: HTMLIFrameElement, knob) => {
        element.src += `&error=${knob}`;
      }, code);
      await page.frameLocator(`iframe[src$="${code}"]`).getByRole('button').first().waitFor();
    }
    await assertTold(page);
  });
});

/** Answers each campaign immediately with the token for its number; no pre-login screen. */
function givenTokens(tokens: Readonly<Record<string, string>>): string {
  return `<script>
_qual_async.push(['registerChildMessageCallback', 'requestParticipantAction', function (data) {
  _qual_async.push(['sendChildMessage', data.divId, 'requestParticipantAction', false]);
}]);
_qual_async.push(['registerChildMessageCallback', 'isLoggedIn', function (data) {
  var tokens = ${JSON.stringify(tokens)};
  var number = data.divId.replace(/\\D/g, '');
  _qual_async.push(['sendChildMessage', data.divId, 'userInfo', tokens[number]]);
}]);
</script>`;
}
