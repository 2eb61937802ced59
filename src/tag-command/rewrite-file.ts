import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { normalize } from 'node:path';
import type { ElementSettings } from './element-markup.js';
import { tagWords } from './page-parts.js';
import type { Remark } from './remarks.js';
import { rewritePage, type RewrittenPage } from './rewrite-page.js';

/** What the command finds in a file, as in its JSON report. */
export interface FileReport extends Omit<RewrittenPage, 'html'> {
  readonly file: string;
  /** Unified diff; empty if nothing changes. */
  readonly diff: string;
}

const notUtf8: Remark = {
  line: 1,
  found: 'the file has a tag and is not in UTF-8',
  fix: 'Convert it to UTF-8, and run this command again.',
};

/** Rewrites the bytes of a file. */
export function rewriteBytes(
  file: string,
  before: Buffer,
  settings: ElementSettings,
): { report: FileReport; after: Buffer } {
  const nothing: FileReport = { file, rewritten: [], left: [], notes: [], diff: '' };
  const html = decoded(before);
  if (html === null) {
    // UTF-16 has a zero byte beside each of these characters.
    const hasTag = tagWords.test(before.toString('latin1').replaceAll('\0', ''));
    return { report: { ...nothing, left: hasTag ? [notUtf8] : [] }, after: before };
  }
  if (!tagWords.test(html)) return { report: nothing, after: before };
  const { html: rewritten, ...rest } = rewritePage(html, settings);
  const options = { headerOptions: FILE_HEADERS_ONLY };
  const path = normalize(file).replace(/^\/+/, '');
  const names = [`a/${path}`, `b/${path}`] as const;
  const diff =
    rewritten === html ? '' : createTwoFilesPatch(...names, html, rewritten, '', '', options);
  return { report: { ...nothing, ...rest, diff }, after: Buffer.from(rewritten) };
}

/** The text of UTF-8, with its byte order mark; null if it is something else. */
function decoded(bytes: Buffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
