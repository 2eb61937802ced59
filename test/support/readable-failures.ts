// The test runner sends the values of a failed comparison to its server as a structured clone.
// Elements and windows cannot be cloned, and the whole run would wait for a report that never
// arrives.
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
