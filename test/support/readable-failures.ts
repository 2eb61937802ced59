// The test runner sends what a failed test compared to its server as a structured clone. An element or
// a window is none, and the whole run would wait for a report that never comes.
afterEach(function () {
  const error = this.currentTest?.err as Record<string, unknown> | undefined;
  for (const field of ['actual', 'expected']) {
    if (!error || !(field in error)) continue;
    try {
      structuredClone(error[field]);
    } catch {
      error[field] = String(error[field]);
    }
  }
});
