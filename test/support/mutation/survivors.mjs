// Stryker's reporter for what no test saw: each such change with the reason why it may stay so, as
// survivors.json gives it. One without a reason fails the run.
import { readFileSync } from 'node:fs';
import process from 'node:process';

/** Reasons, by `file: code -> what takes its place`. */
const reasons = new Map(
  Object.entries(JSON.parse(readFileSync(new URL('survivors.json', import.meta.url), 'utf8'))),
);

export class SurvivorsReporter {
  onMutationTestReportReady({ files }) {
    const seen = new Set();
    for (const [file, { source, mutants }] of Object.entries(files)) {
      for (const { status, location, replacement } of mutants) {
        if (status !== 'Survived' && status !== 'NoCoverage') continue;
        const change = `${file}: ${oneLine(textAt(source, location))} -> ${oneLine(replacement)}`;
        seen.add(change);
        const reason = reasons.get(change) ?? 'NO REASON GIVEN';
        console.log(`${status}, line ${location.start.line}, ${change}\n    ${reason}`);
      }
    }
    const open = [...seen].filter((change) => !reasons.has(change)).length;
    const idle = [...reasons.keys()].filter(
      (change) => !seen.has(change) && change.split(':')[0] in files,
    );
    for (const change of idle) console.log(`Explained, but seen by a test: ${change}`);
    console.log(`${seen.size} changes that no test saw, ${open} of them without a reason`);
    if (open + idle.length > 0) process.exitCode = 1;
  }
}

/** The text between two places, whose lines and columns count from 1. */
function textAt(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines.push(lines.pop().slice(0, end.column - 1));
  return [lines[0].slice(start.column - 1), ...lines.slice(1)].join('\n');
}

/** Without line ends, and cut where it is long. */
function oneLine(text) {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
