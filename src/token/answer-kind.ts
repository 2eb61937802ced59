import { ownField } from '../config/own-field.js';

/** Properties that often contain the token instead of `token`. */
const otherNames = [
  'Token',
  'jwt',
  'JWT',
  'access_token',
  'accessToken',
  'id_token',
  'idToken',
] as const;
const wrappers = ['data', 'result'] as const;

/** What an answer without a token contains: a kind, never text of its body. */
export type Found =
  | 'more than 64 KiB'
  | 'an empty body'
  | 'bytes that are not UTF-8'
  | 'an HTML page'
  | 'XML or source code'
  | 'text before its JSON'
  | 'text after its JSON'
  | 'broken JSON'
  | 'no JSON'
  | 'null'
  | 'a list'
  | 'a string'
  | 'a number'
  | 'a boolean'
  | `its token as "${(typeof otherNames)[number]}"`
  | `its token in "${(typeof wrappers)[number]}"`
  | 'a non-string "token"'
  | 'JSON without "token"'
  | 'invalid "hosts"';

/** Reads JSON, also JSON that was encoded twice; undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' && value.startsWith('{') ? JSON.parse(value) : value;
  } catch {
    return undefined;
  }
}

/**
 * What a text that is not JSON contains. No regular expressions: `RegExp.input` would keep the
 * text.
 */
export function unreadable(text: string): Found {
  const first = text[0];
  if (!first) return 'an empty body';
  if (text.includes('\ufffd') || text.includes('\0')) return 'bytes that are not UTF-8';
  if (text.startsWith('<?')) return 'XML or source code';
  const isPage = text.startsWith('<!') || text.slice(0, 5).toLowerCase() === '<html';
  const before = text.split('"token"')[0]!.trimEnd();
  if (!isPage && first !== '{' && before !== text && before.endsWith('{')) {
    return 'text before its JSON';
  }
  if (first === '<') return 'an HTML page';
  const end = text.lastIndexOf('}');
  if (first === '{' && end > 0 && end < text.length - 1) return 'text after its JSON';
  return first === '{' || first === '[' ? 'broken JSON' : 'no JSON';
}

/** What JSON without a token contains. */
export function wrongShape(json: unknown): Found {
  if (ownField(json, 'token') !== undefined) return 'a non-string "token"';
  if (json === null) return 'null';
  if (Array.isArray(json)) return 'a list';
  if (typeof json !== 'object') return `a ${typeof json as 'string' | 'number' | 'boolean'}`;
  const isText = (value: unknown): boolean => typeof value === 'string';
  const name = otherNames.find((other) => isText(ownField(json, other)));
  if (name) return `its token as "${name}"`;
  const outer = wrappers.find((wrapper) => isText(ownField(ownField(json, wrapper), 'token')));
  return outer ? `its token in "${outer}"` : 'JSON without "token"';
}
