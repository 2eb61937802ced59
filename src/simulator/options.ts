import { Campaigns, readCampaigns } from './model/campaigns.js';
import { readDecryptionKey } from './verification/decryption-key.js';
import {
  defaultKnobs,
  knobs,
  type FrameKnobs,
  type KitKnobs,
  type Knobs,
} from './model/knob-table.js';
import { knobsOfProfile, type KitProfile } from './model/kit-profile.js';
import { isKnobMistake, readKnobs } from './model/knobs.js';
import { kindOf, worded } from './model/worded.js';
import {
  httpUrl,
  jwksKey,
  publicKeyKey,
  secretKey,
  throwAwayKey,
  type VerificationKey,
} from './verification/verification-key.js';
import type { VerifierSettings } from './verification/verify-token.js';

/** A JSON Web Key that decrypts: `kty` and its members. */
export interface PrivateJwk {
  readonly kty?: string | undefined;
  readonly [member: string]: unknown;
}

/**
 * Options of `createSimulator`; none is required. At most one of `jwks`,
 * `publicKey` and `secret` may be set; with none of them, the simulator makes
 * a temporary key pair.
 */
export interface SimulatorOptions
  extends
    Partial<{ [K in keyof KitKnobs]: KitKnobs[K] | undefined }>,
    Partial<{ [K in keyof FrameKnobs]: FrameKnobs[K] | undefined }> {
  /** URL of the publisher's JWKS. Fetched again for every token. */
  jwks?: string | URL | undefined;
  /** Public key as PEM text (SPKI). */
  publicKey?: string | undefined;
  /** Shared secret for HS256, HS384 and HS512. */
  secret?: Uint8Array | undefined;
  /** Decrypts JWE: PEM text (PKCS8), or a JWK (also symmetric) as object or JSON text. */
  privateKey?: string | PrivateJwk | undefined;
  /**
   * The technical ID of the campaign that each tag belongs to, by the tag number. A token for
   * one of these tags that names another campaign is refused; for other tags any number is accepted.
   * Default: none, except the first page's own if the simulator signs the tokens itself.
   */
  campaigns?: Readonly<Record<string, string | number>> | undefined;
  /** Each `jti` is accepted once. Default `false`. */
  oneUse?: boolean | undefined;
  /** Tolerance for `exp` and `nbf`, in seconds. Default 60. */
  tolerance?: number | undefined;
  /** Asked for the participant's data if a token contains `access_token`. */
  profileUrl?: string | URL | undefined;
  /** Language of the campaign. Default: from the request's `Accept-Language`. */
  lang?: 'en' | 'fr' | undefined;
  /**
   * What `<qualifio-inspector>` recorded of Qualifio's real kit: sets the kit knobs for which it has a fact.
   * A knob that is also set as an option keeps the option's value. Default: none.
   */
  kitProfile?: KitProfile | undefined;
}

/** Options, checked and with their defaults. */
export interface Settings extends VerifierSettings {
  readonly lang: 'en' | 'fr' | null;
  readonly knobs: Knobs;
}

const ownOptions = [
  ...['jwks', 'publicKey', 'secret', 'privateKey'],
  ...['campaigns', 'oneUse', 'tolerance', 'profileUrl', 'lang', 'kitProfile'],
];

/**
 * @param closing aborted when the simulator closes: all requests to others then end.
 * @throws TypeError naming the option that is wrong.
 */
export function readOptions(options: SimulatorOptions, closing: AbortSignal): Settings {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`options must be an object, not ${kindOf(options)}`);
  }
  const known = new Set([...ownOptions, ...knobs.map(({ option }) => option)]);
  for (const name of Object.keys(options)) {
    if (known.has(name)) continue;
    const all = [...known].join(', ');
    throw new TypeError(`${name} is not an option of the simulator; the options are ${all}`);
  }
  const { privateKey, oneUse = false, tolerance = 60, profileUrl, lang } = options;
  if (typeof oneUse !== 'boolean') {
    throw new TypeError(`oneUse must be true or false, not ${worded(oneUse)}`);
  }
  if (!Number.isInteger(tolerance) || tolerance < 0) {
    throw new TypeError(`tolerance must be whole seconds, 0 or more, not ${worded(tolerance)}`);
  }
  if (lang !== undefined && lang !== 'en' && lang !== 'fr') {
    throw new TypeError(`lang must be en or fr, not ${worded(lang)}`);
  }
  const campaigns = readCampaigns(options.campaigns);
  const verificationKey = readVerificationKey(options, closing);
  return {
    verificationKey,
    campaigns: new Campaigns(campaigns, verificationKey.throwAway !== undefined),
    decryptionKey: privateKey === undefined ? null : readDecryptionKey(privateKey),
    oneUse,
    tolerance,
    profileUrl: profileUrl === undefined ? null : httpUrl('profileUrl', profileUrl),
    lang: lang ?? null,
    knobs: readKnobOptions(options),
    closing,
  };
}

function readVerificationKey(
  { jwks, publicKey, secret }: SimulatorOptions,
  closing: AbortSignal,
): VerificationKey {
  const given = Object.entries({ jwks, publicKey, secret }).filter(([, v]) => v !== undefined);
  if (given.length > 1) {
    const names = given.map(([name]) => name).join(' and ');
    throw new TypeError(`${names} are two ways to verify signatures; use only one`);
  }
  if (jwks !== undefined) return jwksKey(jwks, closing);
  if (publicKey !== undefined) return publicKeyKey(publicKey);
  if (secret !== undefined) return secretKey(secret);
  return throwAwayKey();
}

function readKnobOptions(options: SimulatorOptions): Knobs {
  const { kitProfile } = options;
  const played = kitProfile === undefined ? {} : knobsOfProfile(kitProfile);
  const read = readKnobs({ ...defaultKnobs, ...played }, ({ option }) => options[option]);
  if (!isKnobMistake(read)) return read;
  const { knob, value } = read;
  throw new TypeError(`${knob.option} must be ${knob.takes}, not ${worded(value)}`);
}
