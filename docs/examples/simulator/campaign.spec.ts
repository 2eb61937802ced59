import type { BrowserContext } from '@playwright/test';
import { expect, test } from 'qualifio-campaign/playwright';

/** Replace this with the login of your site. */
async function logIn(context: BrowserContext, url = ''): Promise<void> {
  await context.addCookies([{ name: 'session', value: 'ada', url }]);
}

test('fills in the form', async ({ page, context, baseURL, campaign, simulator }) => {
  await logIn(context, baseURL);
  await page.goto('/');
  await campaign.play();
  await campaign.at('form');
  expect(await campaign.fields()).toEqual({
    email: 'ada@example.com',
    firstname: 'Ada',
    lastname: '',
    city: 'London',
  });
  expect(simulator.transcript.at(-1)).toMatchObject({
    name: 'userInfo',
    token: { alg: 'ES256', kid: 'test', campaignId: '98765' },
  });
  await campaign.play({ to: 'exit' });
});

test('waits for a participant who logs in late', async ({ page, context, baseURL, campaign }) => {
  await page.goto('/');
  await campaign.play();
  await page.getByRole('link', { name: 'Log in' }).waitFor();
  await campaign.at('connecting');
  await logIn(context, baseURL);
  await page.evaluate('document.querySelector("qualifio-campaign").resume()');
  await campaign.at('form');
});

test.describe('when Qualifio finds the first token too old', () => {
  test.use({ simulatorKnobs: { error: 'TOKEN_EXPIRED', errorNth: 1 } });

  test('sends a second one', async ({ page, context, baseURL, campaign, simulator }) => {
    await logIn(context, baseURL);
    await page.goto('/');
    await campaign.play();
    await campaign.at('form');
    const tokens = simulator.transcript.filter(({ name }) => name === 'userInfo');
    expect(tokens.length).toBe(2);
  });
});

test.describe('when an ad blocker blocks the kit', () => {
  test.use({ simulatorKnobs: { kit: '404' } });

  test('offers a second attempt', async ({ page, simulator }) => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    expect(simulator.transcript).toEqual([]);
  });
});
