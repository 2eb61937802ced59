// Run by ../playwright.test.ts.
import type { BrowserContext } from '@playwright/test';
import { expect, test } from '../../../src/simulator/playwright/index.js';

const guid = 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6';

/** Qualifio's tags as they are in production, on a page whose answer is not a token. */
async function publish(context: BrowserContext, ...tags: number[]): Promise<void> {
  const create = (tag: number): string => `
    <div id="qualifio_insert_place_${tag}"></div>
    <script>
      _qual_async.push(['createIframe', 'qualifio_insert_place_${tag}', 'play.publisher.example',
        '20', '${guid}', '100%', '1200', '', '', '', 'max-width: 810px']);
    </script>`;
  const body = `<!doctype html><title>Quiz</title>
    <script src="https://files.qualifio.com/kit/qualp.2.min.js" async></script>
    <script>
      var _qual_async = [];
      _qual_async.push(['registerChildMessageCallback', 'requestParticipantAction', ({ divId }) =>
        _qual_async.push(['sendChildMessage', divId, 'requestParticipantAction', true])]);
      _qual_async.push(['registerChildMessageCallback', 'isLoggedIn', ({ divId }) =>
        _qual_async.push(['sendChildMessage', divId, 'userInfo', 'no token'])]);
    </script>
    ${tags.map(create).join('')}`;
  await context.route('https://www.publisher.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body }),
  );
}

test('plays to the form, and reads its fields', async ({ page, campaign, simulator }) => {
  await page.goto(simulator.url);
  await campaign.at('welcome');
  await campaign.play();
  await campaign.at('form');
  const fields = await campaign.fields();
  expect(Object.keys(fields)).toEqual(expect.arrayContaining(['email', 'firstname', 'lastname']));
  expect(fields['email']).toContain('@');
  await campaign.play({ to: 'exit' });
  await campaign.at('exit');
  expect(simulator.transcript.map(({ name }) => name)).toEqual([
    ...['requestParticipantAction', 'requestParticipantAction', 'isLoggedIn', 'userInfo'],
  ]);
});

test('has a new simulator with its own URLs for each test', async ({ request, simulator }) => {
  expect(simulator.transcript).toEqual([]);
  expect(simulator.url).toBe(`http://${simulator.host}`);
  expect((await request.get(simulator.kitUrl)).headers()['content-type']).toMatch(/javascript/);
});

test('stands in for Qualifio on an https page with its tag', async ({
  page,
  context,
  campaign,
  simulator,
}) => {
  const elsewhere: string[] = [];
  context.on('requestfailed', (request) => elsewhere.push(request.url()));
  await publish(context, 123456);
  await page.goto('https://www.publisher.example/');
  await campaign.play({ to: 'question' });
  await campaign.at('question');
  await campaign.play({ to: 'pre-login' });
  await campaign.at('pre-login');
  await campaign.play();
  await campaign.at('blocked');
  expect(simulator.transcript.at(-1)).toMatchObject({ code: 'TOKEN_INVALID_FORMAT' });
  expect(elsewhere).toEqual([]);
});

test('plays one of several campaigns', async ({ page, context, campaign, simulator }) => {
  await publish(context, 1, 2);
  await page.goto('https://www.publisher.example/');
  await campaign.tag(2).play();
  await campaign.tag(1).at('welcome');
  const divs = new Set(simulator.transcript.map(({ divId }) => divId));
  expect([...divs]).toEqual(['qualifio_insert_place_2']);
  await expect(campaign.at('welcome')).rejects.toThrow(
    /The page has 2 campaigns: choose one with campaign.tag\('1'\) or campaign.tag\('2'\)/,
  );
  await expect(campaign.tag(3).at('welcome', { timeout: 300 })).rejects.toThrow(
    /has no frame of this campaign\. It has campaigns for 1, 2\./,
  );
  expect(() => campaign.tag('#quiz')).toThrow('a tag number has only digits');
});

test.describe('with knobs', () => {
  test.use({ simulatorOptions: { lang: 'fr' }, simulatorKnobs: { error: 'TOKEN_EXPIRED' } });

  test('says why a campaign is not at the form', async ({ page, campaign, simulator }) => {
    await page.goto(simulator.url);
    await campaign.play();
    await expect(campaign.frame.locator('html')).toHaveAttribute('lang', 'fr');
    await campaign.at('blocked');
    await expect(campaign.fields({ timeout: 300 })).rejects.toThrow(
      /did not reach the step "form"\. It is at "blocked", because of TOKEN_EXPIRED: /,
    );
  });
});

test.describe('when the campaign has ended', () => {
  test.use({ simulatorKnobs: { campaign: 'finished' } });

  test('does not play it', async ({ page, campaign, simulator }) => {
    await page.goto(simulator.url);
    await campaign.at('finished');
    await expect(campaign.play()).rejects.toThrow('The campaign is finished');
  });
});

for (const [what, body, message] of [
  ['is empty', '', /The page \S+ has no frame of a campaign\.$/],
  [
    'has an element without its script',
    '<qualifio-campaign></qualifio-campaign>',
    /has no frame of this campaign\. It has <qualifio-campaign>, which no script has defined\.$/,
  ],
  [
    'has an element that failed',
    `<script>
      customElements.define('qualifio-campaign', class extends HTMLElement {
        status = 'error';
        error = { code: 'CONFIG_INVALID', message: 'host is missing' };
      });
    </script>
    <qualifio-campaign></qualifio-campaign>`,
    /It has <qualifio-campaign> with the status "error" \(CONFIG_INVALID: host is missing\)\.$/,
  ],
  [
    'has a frame that is not a campaign',
    '<iframe class="qualifio_iframe_tag" srcdoc="<p>Maintenance</p>"></iframe>',
    /Its frame shows about:srcdoc, which is not a simulated campaign\.$/,
  ],
] as const) {
  test(`reports that the page ${what}`, async ({ page, campaign }) => {
    await page.setContent(body);
    await expect(campaign.play({ timeout: 300 })).rejects.toThrow(message);
  });
}

test('fails on purpose', async ({ page, campaign, simulator }) => {
  await page.goto(simulator.url);
  await campaign.play({ to: 'pre-login' });
  await campaign.at('exit', { timeout: 300 });
});
