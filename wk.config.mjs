import base from './web-test-runner.config.mjs';
import { webkit } from './test/support/engines/webkit.mjs';
export default { ...base, browserStartTimeout: 120000, browsers: [webkit({driver:'/usr/bin/WebKitWebDriver', browser:'/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser', screen:'/usr/bin/Xvfb'})] };
