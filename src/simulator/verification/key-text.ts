// Which part of a key's text is wrong. No message contains any of the text.
import { kindOf } from '../model/worded.js';

/** What the text is for, as its PEM block is called. */
type Block = 'PUBLIC KEY' | 'PRIVATE KEY';

const formats = { 'PUBLIC KEY': 'spki', 'PRIVATE KEY': 'pkcs8' } as const;
const wanted = { 'PUBLIC KEY': 'PEM text', 'PRIVATE KEY': 'PEM text or a JWK' } as const;

/**
 * The text of a key.
 *
 * @throws TypeError saying what was given in place of text, and how to get the text.
 */
export function keyText(option: string, given: unknown, block: Block): string {
  if (typeof given === 'string') return given;
  const text = `export({ type: '${formats[block]}', format: 'pem' })`;
  const kind = kindOf(given);
  let fix = 'give the text of its file';
  if (given instanceof Uint8Array) fix = 'give the text of the file, not its bytes';
  else if (kind.endsWith('KeyObject')) fix = `give key.${text}`;
  else if (kind.endsWith('CryptoKey')) fix = `give KeyObject.from(key).${text}`;
  throw new TypeError(`${option} must be ${wanted[block]}, not ${kind}; ${fix}`);
}

/** Why a text is not a readable key of this kind, and what to do; reads as a predicate. */
export function keyTextFault(text: string, block: Block): string {
  const plain = text.trim();
  const [, found] = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(plain) ?? [];
  if (plain === '') return 'is empty; give the text of the key';
  if (/^(ssh|ecdsa)-/.test(plain)) {
    return 'is in OpenSSH’s format; convert it with `ssh-keygen -e -m PKCS8 -f FILE`';
  }
  if (found === undefined) {
    return /^[~.\w/\\:-]+\.\w+$/.test(plain)
      ? 'is the path of a file; give what is in it'
      : `is not PEM text, which begins with -----BEGIN ${block}-----; give all of it`;
  }
  if (/^["'`]/.test(plain)) return 'has quotation marks around it; remove them';
  if (plain.includes('\\n')) return 'has \\n in place of its line breaks; replace each';
  if (!plain.includes(`-----END ${found}-----`)) {
    return 'is PEM text without its END line; give all of it';
  }
  if (found === 'OPENSSH PRIVATE KEY') {
    return 'is in OpenSSH’s format; convert a copy with `ssh-keygen -p -m PKCS8 -f FILE`';
  }
  if (plain.includes('ENCRYPTED'))
    return 'has a passphrase; decrypt it with `openssl pkey -in FILE`';
  if (!/ KEY$|^CERTIFICATE$/.test(` ${found}`)) {
    return `is a block of ${found}; give the block of the ${block}`;
  }
  return 'is damaged PEM text; give it as it was made';
}
