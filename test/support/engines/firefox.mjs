import { chromeLauncher } from '@web/test-runner-chrome';

/** A launcher of the Firefox at `executablePath`: the runner's one for Chrome speaks WebDriver BiDi, too. */
export function firefox(executablePath) {
  const launcher = chromeLauncher({
    launchOptions: { browser: 'firefox', executablePath, headless: true },
  });
  return Object.assign(launcher, { name: 'Firefox' });
}
