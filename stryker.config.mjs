// Mutation testing: what decides about tokens is changed in every way that the tests ought to see.
// `npm run test:mutation -- --mutate src/host.ts` does it with one file.
export default {
  mutate: [
    ...['campaign-config', 'host', 'message-router', 'page-registry'],
    ...['token-source', 'endpoint-answer', 'endpoint-request', 'endpoint-tag', 'secure-token'],
    ...['page-trust', 'frame-link', 'frame-documents', 'frame-budget', 'pre-login'],
    ...['request-guard', 'token-endpoint', 'options', 'campaigns', 'campaign', 'answer'].map(
      ofServer,
    ),
    ...['campaign-feed', 'feed-cache', 'feed-channel', 'feed-reader', 'own-members'].map(ofServer),
    ...['signing', 'token-maker', 'sign-participant-token'].map(ofServer),
  ].map((name) => `src/${name}.ts`),
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

function ofServer(name) {
  return `server/${name}`;
}
