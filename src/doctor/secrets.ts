import { printable } from '../command/printable.js';

const gramLength = 8;
const longest = 160;
const longestKeyId = 80;

/**
 * What must not be printed, whole or in part: cookies, tokens, claims. Knows what was given on the
 * command line, which may be printed.
 */
export class Secrets {
  readonly #grams = new Set<string>();
  readonly #short = new Set<string>();
  /** Of tokens and of the values of cookies alone. */
  readonly #credentialGrams = new Set<string>();
  readonly #open: string;

  /** @param open texts that may be printed although a secret has a part of them. */
  constructor(open: readonly string[]) {
    this.#open = open.join('\n').toLowerCase();
  }

  add(secret: string): void {
    const text = secret.toLowerCase();
    if (text.length < gramLength) {
      if (text.length >= 4) this.#short.add(text);
      return;
    }
    for (const gram of grams(text)) if (!this.#open.includes(gram)) this.#grams.add(gram);
  }

  /** Adds each value of a `Cookie` header. */
  addCookie(header: string): void {
    this.add(header);
    for (const pair of header.split(';')) {
      this.#addCredential(pair.slice(pair.indexOf('=') + 1).trim());
    }
  }

  /** Adds a token, and every text and long number in its claims, except `campaignId`. */
  addToken(token: string, claims: unknown): void {
    this.#addCredential(token);
    const waiting: unknown[] = [claims];
    while (waiting.length > 0) {
      const value = waiting.pop();
      if (typeof value === 'string' || typeof value === 'number') this.add(String(value));
      else if (typeof value === 'object' && value !== null) {
        for (const [name, member] of Object.entries(value)) {
          if (value !== claims || name !== 'campaignId') waiting.push(member);
        }
      }
    }
  }

  #addCredential(text: string): void {
    this.add(text);
    for (const gram of grams(text.toLowerCase())) this.#credentialGrams.add(gram);
  }

  /**
   * Text from a page or a server, on one line and short, without control characters, and without
   * anything that has a part of a secret.
   */
  hide(text: string): string {
    const line = shortLine(text, longest);
    return this.#has(line) || this.#has(decoded(line)) ? '(hidden)' : line;
  }

  /**
   * A `kid`, without one that has a part of a token or of a cookie's value. It may have a part of a
   * claim or of a cookie's name: a publisher's own name is often in all of them.
   */
  hideKeyId(kid: string): string {
    const line = shortLine(kid, longestKeyId);
    const isSecret = [line, decoded(line)].some((each) =>
      [...grams(each.toLowerCase())].some((gram) => this.#credentialGrams.has(gram)),
    );
    return isSecret ? '(hidden)' : line;
  }

  #has(text: string): boolean {
    const lower = text.toLowerCase();
    return (
      [...grams(lower)].some((gram) => this.#grams.has(gram)) ||
      [...this.#short].some((secret) => lower.includes(secret) && !this.#open.includes(secret))
    );
  }
}

function shortLine(text: string, length: number): string {
  return printable(text.slice(0, length)) + (text.length > length ? '…' : '');
}

function* grams(text: string): Generator<string> {
  for (let start = 0; start + gramLength <= text.length; start++) {
    yield text.slice(start, start + gramLength);
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
