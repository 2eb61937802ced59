import { isLoopback } from '../config/host.js';
import type { Campaigns } from './campaigns.js';
import type { EncryptionOptions } from './encryption.js';
import { found, kindOf } from './input/kind-of.js';
import { isRecord, optionError } from './input/option-error.js';
import { ownOptions } from './input/own-members.js';
import type { Participant } from './participant.js';
import type { SigningOptions } from './signing.js';
import type { TokenErrorCode, TokenErrorContext } from './token-error.js';

/** The options that a token is made from, with or without HTTP. */
export interface SignTokenOptions {
  /**
   * The campaigns that tokens are made for, by the tag number. A record is copied, and only its own
   * properties count. A function is called for each token and returns null for an unknown number;
   * `createCampaignFeed` returns such a function.
   */
  readonly campaigns: Campaigns;
  /** How tokens are signed. */
  readonly signing: SigningOptions;
  /** How signed tokens are encrypted; without it, anyone who sees a token can read its claims. */
  readonly encryption?: EncryptionOptions | undefined;
  /** `iss` of every token. */
  readonly issuer: string;
  /** Lifetime of a token in whole seconds, 1 to 600. Default 300. */
  readonly expiresIn?: number | undefined;
  /** The time in milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: (() => number) | undefined;
}

/** Options of {@link createTokenEndpoint}. */
export interface TokenEndpointOptions extends SignTokenOptions {
  /**
   * Returns the signed-in participant, or null or undefined if no one is signed in (401). Called
   * only for a request that passed every other check. If it throws, the answer is 500 and the error
   * is not logged: catch errors yourself to see them.
   */
  readonly participant: (
    request: Request,
  ) => Participant | null | undefined | Promise<Participant | null | undefined>;
  /**
   * Other origins whose pages may request tokens, exactly as browsers write them: https, or http on a
   * loopback host. Default none.
   */
  readonly allowedOrigins?: readonly string[] | undefined;
  /**
   * Your own origin, as in the visitor's address bar: https, or http on a loopback host. Needed if
   * the request's URL has a different origin, for example behind a proxy that ends TLS. Default:
   * the origin of the URL.
   */
  readonly origin?: string | undefined;
  /**
   * Receives the reason why a request got no token, except for 401, and the reports of a campaign feed in
   * `campaigns`. Its arguments are a code, the tag number and the milliseconds that the endpoint worked;
   * never a claim, a token, a key or an error object.
   */
  readonly onError?: ((code: TokenErrorCode, context: TokenErrorContext) => unknown) | undefined;
  /**
   * Called for each answer with a token, with the tag number; not for `HEAD` and not for `part=tag`. For
   * metrics: it never receives a claim, a token or the session. What it throws is ignored, and the answer
   * does not wait for it.
   */
  readonly onIssued?: ((campaignId: string, context: TokenIssuedContext) => unknown) | undefined;
}

/** What `onIssued` receives besides the tag number. */
export interface TokenIssuedContext {
  /** How long the endpoint worked on the request, `participant` and `sign` included. */
  readonly milliseconds: number;
}

const optionNames: ReadonlySet<string> = new Set([
  'campaigns',
  'signing',
  'encryption',
  'issuer',
  'participant',
  'expiresIn',
  'allowedOrigins',
  'origin',
  'clock',
  'onError',
  'onIssued',
]);

/**
 * The object's own options, as a record without a prototype whose names are all known: a misspelled
 * `encryption` must not lead to tokens that anyone can read.
 * @throws {TypeError} naming the unknown or inherited option
 */
export function readOptions(
  options: unknown,
  names: ReadonlySet<string> = optionNames,
): Readonly<Record<string, unknown>> {
  if (!isRecord(options)) {
    throw optionError('options', `must be an object, not ${kindOf(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (!names.has(name))
      throw optionError(name, `unknown option; the options are ${[...names].join(', ')}`);
  }
  return ownOptions('', options, names);
}

/** @throws {TypeError} naming `issuer` */
export function readIssuer(issuer: unknown): string {
  if (typeof issuer === 'string' && issuer !== '') return issuer;
  throw optionError('issuer', `must be text, the iss of your tokens, not ${found(issuer)}`);
}

/** @throws {TypeError} naming `expiresIn` */
export function readExpiresIn(expiresIn: unknown = 300): number {
  const isWhole = typeof expiresIn === 'number' && Number.isInteger(expiresIn);
  if (isWhole && expiresIn >= 1 && expiresIn <= 600) return expiresIn;
  throw optionError('expiresIn', `must be whole seconds from 1 to 600, not ${found(expiresIn)}`);
}

/** @throws {TypeError} naming `option` */
export function readFunction<F>(option: string, value: unknown, fallback?: F): F {
  if (value === undefined && fallback !== undefined) return fallback;
  if (typeof value === 'function') return value as F;
  throw optionError(option, `must be a function, not ${kindOf(value)}`);
}

/** @throws {TypeError} naming `allowedOrigins` */
export function readAllowedOrigins(origins: unknown = []): ReadonlySet<string> {
  if (!Array.isArray(origins))
    throw optionError('allowedOrigins', `must be a list of origins, not ${found(origins)}`);
  return new Set(origins.map((origin: unknown) => readOrigin('allowedOrigins', origin)));
}

/**
 * An origin exactly as browsers write it. `*` and `null` are not origins: each stands for many
 * pages. http is allowed only for loopback hosts: anyone on the network can imitate another http
 * origin and read the answer.
 * @throws {TypeError} naming `option`
 */
export function readOrigin(option: string, origin: unknown): string {
  const isOrigin =
    typeof origin === 'string' &&
    /^https?:\/\/[a-z0-9.:[\]_-]+$/.test(origin) &&
    URL.canParse(origin) &&
    new URL(origin).origin === origin;
  if (!isOrigin) {
    throw optionError(
      option,
      `must be written scheme://host[:port], without path, slash, * or null, not ${found(origin)}`,
    );
  }
  const { protocol, host, hostname } = new URL(origin);
  if (protocol === 'https:' || isLoopback(hostname)) return origin;
  const where = 'localhost, *.localhost, 127.0.0.1 and [::1]';
  throw optionError(
    option,
    `must be https, not "${origin}": write "https://${host}"; http is accepted only for ${where}`,
  );
}
