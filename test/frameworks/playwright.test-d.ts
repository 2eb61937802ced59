import { defineConfig } from '@playwright/test';
import {
  expect,
  test,
  type SimulatorTestOptions,
  type TestSimulator,
} from 'qualifio-campaign/playwright';

export const config = defineConfig<SimulatorTestOptions>({
  use: { simulatorOptions: { jwks: 'http://localhost:3000/jwks.json', clock: 600 } },
});

test.use({ locale: 'fr', simulatorKnobs: { afterError: 'blocked', errorNth: 1 } });

test('right', async ({ page, campaign, simulator }) => {
  await page.goto(simulator.url);
  await campaign.tag('123456').play({ to: 'pre-login', timeout: 1000 });
  await campaign.at('form');
  const email: string | undefined = (await campaign.fields())['email'];
  expect(email).toBe(simulator.transcript[0]?.token?.kid);
});

// @ts-expect-error a value that the knob does not accept
test.use({ simulatorKnobs: { afterError: 'closed' } });
// @ts-expect-error not a knob
test.use({ simulatorKnobs: { jwks: 'http://localhost:3000/jwks.json' } });
// @ts-expect-error no such option
test.use({ simulatorOptions: { port: 4400 } });

test('wrong', async ({ campaign }) => {
  // @ts-expect-error not a step
  await campaign.at('login');
  // @ts-expect-error a step at which play does not stop
  await campaign.play({ to: 'blocked' });
});

// @ts-expect-error the fixture closes it
export type Close = TestSimulator['close'];
