// In the page of a mutant: runs the requested tests, and returns their results.
(() => {
  const { mocha, __stryker__: stryker } = window;
  const now = performance.now.bind(performance);
  if (stryker.hitLimit !== undefined) stryker.hitCount = 0;
  const isMutant = stryker.activeMutant !== undefined;
  mocha.setup({ ui: 'bdd', timeout: 10_000, bail: isMutant, reporter: function () {} });

  // A bundle that cannot be loaded, which a mutant may do, fails every test.
  let broken = null;
  window.addEventListener('error', ({ message }) => (broken ??= message));

  window.run = async (ids) => {
    if (isMutant && broken !== null) {
      return { tests: [{ id: 'loading', error: broken, milliseconds: 0 }] };
    }
    /** Every test with an id of its own. */
    const all = new Map();
    const named = new Set();
    mocha.suite.eachTest((test) => {
      let id = test.fullTitle();
      while (named.has(id)) id += ' (again)';
      named.add(id);
      all.set(test, id);
    });
    for (const [test, id] of all) {
      if (ids && !ids.includes(id)) test.parent.tests = test.parent.tests.filter((t) => t !== test);
    }
    mocha.suite.beforeEach(function () {
      stryker.currentTestId = all.get(this.currentTest);
    });
    const tests = [];
    let begin = 0;
    const note = (test, error) => {
      const id = all.get(test) ?? test.fullTitle();
      tests.push({ id, error: error ? `${error.message}` : null, milliseconds: now() - begin });
    };
    await new Promise((resolve) => {
      const runner = mocha.run(resolve);
      runner.on('test', () => (begin = now()));
      runner.on('pass', (test) => note(test, null));
      runner.on('fail', note);
    });
    const coverage = stryker.mutantCoverage ?? { static: {}, perTest: {} };
    return { tests, hits: stryker.hitCount, ...(!isMutant && { coverage }) };
  };
})();
