import { validateHeaderValue } from 'node:http';
import { readFlagFile } from '../../command/flag-file.js';
import { UsageError } from '../../command/usage-error.js';

/**
 * The text of the `Cookie` header, from `--cookie` or from the file of `--cookie-file`.
 *
 * @throws {UsageError} for the first mistake, without any of the text.
 */
export async function readCookie(
  text: string | undefined,
  path: string | undefined,
): Promise<string | undefined> {
  if (text !== undefined && path !== undefined) {
    throw new UsageError('--cookie and --cookie-file are two cookies; use only one');
  }
  const flag = path === undefined ? 'cookie' : 'cookie-file';
  const content =
    path === undefined ? text : new TextDecoder().decode(await readFlagFile('cookie-file', path));
  if (content === undefined) return undefined;
  const cookie = content.replace(/\r?\n$/, '');
  const fault = cookieFault(cookie);
  if (fault === undefined) return cookie;
  const fix = 'copy the value alone, name=value or name=value; name2=value2';
  throw new UsageError(`--${flag}: the text ${fault}; ${fix}`);
}

function cookieFault(cookie: string): string | undefined {
  if (cookie.trim() === '') return 'is empty';
  const lines = cookie.split(/\r?\n|\r/).length;
  if (lines > 1) return `has ${lines} lines, and a header has one`;
  const wrong = [...cookie].findIndex((character) => !isOfHeader(character));
  if (wrong >= 0) return `has a character that no header can have, at position ${wrong + 1}`;
  if (/^\s*cookie\s*:/i.test(cookie)) return 'starts with the name of the header, Cookie:';
  const isPair = (pair: string) => pair.trim() === '' || /^\s*[^\s=]+=/.test(pair);
  return cookie.split(';').every(isPair) ? undefined : 'has a part with no name before an =';
}

function isOfHeader(character: string): boolean {
  try {
    validateHeaderValue('Cookie', character);
    return true;
  } catch {
    return false;
  }
}
