// Follows exactly what each error of the simulator's options and flags says, until it plays.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, createServer as createSocket, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { after, it } from 'node:test';
import { createCampaignFeed } from '../../src/server/index.js';
import {
  createSimulator,
  serveSimulator,
  type ServeOptions,
  type SimulatorOptions,
} from '../../src/simulator/index.js';
import { runCommand } from '../../src/simulator/command/run-command.js';
import {
  assertShown,
  evaluate,
  file,
  follow,
  instead,
  run,
  use,
  without,
  type Row,
  type Use,
} from '../support/advice/rows.js';
import { encrypt, publisherKeys, sign } from '../support/publisher-keys.js';
import { judge } from '../support/user-info.js';

const rsa = await publisherKeys('RS256');
const oaep = await publisherKeys('RSA-OAEP-256');
const secret = crypto.getRandomValues(new Uint8Array(32));
const aes = crypto.getRandomValues(new Uint8Array(32));
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const oct = (bytes: Uint8Array) => ({ kty: 'oct', k: Buffer.from(bytes).toString('base64url') });

/** The publisher's site, which serves its keys. */
let set: unknown;
let status = 200;
const site = createServer((_, response) =>
  response
    .writeHead(status, { Location: '/' })
    .end(typeof set === 'string' ? set : JSON.stringify(set)),
).listen(0, '127.0.0.1');
await once(site, 'listening');
const sitePort = (site.address() as AddressInfo).port;
const siteUrl = `http://localhost:${sitePort}/path`;
const ours = { ...rsa.publicJwk, kid: '1', alg: 'RS256' };
set = { keys: [ours] };
after(() => site.close());

/** A port in use, and one that is not. */
const taken = createSocket().listen(0, '127.0.0.1');
const spare = createSocket().listen(0, '127.0.0.1');
await Promise.all([once(taken, 'listening'), once(spare, 'listening')]);
const takenPort = String((taken.address() as AddressInfo).port);
const unusedPort = String((spare.address() as AddressInfo).port);
spare.close();
after(() => taken.close());

/** Plays with these options: the simulator accepts a token. */
const plays: Use = async (options: SimulatorOptions) => {
  const simulator = createSimulator(options);
  const hmac = options.secret;
  const token = hmac
    ? await sign(hmac, { alg: 'HS256' })
    : options.jwks || options.publicKey
      ? await sign(rsa.privateKey, { alg: 'RS256', kid: '1' })
      : await minted(simulator);
  const { code, reason } = await judge(simulator, token);
  assert.equal(code, null, reason);
};
async function minted(simulator: { fetch(request: Request): Promise<Response> }): Promise<string> {
  const answer = await simulator.fetch(new Request('http://localhost/token?campaignId=123456'));
  return ((await answer.json()) as { token: string }).token;
}
const withOption = (option: string): Use =>
  (async (value: unknown) => plays({ [option]: value } as never)) as Use;
const publicKey = withOption('publicKey');
const withSecret = withOption('secret');
/** Decrypts a token with this key. */
const decrypts: Use = async (privateKey: never) => {
  const simulator = createSimulator({ secret, privateKey });
  const isSymmetric = (privateKey as { kty?: string }).kty === 'oct';
  const jws = await sign(secret, { alg: 'HS256' });
  const token = isSymmetric
    ? await encrypt(jws, aes, 'A256KW')
    : await encrypt(jws, oaep.publicKey, 'RSA-OAEP-256');
  const { code, reason } = await judge(simulator, token);
  assert.equal(code, null, reason);
};

/** Serves it, and asks it once. */
const serves: Use = async (options: ServeOptions) => {
  const served = await serveSimulator({}, { port: 0, ...options });
  try {
    assert.equal((await fetch(`${served.url}/transcript`)).status, 200);
  } finally {
    await served.close();
  }
};

/** Runs the command, and asks it once. */
const command: Use = async (args: readonly string[]) => {
  const all = args.some((arg) => arg.startsWith('--port')) ? args : [...args, '--port', '0'];
  const notes: string[] = [];
  const stderr = { write: (text: string) => notes.push(text.trimEnd()) };
  const served = await runCommand(all, { stdout: { write: () => true }, stderr });
  try {
    assert.equal((await fetch(`${served!.url}/transcript`)).status, 200);
    if (notes.length > 0) throw new Error(notes.join());
  } finally {
    await served!.close();
  }
};

/** Asks the served simulator as a page or a phone does. */
const asked: Use = async ({ host, name, referer }: Record<string, string | undefined>) => {
  const notes: string[] = [];
  const onNote = (text: string): void => void notes.push(text);
  const served = await serveSimulator({}, { port: 0, ...(host && { host }), onNote });
  try {
    const { port } = new URL(served.url);
    const socket = connect(Number(port), '127.0.0.1');
    const lines = ['GET /kit/qualp.2.min.js HTTP/1.1', `Host: ${name}:${port}`];
    if (referer) lines.push(`Referer: ${referer}`);
    socket.write([...lines, 'Connection: close', '', ''].join('\r\n'));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    if (!String(answer).startsWith('HTTP/1.1 200')) throw new Error(notes.join());
  } finally {
    await served.close();
  }
};
/** Asks an address of the simulator. */
const address: Use = async (path: string) => {
  const answer = await createSimulator().fetch(new Request(`http://localhost${path}`));
  const text = (await answer.text()).trim();
  if (answer.status !== 200) throw new Error(text);
};
/** Reads the feed of the simulator as an endpoint does. */
const feed: Use = async (path: string) => {
  const simulator = createSimulator();
  const url = `http://localhost:4400${path}`;
  const first = await simulator.fetch(new Request(url));
  if (first.status !== 200) throw new Error(((await first.json()) as { error: string }).error);
  const fetch = (page: string): Promise<Response> => simulator.fetch(new Request(page));
  const campaign = await createCampaignFeed({ url, fetch })('123456');
  assert.equal(campaign?.campaignId, '98765');
};
interface Published {
  keys: unknown;
  code?: number;
  url?: string;
}
/** Verifies a token with the keys that the site publishes. */
const published: Use = async ({ keys, code = 200, url = siteUrl }: Published) => {
  set = keys;
  status = code;
  const simulator = createSimulator({ jwks: url });
  const verdict = await judge(simulator, await sign(rsa.privateKey, { alg: 'RS256', kid: '1' }));
  set = { keys: [ours] };
  status = 200;
  if (verdict.code !== null) throw new Error(verdict.reason);
};

const spki = ({ publicKey: key }: { publicKey: KeyObject }): string =>
  key.export({ type: 'spki', format: 'pem' }).toString();
const short = spki(generateKeyPairSync('rsa', { modulusLength: 1024 }));
const curve = spki(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }));
const montgomery = spki(generateKeyPairSync('x25519'));
const edwards = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
const privateKeyObject = createPrivateKey(oaep.privatePem);
const encrypted = privateKeyObject.export({
  ...({ type: 'pkcs8', format: 'pem' } as const),
  ...{ cipher: 'aes-256-cbc', passphrase: 'typed' },
});
const openSshPublic = execFileSync('ssh-keygen', ['-y', '-f', file('rsa.pem', rsa.privatePem)]);
const openSsh = run('`ssh-keygen -q -p -f FILE`', oaep.privatePem, '-P', '', '-N', '');
const certificate = [
  '-subj',
  '/CN=localhost',
  '-days',
  '2',
  '-key',
  file('tls.pem', rsa.privatePem),
];
const secure = createSecureServer(
  {
    key: rsa.privatePem,
    cert: execFileSync('openssl', ['req', '-x509', '-new', ...certificate]),
  },
  (_, response) => response.end(JSON.stringify({ keys: [ours] })),
).listen(0, '127.0.0.1');
await once(secure, 'listening');
after(() => secure.close());
const secureUrl = `https://localhost:${(secure.address() as AddressInfo).port}/path`;
const feedPath = (query: string): string =>
  `/v1/campaignfeed/channels/11111111-2222-3333-4444-555555555555/json${query}`;

// One row a line: what is wrong, what it says, and what then works.
// prettier-ignore
const rows: readonly Row[] = [
  // Options.
  ['options as text', plays, 'kit=slow', /^options must be an object, not text$/, use({ kit: 'slow' })],
  ['options in a list', plays, [], /^options must be an object, not a list$/, use({})],
  ['a misspelled option', plays, { registration: 'all' }, /^registration is not an option of the simulator; the options are .*\bregistrations\b/, use({ registrations: 'all' })],
  ['a knob with another value', plays, { registrations: 'some' }, /^registrations must be all\|first\|last, not "some"$/, (_: never, message: string) => ({ registrations: /be (\w+)/.exec(message)![1] })],
  ['a knob that is true', plays, { submit: true }, /^submit must be ask\|auto, not true$/, use({ submit: 'auto' })],
  ['the token before the first', plays, { errorNth: 0 }, /^errorNth must be a whole number, 1 or more, not 0$/, use({ errorNth: 2 })],
  ['a clock in words', plays, { clock: 'soon' }, /^clock must be whole seconds, such as 600 or -600, not "soon"$/, use({ clock: -60 })],
  ['one use as text', plays, { oneUse: 'yes' }, /^oneUse must be true or false, not "yes"$/, use({ oneUse: true })],
  ['a tolerance as text', plays, { tolerance: '60' }, /^tolerance must be whole seconds, 0 or more, not "60"$/, ({ tolerance }: { tolerance: string }) => ({ tolerance: Number(tolerance) })],
  ['another language', plays, { lang: 'de' }, /^lang must be en or fr, not "de"$/, use({ lang: 'fr' })],
  ['two ways to verify', plays, { jwks: siteUrl, secret }, /^jwks and secret are two ways to verify signatures; use only one$/, use({ jwks: siteUrl })],
  ['campaigns in a map', plays, { campaigns: new Map([['123456', '98765']]) }, /^campaigns must be an object such as .*, not an object of class Map$/, ({ campaigns }: { campaigns: Map<string, string> }) => ({ campaigns: Object.fromEntries(campaigns) })],
  ['campaigns without await', plays, { campaigns: Promise.resolve({ 123456: '98765' }) }, /not an object of class Promise \(is await missing\?\)$/, async ({ campaigns }: { campaigns: Promise<object> }) => ({ campaigns: await campaigns })],
  ['a name in place of a tag number', plays, { campaigns: { quiz: '98765' } }, /^campaigns has "quiz" in place of a tag number; use the number in the tag, 1 to 20 digits$/, use({ campaigns: { 123456: '98765' } })],
  ['a campaign ID that a number cannot hold', plays, { campaigns: { 1: 12345678901234567890, 123456: '98765' } }, /^campaigns has 12345678901234567000 for the tag 1; use the campaign ID, 1 to 20 digits, as text$/, use({ campaigns: { 1: '12345678901234567890', 123456: '98765' } })],
  ['a list as the kit profile', withOption('kitProfile'), [], /^kitProfile is a list, not a kit profile; use the file that/, use({ version: 1, facts: {} })],
  ['a kit profile of another version', withOption('kitProfile'), { version: 2, facts: {} }, /^kitProfile has version 2; the version must be 1/, use({ version: 1, facts: {} })],
  ['a kit profile without a version', withOption('kitProfile'), { facts: {} }, /^kitProfile has no version; the version must be 1/, use({ version: 1, facts: {} })],
  ['facts that are a list', withOption('kitProfile'), { version: 1, facts: [] }, /^kitProfile has facts that are a list; the facts must be an object/, use({ version: 1, facts: {} })],
  ['a kit profile without facts', withOption('kitProfile'), { version: 1 }, /^kitProfile has no facts; the facts must be an object/, use({ version: 1, facts: {} })],
  ['an unknown fact', withOption('kitProfile'), { version: 1, facts: { queue: 'kept\nas it is' } }, /^kitProfile has "kept\\nas it is" for the fact "queue"; use patch\|replace, or remove the fact$/, use({ version: 1, facts: {} })],
  ['a port as text', serves, { port: '0' }, /^port must be a number from 0 to 65535, not "0"$/, ({ port }: { port: string }) => ({ port: Number(port) })],
  ['an empty host', serves, { host: '' }, /^host must be an address, such as 127\.0\.0\.1, not ""$/, (_: never, message: string) => ({ host: /as ([\d.]+)/.exec(message)![1] })],

  // URLs.
  ['a path', withOption('jwks'), '/jwks.json', /^jwks must be an http or https URL, such as http:\S+, not "\/jwks\.json"$/, use(siteUrl)],
  ['a host without a scheme', withOption('jwks'), siteUrl.replace('http://', ''), /^jwks must be an http or https URL, such as (http:\/\/)\S+, not localhost:$/, (text: string, message: string) => `${/such as (http:\/\/)/.exec(message)![1]}${text}`],
  ['a path after a password', withOption('jwks'), '//me:word@localhost/', /, not other text$/, use(siteUrl)],
  ['a URL with a password', withOption('jwks'), siteUrl.replace('://', '://me:word@'), /^jwks must be a URL without a user name and password; remove them$/, (url: string) => url.replace('me:word@', '')],
  ['a file as the profile', withOption('profileUrl'), 'file:///etc/passwd', /^profileUrl must be an http or https URL, .*, not file:$/, use(siteUrl)],

  // Keys.
  ['a number', publicKey, 7, /^publicKey must be PEM text, not a number; give the text of its file$/, use(rsa.publicPem)],
  ['the bytes of a file', publicKey, Buffer.from(rsa.publicPem), /^publicKey must be PEM text, not an object of class Buffer; give the text of the file, not its bytes$/, String],
  ['a CryptoKey', publicKey, rsa.publicKey, /not an object of class CryptoKey; give KeyObject\.from\(key\)\.export/, (key: unknown, message: string) => evaluate(message, { key })],
  ['the private key', publicKey, rsa.privatePem, /^publicKey is a private key: use the public key, and keep this one secret$/, use(rsa.publicPem)],
  ['a JWK', plays, { publicKey: JSON.stringify(ours) }, /^publicKey is a JWK or a JWKS; publish it as a JWKS, \{"keys": \[…\]\}, and set `jwks` to its URL, or give PEM text$/, use({ jwks: siteUrl })],
  ['nothing', publicKey, '', /^publicKey is empty; give the text of the key$/, use(rsa.publicPem)],
  ['a path of a file', publicKey, '/run/secrets/public.pem', /^publicKey is the path of a file; give what is in it$/, use(rsa.publicPem)],
  ['other text', publicKey, 'correct horse', /^publicKey is not PEM text, which begins with -----BEGIN PUBLIC KEY-----; give all of it$/, use(rsa.publicPem)],
  ['a key of OpenSSH', publicKey, String(openSshPublic), /^publicKey is in OpenSSH’s format; convert it with `ssh-keygen -e/, (text: string, message: string) => run(message, text)],
  ['quotation marks', publicKey, `"${rsa.publicPem}"`, /^publicKey has quotation marks around it; remove them$/, (text: string) => text.slice(1, -1)],
  ['line breaks written out', publicKey, rsa.publicPem.replaceAll('\n', '\\n'), /^publicKey has \\n in place of its line breaks; replace each$/, (text: string) => text.replaceAll('\\n', '\n')],
  ['a key that is cut off', publicKey, rsa.publicPem.slice(0, -30), /^publicKey is PEM text without its END line; give all of it$/, use(rsa.publicPem)],
  ['a key without a line', publicKey, rsa.publicPem.replace(/\n[^\n]+\n/, '\n'), /^publicKey is damaged PEM text; give it as it was made$/, use(rsa.publicPem)],
  ['parameters', publicKey, '-----BEGIN EC PARAMETERS-----\nAAAA\n-----END EC PARAMETERS-----', /^publicKey is a block of EC PARAMETERS; give the block of the PUBLIC KEY$/, use(rsa.publicPem)],
  ['a key that cannot sign', publicKey, montgomery, /^publicKey is a key of type x25519; use one of RSA, EC, Ed25519$/, use(rsa.publicPem)],
  ['a short key', publicKey, short, /^publicKey has 1024 bits; use an RSA key of 2048 bits or more$/, use(rsa.publicPem)],
  ['another curve', publicKey, curve, /^publicKey uses the curve secp256k1; use a key on P-256, P-384, P-521$/, use(rsa.publicPem)],
  ['a secret in base64', withSecret, base64(secret), /^secret must be a Uint8Array, not text; if it is base64, give Buffer\.from\(text, 'base64'\)$/, (text: string, message: string) => evaluate(message, { text })],
  ['a list of bytes', withSecret, [...secret], /^secret must be a Uint8Array, not a list$/, (list: number[]) => Uint8Array.from(list)],
  ['half of a secret', withSecret, secret.slice(16), /^secret has 16 bytes, and HS256 needs 32 or more: use the bytes that you share with Qualifio$/, use(secret)],
  ['the public key as the secret', plays, { secret: Buffer.from(rsa.publicPem) }, /^secret is PEM text: set it as `publicKey`, or use the shared bytes$/, ({ secret: bytes }: { secret: Buffer }) => ({ publicKey: String(bytes) })],
  ['a number to decrypt with', decrypts, 7, /^privateKey must be PEM text or a JWK, not a number; give the text of its file$/, use(oaep.privatePem)],
  ['a key of node:crypto', decrypts, privateKeyObject, /not an object of class PrivateKeyObject; give key\.export/, (key: unknown, message: string) => evaluate(message, { key })],
  ['the public key to decrypt with', decrypts, oaep.publicPem, /^privateKey must be a private key, not a public one; use the private key of the pair$/, use(oaep.privatePem)],
  ['a JWK that is cut off', decrypts, '{"kty":', /^privateKey looks like a JWK but is not valid JSON; give all of it$/, use(JSON.stringify(oaep.privateJwk))],
  ['a JWK set', decrypts, { keys: [oaep.privateJwk] }, /^privateKey is a JWK set; give one of its keys$/, ({ keys }: { keys: unknown[] }) => keys[0]],
  ['a public JWK', decrypts, oaep.publicJwk, /^privateKey is a JWK without its private part `d`; use the private JWK$/, use(oaep.privateJwk)],
  ['a JWK that lacks a number', decrypts, { ...oaep.privateJwk, n: undefined }, /^privateKey is a JWK that cannot be read; give it as it was made$/, use(oaep.privateJwk)],
  ['a symmetric JWK without its bytes', decrypts, { kty: 'oct' }, /^privateKey is a symmetric JWK without its `k` in base64url; give it as it was made$/, use(oct(aes))],
  ['a symmetric JWK of 15 bytes', decrypts, oct(aes.slice(17)), /^privateKey is a symmetric JWK of 15 bytes; give one of 16, 24, 32, 48, 64 bytes$/, use(oct(aes))],
  ['a passphrase', decrypts, encrypted, /^privateKey has a passphrase; decrypt it with `openssl pkey -in FILE`$/, (pem: string, message: string) => run(message, pem, '-passin', 'pass:typed')],
  ['a private key of OpenSSH', decrypts, openSsh, /^privateKey is in OpenSSH’s format; convert a copy with `ssh-keygen -p/, (text: string, message: string) => run(message, text, '-P', '', '-N', '')],
  ['a key that cannot decrypt', decrypts, edwards, /^privateKey is a key of type ed25519; use one of RSA, EC, X25519$/, use(oaep.privatePem)],

  // The publisher's keys.
  ['a page', published, { keys: '<!doctype html>' }, /answers, but not with a JWKS, \{"keys": \[…\]\}, but with a page \(HTML\); correct the URL or its route$/, use({ keys: { keys: [ours] } })],
  ['text', published, { keys: 'soon' }, /but with text that is not JSON; correct the URL or its route$/, use({ keys: { keys: [ours] } })],
  ['a list of keys', published, { keys: [ours] }, /but with a list; put the list into \{"keys": \[…\]\}$/, ({ keys }: Published) => ({ keys: { keys } })],
  ['a key alone', published, { keys: ours }, /but with a key alone; put it into \{"keys": \[…\]\}$/, ({ keys }: Published) => ({ keys: { keys: [keys] } })],
  ['an object', published, { keys: { error: 'soon' } }, /but with an object without such a list; correct the URL or its route$/, use({ keys: { keys: [ours] } })],
  ['no keys', published, { keys: { keys: [] } }, /contains no key that can verify tokens; publish an RSA .* key with its `kid`: there is no key$/, use({ keys: { keys: [ours] } })],
  ['a key without its kid', published, { keys: { keys: [rsa.publicJwk] } }, /`kid`: the first one has no `kid`$/, use({ keys: { keys: [ours] } })],
  ['a key to encrypt', published, { keys: { keys: [{ ...ours, use: 'enc' }] } }, /the first one has a `use` other than sig$/, use({ keys: { keys: [{ ...ours, use: 'sig' }] } })],
  ['a short key', published, { keys: { keys: [{ ...ours, n: ours.n!.slice(0, 170) }] } }, /the first one has less than 2048 bits$/, use({ keys: { keys: [ours] } })],
  ['a key of another kind', published, { keys: { keys: [{ kty: 'OKP', crv: 'X25519', kid: '1', x: 'AAAA' }] } }, /the first one has another `kty` or `crv`$/, use({ keys: { keys: [ours] } })],
  ['the private key', published, { keys: { keys: [{ ...rsa.privateJwk, kid: '1' }] } }, /publishes a private key; publish only its public part, and replace the key$/, use({ keys: { keys: [ours] } })],
  ['a redirect', published, { keys: '', code: 302 }, /answers with status 302; use the URL that it redirects to$/, use({ keys: { keys: [ours] } })],
  ['a login', published, { keys: '', code: 401 }, /answers with status 401; serve it without a login$/, use({ keys: { keys: [ours] } })],
  ['nothing there', published, { keys: '', code: 404 }, /answers with status 404; correct the URL or its route$/, use({ keys: { keys: [ours] } })],
  ['an error', published, { keys: '', code: 500 }, /answers with status 500; see the log of the site that serves it$/, use({ keys: { keys: [ours] } })],
  ['a site that does not run', published, { keys: { keys: [ours] }, url: siteUrl.replace(/\d+/, unusedPort) }, /cannot be reached \(ECONNREFUSED\); start the site that serves it, or correct the URL$/, use({ keys: { keys: [ours] } })],
  ['a name that does not resolve', published, { keys: { keys: [ours] }, url: siteUrl.replace('localhost', 'publisher.invalid') }, /cannot be reached \((ENOTFOUND|EAI_\w+)\); the name does not resolve: correct the URL$/, use({ keys: { keys: [ours] } })],
  ['a certificate of its own', published, { keys: '', url: secureUrl }, /cannot be reached \((DEPTH_ZERO_SELF_SIGNED_CERT|\w*CERT\w*)\); make Node trust its certificate \(NODE_EXTRA_CA_CERTS\), or use an http URL$/, use({ keys: { keys: [ours] } })],
  ['a port of another protocol', published, { keys: { keys: [ours] }, url: siteUrl.replace(/\d+/, '6000') }, /cannot be reached \(bad port\); fetch never uses this port: use another one, and correct the URL$/, use({ keys: { keys: [ours] } })],

  // The command line.
  ['an unknown flag', command, ['--prot', '0'], /^--prot is not a flag, --port is; see --help$/, instead('--prot', '--port')],
  ['a flag that is like no other', command, ['--xyz'], /^--xyz is not a flag; see --help$/, without('--xyz')],
  ['an unknown short flag', command, ['-p', '0'], /^-p is not a flag; see --help$/, instead('-p', '--port')],
  ['a stray word', command, ['0'], /^0 is not a flag or its value; see --help$/, use(['--port', '0'])],
  ['a flag without its value', command, ['--port'], /^--port needs a value; see --help$/, use(['--port', '0'])],
  ['a variable that is not set', command, ['--jwks', ''], /^--jwks has an empty value; set the variable that it comes from, or remove the flag$/, use(['--jwks', siteUrl])],
  ['a repeated flag', command, ['--port', '0', '--port', '0'], /^--port is given twice; remove one$/, (args: string[]) => args.slice(2)],
  ['a switch with a value', command, ['--one-use=yes'], /^--one-use takes no value; remove it$/, instead('=yes', '')],
  ['a port in words', command, ['--port', 'many'], /^--port must be a number from 0 to 65535, not "many"$/, instead('many', '0')],
  ['a port too high', command, ['--port', '70000'], /^--port must be a number from 0 to 65535, not 70000$/, instead('70000', '0')],
  ['a port in use', command, ['--port', takenPort], /^--port: \d+ is in use; use another one, or 0 for any free port$/, instead(takenPort, '0')],
  ['an address of another machine', command, ['--host', '192.0.2.1'], /^--host: 192\.0\.2\.1 is not an address of this machine; use 127\.0\.0\.1$/, instead('192.0.2.1', '127.0.0.1')],
  ['a name that does not exist', command, ['--host', 'publisher.invalid'], /^--host: publisher\.invalid does not resolve; use an address, such as 127\.0\.0\.1$/, instead('publisher.invalid', '127.0.0.1')],
  ['a tolerance below 0', command, ['--tolerance', '-5'], /^--tolerance must be whole seconds, 0 or more, not "-5"$/, instead('-5', '0')],
  ['a knob with another value on the command line', command, ['--after-error', 'closed'], /^--after-error must be open\|blocked, not "closed"$/, instead('closed', 'blocked')],
  ['a language that it does not speak', command, ['--lang', 'de'], /^--lang must be en or fr, not "de"$/, instead('de', 'en')],
  ['a campaign that is neither', command, ['--campaign', 'over'], /^--campaign: over is not TAGNUMBER=CAMPAIGNID; use two numbers, such as 123456=98765, or open\|finished\|unavailable$/, (_: never, message: string) => ['--campaign', /such as ([\d=]+)/.exec(message)![1]]],
  ['a tag that is declared twice', command, ['--campaign', '1=2', '--campaign=1=3'], /^--campaign declares tag 1 twice; remove one$/, without('--campaign=1=3')],
  ['two flags to verify', command, ['--jwks', siteUrl, '--secret-file', '/nowhere'], /^--jwks and --secret-file are two ways to verify signatures; use only one$/, without('--secret-file', '/nowhere')],
  ['a file that is missing', command, ['--public-key', '/nowhere.pem'], /^--public-key: cannot read \/nowhere\.pem \(ENOENT\); use the path of a readable file$/, instead('/nowhere.pem', file('public.pem', rsa.publicPem))],
  ['a folder', command, ['--private-key', tmpdir()], /^--private-key: cannot read \S+ \(EISDIR\); use the path of a readable file$/, instead(tmpdir(), file('private.pem', oaep.privatePem))],
  ['a PEM file as the secret', command, ['--secret-file', file('pair.pem', rsa.publicPem)], /^--secret-file is PEM text: set it as --public-key, or use the shared bytes$/, instead('--secret-file', '--public-key')],
  ['a JWK file as the public key', command, ['--public-key', file('key.json', JSON.stringify(ours))], /^--public-key is a JWK or a JWKS; publish it as a JWKS, .* and set --jwks to its URL/, use(['--jwks', siteUrl])],
  ['an empty file', command, ['--secret-file', file('empty', '')], /^--secret-file has 0 bytes, and HS256 needs 32 or more/, use(['--secret-file', file('secret', secret)])],
  ['a secret that ends with a line break', command, ['--secret-file', file('line', `${base64(secret)}\n`)], /^--secret-file: the last byte is a line break, which is part of the secret; write the file without it$/, use(['--secret-file', file('no-line', base64(secret))])],
  ['a kit profile that is not JSON', command, ['--kit-profile', file('half.json', '{"version": 1')], /^--kit-profile: \S+ is not JSON; use the file that <qualifio-inspector> offers$/, use(['--kit-profile', file('profile.json', '{"version": 1, "facts": {}}')])],

  // What pages and programs ask it for.
  ['a host name that is not given', asked, { name: 'www.publisher.test' }, /^--host: www\.publisher\.test is not a name of this machine; use localhost, or set --host www\.publisher\.test or --host 0\.0\.0\.0$/, ({ name }: { name: string }, message: string) => ({ name, host: /or --host ([\d.]+)/.exec(message)![1] })],
  ['a page of another machine', asked, { name: 'localhost', referer: 'https://www.publisher.com/' }, /^--host: www\.publisher\.com is not a page of this machine; set --host 127\.0\.0\.1 to serve it anyway$/, (given: object, message: string) => ({ ...given, host: /set --host ([\d.]+)/.exec(message)![1] })],
  ['a knob with another value in a URL', address, '/kit/qualp.2.min.js?kit=gone', /^kit must be ok\|slow\|404\|html\|throws\|never, not "gone"$/, use('/kit/qualp.2.min.js?kit=ok')],
  ['a knob that is spelled as the option in a URL', address, '/kit/qualp.2.min.js?afterError=open', /^afterError must be spelled after-error in a URL$/, (path: string) => path.replace('afterError', 'after-error')],
  ['an address that does not exist', address, '/kit/qualp.js', /^Not found\. See \/ for the simulator’s URLs\.$/, use('/')],
  ['a feed by number', feed, '/v1/campaignfeed/channels/7/json?clientId=7', /^"7" is not a GUID; the feed’s URL is \/v1\/campaignfeed\/channels\/<GUID>\/json\?clientId=<n>$/, use(feedPath('?clientId=7'))],
  ['a feed without a client', feed, feedPath(''), /^clientId is missing; add \?clientId=<n>, any number$/, (path: string) => `${path}?clientId=7`],
  ['a feed with the name of a client', feed, feedPath('?clientId=us'), /^clientId must be 1 to 20 digits, not "us"$/, use(feedPath('?clientId=7'))],
  ['a feed from a page number that is none', feed, feedPath('?clientId=7&cursor=next'), /^cursor must be the ID of the campaign that the last page ended with, in digits, not "next"$/, use(feedPath('?clientId=7&cursor=98765'))],
];

const hidden = [rsa.privatePem, oaep.privatePem, rsa.publicPem].map((pem) => pem.slice(60, 80));
hidden.push(base64(secret), base64(aes), 'correct horse', 'word@');
const shown = follow('what the error says leads to a simulator that plays, from', rows, hidden);

/** Texts that no row can show, and why. */
const elsewhere: readonly (readonly [text: RegExp, why: string])[] = [
  [/^--port: no permission to listen on …/, 'a test may run as root, who has it'],
  [/^(token refused: |simulated campaign, )/, 'no error: test/simulator/cli.test.ts'],
  [
    /is not declared \(--campaign\)|^set campaign-id to a declared tag|is the campaign ID of the tag/,
    'no error: test/simulator/addresses.test.ts',
  ],
  [
    /^(the server has|qualifio-simulator|\[object|application\/jwk|Simulated|The reading|<iframe)/,
    'no error',
  ],
];
const files = [
  ...['options', 'serve', 'model/campaigns', 'model/kit-profile'],
  ...['key-kind', 'key-text', 'verification-key', 'decryption-key', 'jwks-source'].map(
    (name) => `verification/${name}`,
  ),
  ...['routes/campaign-feed', 'routes/page-knobs'],
  ...['command/flags', 'command/profile-file', 'command/run-command'],
  ...['../command/command-line', '../command/flag-file'],
];

it('each text about options, flags and keys was shown by a row above, which then worked', () => {
  assertShown(
    shown,
    files.map((name) => `src/simulator/${name}.ts`),
    elsewhere,
  );
});
