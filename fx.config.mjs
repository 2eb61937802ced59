import base from './web-test-runner.config.mjs';
import { firefox } from './test/support/engines/firefox.mjs';
export default { ...base, browserStartTimeout: 120000, browsers: [firefox('/usr/bin/firefox-esr')] };
