// Follows exactly what each error of `qualifio-campaign/server` says, until there is a token that
// jose verifies. Advice that names the wrong cause, or only a part of it, does not help.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, generateKeyPairSync, KeyObject } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { it } from 'node:test';
import { compactDecrypt, createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import {
  createCampaignFeed,
  createJwksEndpoint,
  createProfileEndpoint,
  createTokenEndpoint,
  signParticipantToken,
} from '../../src/server/index.js';
import {
  assertShown,
  evaluate,
  file,
  follow,
  run,
  use,
  type Row,
  type Use,
} from '../support/advice/rows.js';
import { fromSource } from '../support/from-source.js';
import { channel } from '../support/server/feed-server.js';
import {
  oddPair,
  pairFor,
  randomBytes,
  TAG_NUMBER,
  tokenBody,
  tokenRequest,
  workingOptions,
} from '../support/server/fixtures.js';

const working = await workingOptions();
const rsa = await pairFor('RS256');
const ec = await pairFor('ES256');
const oaep = await pairFor('RSA-OAEP-256');
const secret = randomBytes(32);
const aes = randomBytes(32);
const host = 'jeux.publisher.com';
const base64 = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64');

/** A token of the endpoint with these options, or the reason why there is none. */
async function issue(change: object): Promise<string> {
  let reason: string | undefined;
  const onError = (_: unknown, context: { reason?: string | undefined }): void => {
    reason = context.reason;
  };
  const response = await createTokenEndpoint({ ...working, onError, ...change })(tokenRequest());
  if (response.status === 200) return (await tokenBody(response)).token;
  throw new Error(reason ?? `status ${response.status}`);
}

/** The key that verifies what a signing key signs. */
function verifierOf(key: unknown): KeyObject | Uint8Array {
  if (key instanceof Uint8Array) return key;
  if (typeof key === 'string') return createPublicKey(key.replaceAll('"', ''));
  const isCrypto = Object.prototype.toString.call(key) === '[object CryptoKey]';
  const priv = isCrypto
    ? KeyObject.from(key as CryptoKey)
    : createPrivateKey({ key: key as Record<string, string>, format: 'jwk' });
  return createPublicKey(priv.export({ type: 'pkcs8', format: 'pem' }));
}

const signing =
  (alg: string): Use =>
  async (key: unknown) => {
    const token = await issue({ signing: { alg, key } });
    await jwtVerify(token, verifierOf(key), { algorithms: [alg] });
  };
const withOptions: Use = async (change: object) => {
  const token = await issue({ ...change });
  const own = (change as { signing?: { key?: unknown } }).signing?.key;
  await jwtVerify(token, own === undefined ? ec.publicKey : verifierOf(own));
};
const withCampaign = (member: string): Use =>
  (async (value: unknown) =>
    withOptions({ campaigns: { [TAG_NUMBER]: { host, [member]: value } } } as never)) as Use;
const encryption =
  (alg: string, key: CryptoKey | Uint8Array, enc = 'A256GCM'): Use =>
  async (given: unknown) => {
    const jwe = await issue({ encryption: { alg, enc, key: given } });
    const { plaintext } = await compactDecrypt(jwe, key);
    await jwtVerify(plaintext, ec.publicKey);
  };
const forQualifio = encryption('RSA-OAEP-256', oaep.privateKey);
const shared = encryption('A256KW', aes);
const published: Use = async (keys: never) => {
  const answer = await createJwksEndpoint(keys)(new Request('https://www.publisher.com/jwks.json'));
  assert.equal(answer.status, 200);
  const token = await issue({ signing: { alg: 'ES256', kid: 'new', key: ec.privatePem } });
  await jwtVerify(token, createLocalJWKSet((await answer.json()) as JSONWebKeySet));
};
const whole: Use = async (options: never) => {
  const answer = await createTokenEndpoint(options)(tokenRequest());
  await jwtVerify((await tokenBody(answer)).token, ec.publicKey);
};
const profile: Use = async (options: object) => {
  let reason: string | undefined;
  const onError = (_: unknown, context: { reason?: string | undefined }): void => {
    reason = context.reason;
  };
  const participant = (): { sub: string } => ({ sub: 'a' });
  const headers = { authorization: 'Bearer a', 'X-Access-Token': 'a' };
  const request = new Request('https://www.publisher.com/profile', { headers });
  const answer = await createProfileEndpoint({ participant, onError, ...options })(request);
  if (answer.status !== 200) throw new Error(reason);
};
const feed: Use = async (options: object) => {
  const answer = (): Promise<Response> => Promise.resolve(Response.json([channel()]));
  const url = 'https://api.qualifio.com/feed';
  const campaigns = createCampaignFeed({ url, fetch: answer, ...options });
  await withOptions({ campaigns } as never);
};
const requested: Use = async (request: never) => {
  const answer = await createTokenEndpoint(working)(request);
  await jwtVerify((await tokenBody(answer)).token, ec.publicKey);
};
const participant: Use = async (returned: unknown) =>
  withOptions({ participant: () => returned } as never);
const signFunction: Use = async (sign: never) => {
  const token = await issue({ signing: { alg: 'ES256', sign } });
  await jwtVerify(token, ec.publicKey);
};

/** Runs the qualifio-keygen of the message, and returns the private key that it prints. */
function keygen(message: string): string {
  const [, args] = /npx -p qualifio-campaign qualifio-keygen (.+)$/.exec(message)!;
  const command = [...fromSource, 'src/server/keygen-cli.ts', ...args!.split(' ')];
  const printed = execFileSync(process.execPath, command).toString();
  return /-----BEGIN PRIVATE KEY-----[^]*?-----END PRIVATE KEY-----/.exec(printed)![0];
}

const random = (_: unknown, message: string): unknown => evaluate(message);
const decoded = (text: unknown, message: string): unknown => evaluate(message, { text });
/** What the message lists after a phrase: the first one. */
const firstOf =
  (make: (name: string) => unknown, before = 'one of ') =>
  (_: unknown, message: string): unknown =>
    make(message.split(before)[1]!.split(/, | or /)[0]!);

const pkcs = (type: 'pkcs1' | 'sec1', pem: string): string =>
  createPrivateKey(pem).export({ type, format: 'pem' }).toString();
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 1024 });
const pssPem = pss.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const derOf = (raw: Uint8Array): Uint8Array => {
  const integer = (bytes: Uint8Array): Uint8Array => {
    const padded = bytes[0]! & 0x80 ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes;
    return Buffer.concat([Uint8Array.of(2, padded.length), padded]);
  };
  const both = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))]);
  return Buffer.concat([Uint8Array.of(0x30, both.length), both]);
};
/** What the message says about a signature in DER, step by step. */
const rawOf = (given: Uint8Array): Uint8Array => {
  const integers: Uint8Array[] = [];
  for (let at = 2; at < given.length; at += 2 + given[at + 1]!) {
    integers.push(given.subarray(at + 2, at + 2 + given[at + 1]!));
  }
  return Buffer.concat(
    integers.map((bytes) => Buffer.concat([new Uint8Array(32), bytes]).subarray(-32)),
  );
};
const ecSign = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(
    await crypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      ec.privateKey,
      new Uint8Array(bytes),
    ),
  );
/** Runs a command on a file with this text. */
function made(text: string, command: string): string {
  return run(`\`${command}\``, text);
}
const certificate = made(oaep.privatePem, 'openssl req -x509 -new -subj /CN=a -key FILE');
const openSsh = ((): string => {
  const path = `${file('ssh', '')}-key`;
  execFileSync('ssh-keygen', ['-q', '-t', 'ecdsa', '-N', '', '-f', path]);
  return readFileSync(path, 'utf8');
})();
const entry = { alg: 'ES256', kid: 'new', key: ec.publicPem } as const;
const importEc = (extractable: boolean, usages: KeyUsage[]): Promise<CryptoKey> =>
  crypto.subtle.importKey(
    'jwk',
    usages.includes('sign') ? ec.privateJwk : ec.publicJwk,
    { name: 'ECDSA', namedCurve: 'P-256' },
    extractable,
    usages,
  );
const weak = await oddPair({
  ...{ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 1024 },
  publicExponent: Uint8Array.of(1, 0, 1),
});
const otherHash = await pairFor('RS512');
const evenExponent = createPublicKey({ key: { ...oaep.publicJwk, e: 'AQAA' }, format: 'jwk' });
const { issuer: _, ...withoutIssuer } = working;
const throws = (): never => {
  throw new Error('canary');
};
const web = tokenRequest();
const nodeRequest = Object.assign(new IncomingMessage(new Socket()), {
  ...{ url: new URL(web.url).pathname + new URL(web.url).search, method: 'GET' },
  headers: { host: 'www.publisher.com', 'sec-fetch-site': 'same-origin' },
});
/** A Request of a request of Node, as the examples of docs/server.md make it. */
const fromNode = ({ url, headers }: IncomingMessage): Request =>
  new Request(`https://${headers.host}${url}`, { headers: headers as Record<string, string> });

const oct = { kty: 'oct', k: Buffer.from(aes).toString('base64url') };
const member = (name: string, value?: unknown) => ({ ...rsa.privateJwk, [name]: value });

// One row a line: what is wrong, what it says, and what then works.
// prettier-ignore
const rows: readonly Row[] = [
  // The options.
  ['no options', whole, 'a', /^options: must be an object, not a string/, use(working)],
  ['an unknown option', withOptions, { isuer: 'a' }, /^isuer: unknown option; the options are .*issuer/, use({ issuer: 'a' })],
  ['an option of a class', whole, Object.assign(Object.create({ issuer: 'a' }) as object, withoutIssuer), /^issuer: is inherited; set it as an own property/, (options: { issuer: string }) => ({ ...options, issuer: options.issuer })],
  ['an empty issuer', withOptions, { issuer: '' }, /^issuer: must be text, the iss of your tokens, not ""/, use({ issuer: 'com.publisher' })],
  ['a lifetime of an hour', withOptions, { expiresIn: 3600 }, /^expiresIn: must be whole seconds from 1 to 600, not 3600/, use({ expiresIn: 600 })],
  ['a clock that is no function', withOptions, { clock: 5 }, /^clock: must be a function, not a number/, use({ clock: () => Date.now() })],
  ['an origin as text', withOptions, { allowedOrigins: 'https://a.com' }, /must be a list of origins/, ({ allowedOrigins }: { allowedOrigins: string }) => ({ allowedOrigins: [allowedOrigins] })],
  ['every origin', withOptions, { allowedOrigins: ['*'] }, /must be written scheme:\/\/host\[:port\], without path, slash, \* or null, not "\*"/, use({ allowedOrigins: ['https://a.com:8443'] })],
  ['an http origin', withOptions, { origin: 'http://www.publisher.com' }, /^origin: must be https.*accepted only for localhost/, (_: never, message: string) => ({ origin: /write "(.+?)"/.exec(message)![1] })],
  ['campaigns in a map', withOptions, { campaigns: new Map() }, /^campaigns: must be an object with campaigns by tag number, or a function, not an object of class Map/, use({ campaigns: () => ({ host }) })],
  ['campaigns without await', withOptions, { campaigns: Promise.resolve({ [TAG_NUMBER]: { host } }) }, /not a promise \(is await missing\?\)/, async ({ campaigns }: { campaigns: Promise<object> }) => ({ campaigns: await campaigns })],
  ['a name in place of a tag number', withOptions, { campaigns: { quiz: { host } } }, /each tag number must be 1 to 20 digits, not "quiz"/, use({ campaigns: { [TAG_NUMBER]: { host } } })],
  ['a misspelled property of a campaign', withOptions, { campaigns: { [TAG_NUMBER]: { host, campaignID: '98765' } } }, /campaignID: unknown property; the properties are host, campaignId/, use({ campaigns: { [TAG_NUMBER]: { host, campaignId: '98765' } } })],
  ['a host with a scheme', withCampaign('host'), `https://${host}`, /must be a host name as in the JS tag, or a list of host names, without scheme, path or wildcard, not "https:/, use([host])],
  ['a name in place of a campaign ID', withCampaign('campaignId'), 'quiz', /must be the campaign ID \(technical ID\), 1 to 20 digits, not "quiz"/, use('98765')],
  ['a width in em', withCampaign('width'), '10em', /width: must be pixels or a percentage, not "10em"/, use('100%')],
  ['a style with markup', withCampaign('frameStyle'), '<b>', /frameStyle: must be CSS without <, > or ", not "<b>"/, use('color: red')],
  ['a long style', withCampaign('frameStyle'), 'x'.repeat(2001), /must have at most 2000 characters, not 2001/, (text: string) => text.slice(0, 2000)],
  ['signing as a name', withOptions, { signing: 'RS256' }, /^signing: must be \{alg, kid, key\} or \{alg, kid, sign\}, not a string/, use({ signing: { alg: 'RS256', key: rsa.privatePem } })],
  ['no algorithm', withOptions, { signing: { alg: 'none', key: rsa.privatePem } }, /^signing\.alg: must be one of .*, not other text/, firstOf((alg) => ({ signing: { alg, key: rsa.privatePem } }))],
  ['a kid with a space', withOptions, { signing: { alg: 'ES256', kid: 'a b', key: ec.privatePem } }, /must have 1 to 64 characters from A-Z a-z 0-9 \. _ ~ -/, use({ signing: { alg: 'ES256', kid: 'a-b', key: ec.privatePem } })],
  ['a sign option that is no function', signFunction, 'a', /^signing\.sign: must be a function, not a string/, use(ecSign)],
  ['a key and a sign function', withOptions, { signing: { alg: 'ES256', key: ec.privatePem, sign: ecSign } }, /is set together with signing\.key; remove one of them/, use({ signing: { alg: 'ES256', key: ec.privatePem } })],
  ['encryption as a name', withOptions, { encryption: 'RSA' }, /^encryption: must be \{alg, enc, key, kid\}, not a string/, use({})],
  ['an old enc', (async (enc: never) => encryption('RSA-OAEP-256', oaep.privateKey, enc)(oaep.publicPem as never)) as Use, 'A128CBC-HS256', /^encryption\.enc: must be one of A128GCM/, firstOf((enc) => enc)],
  ['an old encryption algorithm', (async (alg: string) => encryption(alg, oaep.privateKey)(oaep.publicPem as never)) as Use, 'RSA1_5', /^encryption\.alg: must be one of/, firstOf((alg) => alg)],

  // Text of keys.
  ['a variable that is not set', signing('ES256'), undefined, /is empty; set the variable that it comes from/, use(ec.privatePem)],
  ['the text undefined', signing('ES256'), 'undefined', /is the text "undefined"; set the variable that it comes from/, use(ec.privatePem)],
  ['one quotation mark', signing('ES256'), `"${ec.privatePem}`, /has a quotation mark at one end only; remove it/, (text: string) => text.slice(1)],
  ['the first line alone', signing('ES256'), ec.privatePem.split('\n')[0], /has only its first line; in a \.env file, put a value of several lines in quotes/, use(`"${ec.privatePem}"`)],
  ['no END line', signing('ES256'), ec.privatePem.slice(0, -30), /is PEM text without its END line; give all of it/, use(ec.privatePem)],
  ['less than a whole key', signing('RS256'), rsa.privatePem.replace(/\n[^\n]+\n/, '\n'), /is incomplete PEM text; give all of it/, use(rsa.privatePem)],
  ['two blocks', signing('ES256'), ec.privatePem + ec.publicPem, /has 2 PEM blocks; give only the one of the key/, (text: string) => text.slice(0, text.indexOf(ec.publicPem))],
  ['no first and last line', signing('ES256'), ec.privatePem.replace(/-----.+-----|\n/g, ''), /is the base64 of a key without its BEGIN and END lines; give them too/, (text: string) => `-----BEGIN PRIVATE KEY-----\n${text}\n-----END PRIVATE KEY-----`],
  ['a path', signing('ES256'), '/run/secrets/key.pem', /is the path of a file; give what is in the file/, use(ec.privatePem)],
  ['other text', signing('ES256'), 'correct horse', /is neither a whole PEM block nor a JWK; give all of one/, use(ec.privatePem)],
  ['a JWK that is cut off', signing('ES256'), '{"kty":"EC"', /begins as a JWK but is not valid JSON; give all of it/, use(ec.privateJwk)],
  ['PKCS#1', signing('RS256'), pkcs('pkcs1', rsa.privatePem), /is in PKCS#1; convert it with/, (pem: string, message: string) => run(message, pem)],
  ['SEC1', signing('ES256'), pkcs('sec1', ec.privatePem), /is in SEC1; convert it with/, (pem: string, message: string) => run(message, pem)],
  ['a passphrase', signing('ES256'), createPrivateKey(ec.privatePem).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'typed' }), /has a passphrase; decrypt it with/, (pem: string, message: string) => run(message, pem, '-passin', 'pass:typed')],
  ['a public key in PKCS#1', forQualifio, createPublicKey(oaep.publicPem).export({ type: 'pkcs1', format: 'pem' }), /is in PKCS#1; convert it with .*-RSAPublicKey_in/, (pem: string, message: string) => run(message, pem)],
  ['a certificate', forQualifio, certificate, /is a certificate; print its key with/, (pem: string, message: string) => run(message, pem)],
  ['a certificate to sign with', signing('RS256'), certificate, /must be the private key of the pair, not the public key/, use(oaep.privatePem)],
  ['a key of OpenSSH', signing('ES256'), openSsh, /is in OpenSSH’s format; convert a copy with/, (pem: string, message: string) => run(message, pem, '-P', '', '-N', '')],
  ['parameters', signing('ES256'), '-----BEGIN EC PARAMETERS-----\nAAAA\n-----END EC PARAMETERS-----', /must be a PRIVATE KEY or PUBLIC KEY block, not EC PARAMETERS/, use(ec.privatePem)],
  ['an RSA-PSS key', signing('ES256'), pssPem, /is a key of another type; make one: npx/, (_: never, message: string) => keygen(message)],

  // Kinds of keys.
  ['the bytes of a file', signing('ES256'), Buffer.from(ec.privatePem), /must be PEM text, a JWK or a CryptoKey, not an object of class Buffer; give the text of the file, not its bytes/, String],
  ['a JWK set', signing('ES256'), { keys: [ec.privateJwk] }, /it is a JWK set: give one of its keys/, ({ keys }: { keys: unknown[] }) => keys[0]],
  ['a key of node:crypto', signing('ES256'), createPrivateKey(ec.privatePem), /not an object of class PrivateKeyObject; give key\.export/, (key: unknown, message: string) => evaluate(message, { key })],
  ['an object', signing('ES256'), {}, /must be PEM text, a JWK or a CryptoKey, not an object$/, use(ec.privateJwk)],
  ['a number', signing('ES256'), 5, /not a number$/, use(ec.privateJwk)],
  ['the public key', signing('ES256'), ec.publicPem, /must be the private key of the pair, not the public key/, use(ec.privatePem)],
  ['the private key of Qualifio', forQualifio, oaep.privatePem, /must be the public key of the pair, not the private key/, use(oaep.publicPem)],
  ['an RSA key for ES256', signing('ES256'), rsa.privatePem, /must be an elliptic curve key for ES256, not an RSA key/, use(ec.privatePem)],
  ['an Ed25519 key for ES256', signing('ES256'), (await pairFor('EdDSA')).privatePem, /not an Edwards or Montgomery curve key/, use(ec.privatePem)],
  ['a shared key for ES256', signing('ES256'), oct, /not a secret$/, use(ec.privatePem)],
  ['another curve', signing('ES256'), (await pairFor('ES384')).privatePem, /must be on the curve P-256 for ES256, not on P-384/, use(ec.privatePem)],
  ['a curve without a name', signing('ES256'), generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }), /not on an unknown curve/, use(ec.privatePem)],
  ['a short RSA key', signing('RS256'), weak.privatePem, /must have at least 2048 bits for RS256, not 1024; make one/, (_: never, message: string) => keygen(message)],
  ['an even exponent', forQualifio, evenExponent.export({ type: 'spki', format: 'pem' }), /has a public exponent that is not an odd number greater than 1; ask Qualifio for another one/, use(oaep.publicPem)],
  ['a JWK without a kind', signing('RS256'), member('kty', 'rsa'), /the JWK's kty must be RSA, EC, OKP or oct, not rsa/, use(rsa.privateJwk)],
  ['a JWK that lacks a number', signing('RS256'), member('p'), /the RSA JWK's p must be base64url text, not undefined; give the JWK as it was made/, use(rsa.privateJwk)],
  ['a JWK without a curve', signing('ES256'), { ...ec.privateJwk, crv: '' }, /the EC JWK's crv must be a curve name, not other text/, use(ec.privateJwk)],
  ['a JWK with a short number', signing('ES256'), { ...ec.privateJwk, x: 'AAAA' }, /the JWK's x must have 32 bytes for P-256, not 3; give the JWK as it was made/, use(ec.privateJwk)],
  ['a JWK to encrypt', signing('RS256'), member('use', 'enc'), /the JWK's use must be sig or be left out, not enc/, use(rsa.privateJwk)],
  ['a JWK for another algorithm', signing('RS256'), member('alg', 'RS512'), /the JWK's alg must be RS256 or be left out, not RS512/, use(member('alg', 'RS256'))],
  ['a JWK that only verifies', signing('RS256'), member('key_ops', ['verify']), /the JWK's key_ops must include sign or be left out, not verify/, use(member('key_ops', ['sign']))],
  ['a CryptoKey for another algorithm', signing('ES256'), rsa.privateKey, /must be a CryptoKey for ECDSA, not for RSASSA-PKCS1-v1_5/, use(ec.privateKey)],
  ['a CryptoKey with another hash', signing('RS256'), otherHash.privateKey, /must be a CryptoKey with SHA-256 for RS256, not SHA-512/, use(rsa.privateKey)],
  ['a CryptoKey that only decrypts', shared, await crypto.subtle.importKey('raw', aes, 'AES-KW', true, ['unwrapKey']), /must be a CryptoKey that may wrapKey, not only unwrapKey/, (_: never, message: string) => crypto.subtle.importKey('raw', aes, 'AES-KW', true, [/may (\w+)/.exec(message)![1] as KeyUsage])],
  ['numbers of two keys', signing('ES256'), { ...ec.privateJwk, x: (await pairFor('ES384')).publicJwk.x!.slice(0, 43) }, /signing\.key: its numbers do not belong together; give the key as it was made/, use(ec.privateJwk)],

  // Shared secrets.
  ['a secret in base64', signing('HS256'), base64(secret), /must be a Uint8Array of 32 or more random bytes for HS256, not a string; decode it if it is base64/, decoded],
  ['a list of bytes', signing('HS256'), [...secret], /HS256, not an array$/, (list: number[]) => Uint8Array.from(list)],
  ['a short secret', signing('HS256'), secret.slice(16), /must have at least 32 bytes for HS256, not 16; use random bytes/, random],
  ['the bytes of a hexadecimal secret', signing('HS256'), Buffer.from(Buffer.from(secret).toString('hex')), /the secret is hexadecimal text; decode it/, (text: Buffer, message: string) => decoded(String(text), message)],
  ['the bytes of a secret in base64', signing('HS256'), Buffer.from(base64(secret)), /the secret is text; decode it if it is base64/, (text: Buffer, message: string) => decoded(String(text), message)],
  ['a passphrase as a secret', signing('HS256'), Buffer.from('correct horse battery staple, 1969!'), /otherwise use random bytes/, (_: never, message: string) => evaluate(message.slice(message.indexOf('otherwise')))],
  ['a secret that counts', signing('HS256'), Uint8Array.from({ length: 32 }, (_, at) => at), /the secret is not random, its bytes count in equal steps/, random],
  ['a repeated secret', signing('HS256'), new Uint8Array(32).fill(7).fill(9, 20), /the secret is not random, only 2 of its 32 bytes differ from each other/, random],
  ['a secret in UTF-16', signing('HS256'), Buffer.from('qwertzuiopASDFGHJKLyxcvbnm1234567890QWERTZUIOPas', 'utf16le').subarray(0, 64), /every second byte has one of few values, as in UTF-16 text/, random],
  ...[
    ['a public key as the secret', rsa.publicPem, 'a key as text'],
    ['the bytes of a key', createPublicKey(rsa.publicPem).export({ type: 'spki', format: 'der' }), 'a key in DER'],
    ['a key in base64', base64(createPublicKey(rsa.publicPem).export({ type: 'spki', format: 'der' })), 'a key in base64'],
    ['an SSH key', `ssh-rsa ${base64(randomBytes(99))}`, 'an SSH key'],
    ['a JWK', JSON.stringify(rsa.publicJwk), 'a JWK'],
  ].map(([what, text, found]) => [`${String(what)} as the secret`, signing('HS256'), Buffer.from(text as string), new RegExp(`the secret is ${String(found)}; use random bytes`), random] as Row),
  ['a shared key as text', shared, base64(aes), /must be a Uint8Array, an oct JWK or a CryptoKey, not a string; decode it if it is base64/, decoded],
  ['a shared key of another size', shared, aes.slice(16), /must have exactly 256 bits for A256KW, not 128/, use(oct)],

  // The key set.
  ['no keys', published, [], /^keys: must be a list of at least one \{alg, kid, key\}, not an empty one/, use([entry])],
  ['a key without its algorithm', published, [ec.publicPem], /must be \{alg, kid, key\}, not a string/, use([entry])],
  ['two keys, one without a kid', published, [entry, { ...entry, kid: undefined }], /\[1\]\.kid: is missing; with several keys, each needs one/, use([entry, { ...entry, kid: 'old' }])],
  ['one kid twice', published, [entry, entry], /\[1\]\.kid: is also that of a key before it; give each its own/, use([entry, { ...entry, kid: 'old' }])],
  ['a secret', published, [entry, { alg: 'HS256', kid: 'a', key: secret }], /HS256 has no public key; remove this entry/, (keys: unknown[]) => keys.slice(0, 1)],
  ['a CryptoKey that cannot be exported', published, [{ ...entry, key: await importEc(false, ['verify']) }], /is a CryptoKey that is not extractable; give the public key as PEM text/, use([entry])],

  // The profile, the feed, requests.
  ['a header with a space', profile, { header: 'X Token' }, /must be a header's name, such as X-Access-Token, not other text/, (_: never, message: string) => ({ header: /such as (\S+),/.exec(message)![1] })],
  ['the cookie as the header', profile, { header: 'Cookie' }, /must not be Cookie, which does not say which server asks; use another header/, use({ header: 'X-Access-Token' })],
  ['a field without a name', profile, { field: '' }, /must be the name of a property, not other text/, use({ field: 'form' })],
  ['a profile function that throws', profile, { participant: throws }, /participant threw; catch its error to see it/, use({})],
  ['an ftp address', feed, { url: 'ftp://a.com' }, /must be an https URL, or http on a loopback host, not ftp:/, use({ url: 'https://a.com' })],
  ['a number as address', feed, { url: 5 }, /must be an https URL, .* not a number/, use({ url: 'http://localhost/feed' })],
  ['an address with a password', feed, { url: 'https://a:b@a.com' }, /has a user name or password; remove them/, ({ url }: { url: string }) => ({ url: url.replace('a:b@', '') })],
  ['an age of 0', feed, { maxAge: 0 }, /must be a positive number of seconds, not 0/, use({ maxAge: 60 })],
  ['an event of SvelteKit', requested, { request: web }, /^request: must be a web Request, not an object that has one in "request": pass event\.request/, (event: { request: Request }) => event.request],
  ['a context of Hono', requested, { req: { raw: web } }, /in "req\.raw": pass c\.req\.raw/, (c: { req: { raw: Request } }) => c.req.raw],
  ['an event of h3', requested, { req: web }, /in "req": pass event\.req$/, (event: { req: Request }) => event.req],
  ['a request of Hono', requested, { raw: web }, /in "raw": pass c\.req\.raw/, (request: { raw: Request }) => request.raw],
  ['an event of h3 with a web request', requested, { web: { request: web } }, /in "web\.request": pass toWebRequest\(event\)/, (event: { web: { request: Request } }) => event.web.request],
  ['an event of h3 with a request of Node', requested, { node: { req: nodeRequest } }, /that has Node's request in "node\.req": pass toWebRequest\(event\), which h3 exports, as the examples of docs\/server\.md do/, ({ node }: { node: { req: IncomingMessage } }) => fromNode(node.req)],
  ['a request of Fastify', requested, { raw: nodeRequest }, /make a Request of request\.raw/, ({ raw }: { raw: IncomingMessage }) => fromNode(raw)],
  ['a context of Koa', requested, { req: nodeRequest }, /make a Request of ctx\.req/, ({ req }: { req: IncomingMessage }) => fromNode(req)],
  ['a request of Node', requested, nodeRequest, /not Node's request: make a Request of it/, fromNode],
  ['an event of AWS Lambda', requested, { requestContext: {} }, /an event of AWS Lambda: make a Request of it/, use(web)],
  ['nothing', requested, undefined, /not undefined: pass the Request that your server or framework gives to a route/, use(web)],
  ['a tag number as a number', (async (number: never) => void (await signParticipantToken(working, number, { sub: 'a' }))) as Use, 123456, /tagNumber must be a string of 1 to 20 digits, not a number/, String],

  // What the functions return.
  ['a participant as text', participant, 'reader-7', /participant must be an object with sub, not a string/, (sub: string) => ({ sub })],
  ['a sub as a number', participant, { sub: 7 }, /sub of the participant must be text, not a number/, ({ sub }: { sub: number }) => ({ sub: String(sub) })],
  ['an empty sub', participant, { sub: '' }, /sub of the participant is empty; give the id of the person/, use({ sub: 'reader-7' })],
  ['a list as the form', participant, { sub: 'a', form: ['a'] }, /form of the participant must be a plain object, not an array/, use({ sub: 'a', form: { email: 'a' } })],
  ['an access token as a number', participant, { sub: 'a', accessToken: 7 }, /accessToken of the participant must be text, not a number/, use({ sub: 'a', accessToken: '7' })],
  ['a participant with a getter that throws', participant, { get sub() { return throws(); } }, /a getter of the participant threw; catch its error to see it/, use({ sub: 'a' })],
  ['a participant function that throws', withOptions, { participant: throws }, /participant threw; catch its error to see it/, use({})],
  ['claims of 9 KB', participant, { sub: 'a', custom: { a: 'x'.repeat(9000) } }, /the claims are over 8192 bytes of JSON; leave some out/, use({ sub: 'a' })],
  ['claims with a BigInt', participant, { sub: 'a', custom: { a: 1n } }, /the claims cannot be written as JSON; remove cycles, BigInts and what throws/, use({ sub: 'a', custom: {} })],
  ['a clock that stands at nothing', withOptions, { clock: () => NaN }, /clock must return milliseconds since the epoch/, use({ clock: () => Date.now() })],
  ['a campaigns function that throws', withOptions, { campaigns: throws }, /campaigns threw; catch its error to see it/, use({})],
  ['a campaign with a getter that throws', withOptions, { campaigns: () => ({ get host() { return throws(); } }) }, /a getter of the campaign threw; catch its error to see it/, use({})],
  ['a feed that cannot be read', feed, { fetch: () => Promise.resolve(new Response('', { status: 500 })) }, /the campaign feed cannot be read; FEED_FAILED says why/, use({})],
  ['a sign function that throws', signFunction, throws, /signing\.sign threw; catch its error to see it/, use(ecSign)],
  ['a signature in base64', signFunction, async (bytes: Uint8Array) => base64(await ecSign(bytes)), /signing\.sign returned a string; it must return the signature as a Uint8Array/, use(ecSign)],
  ['a signature in DER', signFunction, async (bytes: Uint8Array) => derOf(await ecSign(bytes)), /in DER, but ES256 needs r and s as 64 raw bytes: read the two INTEGERs, and write each as 32 bytes/, (sign: typeof ecSign) => async (bytes: Uint8Array) => rawOf(await sign(bytes))],
  ['half of a signature', signFunction, async (bytes: Uint8Array) => (await ecSign(bytes)).slice(32), /returned 32 bytes; a signature of ES256 has 64/, use(ecSign)],
];

/** Texts that no row can show, and why. */
const elsewhere: readonly (readonly [text: RegExp, why: string])[] = [
  [/^did not return within … s$/, 'only after 5 seconds: test/server/sign-function.test.ts'],
  [/^…( to …|, not …+)$|^; …$/, 'parts of other texts'],
  [/^(Cookie, Origin|public, max-age|Retry-After, Date|\[object |accesstoken )/, 'not for people'],
  [/^other type$/, 'not for people'],
];

/** Codes of answers (test/server/request-table.test.ts), reasons of a feed (campaign-feed.test.ts), a command. */
const otherFiles = /server\/(token-error|keygen-cli|feed\/(?!campaign-feed).*)\.ts$/;

const secrets = [rsa.privatePem, ec.privatePem, oaep.privatePem].map((pem) => pem.slice(60, 80));
secrets.push(base64(secret), base64(aes), 'canary', 'correct horse');
const shown = follow('what the error says leads to a token that verifies, from', rows, secrets);

it('each text of src/server was shown by a row above, which then worked', () => {
  const paths = readdirSync('src/server', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/server/${name.replaceAll('\\', '/')}`);
  assertShown(
    shown,
    paths.filter((path) => !otherFiles.test(path)),
    elsewhere,
  );
});
