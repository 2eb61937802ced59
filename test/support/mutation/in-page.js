// In the page of a mutant: runs the tests that were asked for, and sends what came of them.
(() => {
  const { mocha } = window;
  const { run, ids, activeMutant, hitLimit } = window.mutation;
  const { fetch } = window;
  const now = performance.now.bind(performance);
  const stryker = (window.__stryker__ = { activeMutant, hitLimit });
  if (hitLimit !== undefined) stryker.hitCount = 0;
  const isMutant = activeMutant !== undefined;
  mocha.setup({ ui: 'bdd', timeout: 10_000, bail: isMutant, reporter: function () {} });

  // A bundle that cannot be loaded, which a mutant may do, fails every test.
  let broken = null;
  window.addEventListener('error', ({ message }) => (broken ??= message));

  window.mutation.start = () => {
    const tests = testsOf(mocha.suite);
    if (isMutant && broken !== null) {
      send([{ id: 'loading', error: broken, milliseconds: 0 }]);
      return;
    }
    const wanted = ids && new Set(ids);
    for (const [test, id] of tests) {
      if (wanted && !wanted.has(id))
        test.parent.tests = test.parent.tests.filter((t) => t !== test);
    }
    mocha.suite.beforeEach(function () {
      stryker.currentTestId = tests.get(this.currentTest);
    });
    const results = [];
    const runner = mocha.run(() => send(results));
    let begin = 0;
    let told = now();
    runner.on('test', () => {
      begin = now();
      if (begin - told < 1000) return;
      told = begin;
      post({ run });
    });
    runner.on('pass', (test) => note(test, null));
    runner.on('fail', (test, error) => note(test, `${error.message}`));
    function note(test, error) {
      const id = tests.get(test) ?? test.fullTitle();
      results.push({ id, error, milliseconds: now() - begin });
    }
  };

  /** Every test with an id of its own. */
  function testsOf(suite) {
    const found = new Map();
    const ids = new Set();
    suite.eachTest((test) => {
      let id = test.fullTitle();
      while (ids.has(id)) id += ' (again)';
      ids.add(id);
      found.set(test, id);
    });
    return found;
  }

  function send(tests) {
    const coverage = stryker.mutantCoverage ?? { static: {}, perTest: {} };
    post({ run, tests, hits: stryker.hitCount, ...(!isMutant && { coverage }) });
  }

  function post(message) {
    void fetch.call(window, '/result', { method: 'POST', body: JSON.stringify(message) });
  }
})();
