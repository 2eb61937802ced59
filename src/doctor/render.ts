import { byArea, type Finding, type Report, type Result } from './report.js';

export type Format = 'text' | 'json' | 'markdown';

const labels: Readonly<Record<Result, string>> = {
  fail: 'FAIL',
  warn: 'warn',
  pass: 'pass',
  skipped: 'skip',
};
const colors: Readonly<Record<Result, number>> = { fail: 31, warn: 33, pass: 32, skipped: 90 };

/** From this number on, the summary says why checks were skipped: a report without failures looks right. */
const manySkipped = 10;

/** A report in one of the formats, with a line break at its end. */
export function render(report: Report, format: Format, hasColor: boolean): string {
  if (format === 'json') return toJson(report);
  return format === 'markdown' ? toMarkdown(report) : toText(report, hasColor);
}

function toJson({ findings, summary }: Report): string {
  return `${JSON.stringify({ checks: findings, summary }, null, 2)}\n`;
}

function toText(report: Report, hasColor: boolean): string {
  const paint = (text: string, color: number) =>
    hasColor ? `\u001b[${color}m${text}\u001b[0m` : text;
  const lines: string[] = [];
  for (const [title, findings] of byArea(report.findings)) {
    lines.push(paint(title, 1));
    for (const { id, subject, result, found, fix, docs } of findings.filter(isToldAlone)) {
      const isWrong = result === 'fail' || result === 'warn';
      // A check of several subjects says which one it passed.
      const isOneOfMany = findings.filter((other) => other.id === id).length > 1;
      const on = !isWrong && isOneOfMany ? ` (${subject})` : '';
      lines.push(`  ${paint(labels[result], colors[result])}  ${id}${on}: ${found}`);
      if (!isWrong) continue;
      lines.push(`        at    ${subject}`, `        fix   ${fix}`, `        docs  ${docs}`);
    }
    lines.push(...skippedLines(findings).map((line) => `  ${paint('skip', 90)}  ${line}`), '');
  }
  return `${[...lines, summaryText(report)].join('\n')}\n`;
}

const isToldAlone = ({ result }: Finding): boolean => result !== 'skipped';

/** The skipped checks of an area: those with the same reason on one line. */
function skippedLines(findings: readonly Finding[]): string[] {
  const reasons = skippedBy(findings);
  const isAll = reasons.size === 1 && findings.every(({ result }) => result === 'skipped');
  return [...reasons].map(([reason, ids]) => `${isAll ? 'all' : counted(ids)}: ${reason}`);
}

/** The ids of the skipped checks, by the reason and what to do about it. */
function skippedBy(findings: readonly Finding[]): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, string[]>();
  for (const { id, result, found, fix } of findings) {
    if (result !== 'skipped') continue;
    const reason = fix ? `${found}. ${fix}` : found;
    reasons.set(reason, [...(reasons.get(reason) ?? []), id]);
  }
  return reasons;
}

/** Each id once, with the number of its subjects, so that the lines add up to the summary. */
function counted(ids: readonly string[]): string {
  const numbers = new Map<string, number>();
  for (const id of ids) numbers.set(id, (numbers.get(id) ?? 0) + 1);
  return [...numbers].map(([id, times]) => (times > 1 ? `${id} (${times} times)` : id)).join(', ');
}

function toMarkdown(report: Report): string {
  const lines = [`**qualifio-doctor**: ${summaryText(report)}`];
  for (const [title, findings] of byArea(report.findings)) {
    lines.push('', `### ${title}`, '', '| Result | Check | Subject | Found | Fix |');
    lines.push('| --- | --- | --- | --- | --- |');
    for (const { id, subject, result, found, fix, docs } of findings) {
      const cells = [labels[result], `[${id}](${docs})`, cell(subject), cell(found), cell(fix)];
      lines.push(`| ${cells.join(' | ')} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Text in a table of Markdown, where it makes no markup, link or mention. Code keeps its marks. */
function cell(text: string): string {
  return text
    .replace(/[\\|*_[\]<>&~#!@]/g, (mark) => `&#${mark.charCodeAt(0)};`)
    .replaceAll('://', '&#58;//');
}

/** How many checks had which result; if one reason skipped many and has a fix, that reason. */
function summaryText({ findings, summary: { fail, warn, pass, skipped } }: Report): string {
  const warnings = `${warn} ${warn === 1 ? 'warning' : 'warnings'}`;
  const counts = `${fail} failed, ${warnings}, ${pass} passed, ${skipped} skipped`;
  const avoidable = findings.filter(({ fix }) => fix !== '');
  const [most] = [...skippedBy(avoidable)].sort(([, a], [, b]) => b.length - a.length);
  if (!most || most[1].length < manySkipped) return counts;
  return `${counts} (${most[1].length} of them: ${most[0].replace(/\.$/, '')})`;
}
