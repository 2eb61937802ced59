// Mutation testing: the code that carries the promises of SECURITY.md is changed in every way that the
// tests ought to see. test/support/mutation/mutators.mjs adds changes to those of Stryker.
// `npm run test:mutation -- --mutate src/config/host.ts` does it with one file.
export default {
  mutate: [
    ...of('config', 'campaign-config', 'host', 'own-field', 'parse-tag'),
    ...of('page', 'document-member', 'kit', 'message-router', 'page-registry', 'page-trust'),
    ...of('page', 'page-answers', 'sender-check'),
    ...of('token', 'campaign-tokens', 'endpoint-answer', 'endpoint-request', 'endpoint-tag'),
    ...of('token', 'prefetched-token', 'secure-token', 'token-source'),
    ...of('campaign', 'element-settings', 'exchange', 'frame-budget', 'frame-documents'),
    ...of('campaign', 'frame-link', 'login-request', 'pre-login'),
    ...of('campaign', 'reported-error', 'return-watch'),
    ...of('element', 'campaign-start', 'campaign-view'),
    ...of('server', 'answer', 'campaign', 'campaigns', 'claims', 'encryption', 'options'),
    ...of('server', 'participant', 'request-guard', 'sign-participant-token', 'signing'),
    ...of('server', 'token-endpoint', 'token-maker'),
    ...of('server/input', 'own-members'),
    ...of('server/keys', 'der', 'hmac-secret', 'jwk', 'key-facts', 'key-id', 'key-source'),
    ...of('server/keys', 'shared-secret'),
    ...of('server/feed', 'campaign-feed', 'feed-cache', 'feed-channel', 'feed-json'),
    ...of('server/feed', 'feed-reader', 'time-slices'),
    ...of('simulator/routes', 'page-guard'),
    ...of('simulator/verification', 'claims', 'signature'),
  ],
  plugins: ['./test/support/mutation/runner.mjs'],
  testRunner: 'project',
  coverageAnalysis: 'perTest',
  // Memory and processors of a small machine.
  concurrency: 2,
  timeoutMS: 20_000,
  timeoutFactor: 3,
  dryRunTimeoutMinutes: 10,
  reporters: ['clear-text', 'json', 'progress-append-only', 'survivors'],
  clearTextReporter: { reportMutants: false, reportTests: false, allowColor: false },
  jsonReporter: { fileName: '.cache/mutation.json' },
  thresholds: { high: 95, low: 85, break: 85 },
  tempDirName: '.cache/stryker',
  ignorePatterns: ['.cache', 'coverage', 'build', 'bench', 'demo', 'docs'],
  checkers: [],
  disableTypeChecks: false,
  allowEmpty: false,
};

function of(room, ...names) {
  return names.map((name) => `src/${room}/${name}.ts`);
}
