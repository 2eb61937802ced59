// Keys come from environment variables and secret stores, which change the text: quotes stay, line
// breaks become \n, and text that must fit into one line is stored as base64. A change with only
// one possible original is undone; an error names any other.
import { beginsWithKey } from './der.js';
import { isEmpty, optionError } from '../input/option-error.js';

/**
 * Restores the original text of a key: PEM, or a JWK as JSON.
 * @throws {TypeError} naming `option` if it is empty
 */
export function restoreKeyText(option: string, given: string): string {
  let text = given.trim();
  // Ends, because each pass makes the text shorter.
  for (let before = ''; before !== text;) {
    before = text;
    text = decoded(unquoted(text)).trim();
  }
  if (text === '') throw optionError(option, isEmpty);
  return text.startsWith('{') ? restoredJson(text) : text.replace(escapedBreak, '\n');
}

/** PEM and base64url contain no backslash, so every backslash belongs to an escape. */
const escapedBreak = /(?:\\+r)?\\+n|\\+r/g;

function unquoted(text: string): string {
  const quote = text.charAt(0);
  const isQuoted = text.length > 1 && '"\'`'.includes(quote) && text.endsWith(quote);
  return isQuoted ? text.slice(1, -1) : text;
}

/** The PEM or the JSON that is inside base64, also if it was encoded twice. */
function decoded(text: string): string {
  const bytes = decodeBase64(text);
  if (bytes === null) return text;
  const inside = new TextDecoder().decode(bytes).trim();
  if (/^["'`]?(?:-----BEGIN |\{)/.test(inside)) return inside;
  const deeper = decoded(inside);
  return deeper === inside ? text : deeper;
}

/** base64, or base64url, as bytes; null if it is neither. */
function decodeBase64(text: string): Uint8Array | null {
  if (!/^[\w+/=\s-]+$/.test(text)) return null;
  try {
    const base64 = text.replace(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/');
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

function restoredJson(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return text.replace(escapedBreak, '\n').replace(/\\+"/g, '"');
  }
}

/** Why text that has come through {@link restoreKeyText} is not one PEM block, and what to do. */
export function describeText(text: string): string {
  const begins = text.split('-----BEGIN ').length - 1;
  const ends = text.split('-----END ').length - 1;
  if (/^(?:undefined|null|\[object \w+\])$/.test(text)) {
    return `is the text "${text}"; set the variable that it comes from`;
  }
  if (begins === 1 && /^["'`]|["'`]$/.test(text)) {
    return 'has a quotation mark at one end only; remove it';
  }
  if (begins === 1 && ends === 0) {
    return text.endsWith('-----')
      ? 'has only its first line; in a .env file, put a value of several lines in quotes'
      : 'is PEM text without its END line; give all of it';
  }
  if (begins > 1) return `has ${begins} PEM blocks; give only the one of the key`;
  const bytes = decodeBase64(text);
  if (bytes && beginsWithKey(bytes)) {
    return 'is the base64 of a key without its BEGIN and END lines; give them too';
  }
  if (/^(?:\.{0,2}|~|[A-Za-z]:)[\\/]|\.(?:pem|key|der|p8|jwk|json|txt)$/.test(text)) {
    return 'is the path of a file; give what is in the file';
  }
  return 'is neither a whole PEM block nor a JWK; give all of one';
}
