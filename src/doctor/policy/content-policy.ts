import parsePolicy from 'content-security-policy-parser';
import { createHash } from 'node:crypto';
import { hasKeyword, hasNonce, matchesUrl, type Resource } from './sources.js';

type Policy = ReadonlyMap<string, readonly string[]>;

/** A script as a browser sees it when it decides whether it may run. */
export interface ScriptLoad extends Resource {
  /** Hashes of its `integrity` attribute. */
  readonly integrity?: string;
  /** Whether it is in the page's HTML, rather than added by script. */
  readonly isInMarkup: boolean;
}

/** The directives that a request falls back to, the first that is there counts. */
const fallbacks = {
  script: ['script-src-elem', 'script-src', 'default-src'],
  style: ['style-src-elem', 'style-src', 'default-src'],
  styleAttribute: ['style-src-attr', 'style-src', 'default-src'],
  frame: ['frame-src', 'child-src', 'default-src'],
  connect: ['connect-src', 'default-src'],
} as const;

/** All policies of one kind (in force, or report-only) of a page. Each of them must allow a thing. */
export class ContentPolicy {
  /** Policies in headers, and all. */
  readonly #headers: readonly Policy[];
  readonly #all: readonly Policy[];

  constructor(headers: readonly string[], metas: readonly string[]) {
    const read = (text: string) =>
      text
        .split(',')
        .map((one): Policy => parsePolicy(one))
        .filter(({ size }) => size > 0);
    this.#headers = headers.flatMap(read);
    this.#all = [...this.#headers, ...metas.flatMap(read).map(withoutHeaderOnly)];
  }

  get isEmpty(): boolean {
    return this.#all.length === 0;
  }

  /** Whether one of the policies has one of these directives. */
  has(...names: readonly string[]): boolean {
    return this.#all.some((policy) => names.some((name) => policy.has(name)));
  }

  /**
   * The directive that blocks a frame, and if there are several policies, in which one it is; undefined if none
   * does.
   */
  blocksFrame(resource: Resource): string | undefined {
    return this.#blocks('frame', (sources) => matchesUrl(sources, resource));
  }

  /** The directive that blocks a request of a script. */
  blocksConnection(resource: Resource): string | undefined {
    return this.#blocks('connect', (sources) => matchesUrl(sources, resource));
  }

  /** The directive that blocks a script with a URL. */
  blocksScript(script: ScriptLoad): string | undefined {
    return (
      this.#sandbox('allow-scripts') ??
      this.#blocks('script', (sources) => allowsScript(sources, script))
    );
  }

  /** The directive that blocks a script whose text is in the page. */
  blocksInline(text: string, nonce: string): string | undefined {
    return (
      this.#sandbox('allow-scripts') ??
      this.#blocks('script', (sources) => allowsInline(sources, text, nonce))
    );
  }

  /** The directive that blocks a `<style>`. */
  blocksStyle(text: string, nonce: string): string | undefined {
    return this.#blocks('style', (sources) => allowsInline(sources, text, nonce));
  }

  /** The directive that blocks a `style` attribute. */
  blocksStyleAttribute(text: string): string | undefined {
    return this.#blocks('styleAttribute', (sources) =>
      allowsInline(sources, text, '', hasKeyword(sources, 'unsafe-hashes')),
    );
  }

  /** The directive that keeps a Trusted Types policy of this name from being created. */
  blocksTypePolicy(name: string): string | undefined {
    const blocking = this.#all.find((policy) => {
      const names = policy.get('trusted-types');
      return names && !names.includes('*') && !names.includes(name);
    });
    return blocking && this.#named('trusted-types', blocking);
  }

  /** The `sandbox` that takes the page's origin away, and with it that of the frames in it. */
  takesOrigin(): string | undefined {
    return this.#sandbox('allow-same-origin');
  }

  /** The `sandbox` without a flag. */
  #sandbox(wanted: string): string | undefined {
    const blocking = this.#headers.find((policy) => {
      const flags = policy.get('sandbox');
      return flags && !flags.some((flag) => flag.toLowerCase() === wanted);
    });
    return blocking && this.#named('sandbox', blocking);
  }

  #blocks(
    kind: keyof typeof fallbacks,
    allows: (sources: readonly string[]) => boolean,
  ): string | undefined {
    for (const policy of this.#all) {
      const name = fallbacks[kind].find((directive) => policy.has(directive));
      if (name && !allows(policy.get(name)!)) return this.#named(name, policy);
    }
    return undefined;
  }

  /** A directive, with its place if there are several policies: each of them must allow a thing. */
  #named(directive: string, policy: Policy): string {
    const count = this.#all.length;
    if (count === 1) return directive;
    const index = this.#all.indexOf(policy);
    const place = index < this.#headers.length ? 'header' : '<meta>';
    return `${directive} in the page’s ${place} (policy ${index + 1} of ${count})`;
  }
}

/** A policy in `<meta>`: browsers ignore these directives there. */
function withoutHeaderOnly(policy: Policy): Policy {
  const ignored = ['frame-ancestors', 'report-uri', 'sandbox'];
  return new Map([...policy].filter(([name]) => !ignored.includes(name)));
}

function allowsScript(sources: readonly string[], script: ScriptLoad): boolean {
  const { nonce = '', integrity = '', isInMarkup } = script;
  if (hasNonce(sources, nonce) || hasIntegrity(sources, integrity)) return true;
  // With 'strict-dynamic', hosts are ignored; a trusted script may add others.
  if (hasKeyword(sources, 'strict-dynamic')) return !isInMarkup;
  return matchesUrl(sources, script);
}

/** Whether every hash of an `integrity` attribute is in the list (CSP 3, 6.7.1.1). */
function hasIntegrity(sources: readonly string[], integrity: string): boolean {
  const hashes = integrity.split(/\s+/).filter((hash) => /^sha(256|384|512)-/i.test(hash));
  const plain = (hash: string) =>
    hash.replace(/\?.*/, '').replaceAll('-', '+').replaceAll('_', '/');
  const allowed = sources.map((source) => plain(source.slice(1, -1)));
  return hashes.length > 0 && hashes.every((hash) => allowed.includes(plain(hash)));
}

function allowsInline(
  sources: readonly string[],
  text: string,
  nonce: string,
  mayMatchHash = true,
): boolean {
  if (hasNonce(sources, nonce)) return true;
  const hashes = ['sha256', 'sha384', 'sha512'].map(
    (name) => `'${name}-${createHash(name).update(text).digest('base64')}'`,
  );
  if (mayMatchHash && sources.some((source) => hashes.includes(source))) return true;
  // A nonce, a hash or 'strict-dynamic' turns 'unsafe-inline' off.
  const isOff = sources.some((source) => /^'(nonce-|sha\d|strict-dynamic')/i.test(source));
  return !isOff && hasKeyword(sources, 'unsafe-inline');
}
