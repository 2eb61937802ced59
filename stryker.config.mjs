// Mutation testing: what decides about tokens is changed in every way that the tests ought to see.
// `npm run test:mutation -- --mutate src/config/host.ts` does it with one file.
export default {
  mutate: [
    ...of('config', 'campaign-config', 'host'),
    ...of('page', 'message-router', 'page-registry', 'page-trust'),
    ...of('token', 'token-source', 'endpoint-answer', 'endpoint-request', 'endpoint-tag'),
    ...of('token', 'secure-token'),
    ...of('campaign', 'frame-link', 'frame-documents', 'frame-budget', 'pre-login'),
    ...of('server', 'request-guard', 'token-endpoint', 'options', 'campaigns', 'campaign'),
    ...of('server', 'answer', 'signing', 'token-maker', 'sign-participant-token'),
    ...of('server/input', 'own-members'),
    ...of('server/feed', 'campaign-feed', 'feed-cache', 'feed-channel', 'feed-reader'),
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
