// Follows exactly what the doctor says of its command line, until it examines a set-up.
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { after, it } from 'node:test';
import { readFlags } from '../../src/doctor/command/flags.js';
import {
  assertShown,
  file,
  follow,
  instead,
  run,
  use,
  without,
  type Row,
  type Use,
} from '../support/advice/rows.js';
import { publisherKeys } from '../support/publisher-keys.js';
import { examined, wrongIn } from './examined.js';
import { cookie, healthySite, SiteServer } from './healthy-site.js';

const server = await SiteServer.start();
after(() => server.close());
server.site = await healthySite(server.port);
const page = `${server.origin}/contest`;
const endpoint = `${server.origin}/token`;
const jwks = `${server.origin}/jwks.json`;
const [jwk] = server.site.jwks.keys;
const pem = createPublicKey({ key: jwk!, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
const strangers = await publisherKeys('RS256');
const secret = crypto.getRandomValues(new Uint8Array(32));
const keyFile = file('public.pem', pem);
const secretFile = file('secret', secret);
const openSsh = ((): string => {
  const key = file('ssh.pem', strangers.privatePem);
  return String(execFileSync('ssh-keygen', ['-y', '-f', key]));
})();

/** Examines what the command line names; nothing is wrong with it. */
const examine: Use = async (args: readonly string[]) => {
  const { task, options } = await readFlags(args);
  if (task !== 'examine') return;
  server.site = await healthySite(server.port);
  if (options.secret) {
    Object.assign(server.site, { secret: options.secret, tokenHeader: { alg: 'HS256' } });
  }
  const report = await examined({ ...options, tokenCampaign: options.tokenCampaign ?? '98765' });
  assert.deepEqual(wrongIn(report), []);
  const isIn = ({ id, result }: { id: string; result: string }): boolean =>
    id === 'token-form' && result === 'pass';
  assert.equal(report.findings.some(isIn), options.cookie !== undefined);
};
/** Reads what the command line names: the key is of no token. */
const reads: Use = async (args: readonly string[]) => void (await readFlags(args));
/** Signed in, with a file for a flag. */
const withKey = (content: string | Uint8Array): readonly string[] => {
  count += 1;
  return [page, '--cookie', cookie, '--public-key', file(`key-${count}`, content)];
};
let count = 0;
const keyed = [page, '--cookie', cookie, '--public-key', keyFile];

// One row a line: what is wrong, what it says, and what then works.
// prettier-ignore
const rows: readonly Row[] = [
  ['nothing to check', examine, [], /^URL: give the URL of a page, or --endpoint and --campaign; see --help$/, use([page])],
  ['an unknown flag', examine, [page, '--cooike', cookie], /^--cooike is not a flag, --cookie is; see --help$/, instead('--cooike', '--cookie')],
  ['a flag without its value', examine, [page, '--jwks'], /^--jwks needs a value; see --help$/, use([page, '--jwks', jwks])],
  ['a variable that is not set', examine, [page, '--cookie', ''], /^--cookie has an empty value; set the variable that it comes from, or remove the flag$/, use([page, '--cookie', cookie])],
  ['a repeated flag', examine, [page, '--jwks', jwks, '--jwks', jwks], /^--jwks is given twice; remove one$/, (args: string[]) => args.slice(0, 3)],
  ['a switch with a value', examine, [page, '--no-color=yes'], /^--no-color takes no value; remove it$/, instead('=yes', '')],
  ['two pages', examine, [page, `${page}?two`], /^URL: \S+ and \S+ are two; give one page$/, (args: string[]) => args.slice(1)],
  ['a page without a scheme', examine, ['www.publisher.localhost/contest'], /^URL: www\.publisher\.localhost\/contest is not an http or https URL; use an address such as https:\/\/www\.publisher\.com\/contest$/, use([page])],
  ['an endpoint without a scheme', examine, ['--endpoint', '/token', '--campaign', '123456'], /^--endpoint: \/token is not an http or https URL; use an address such as https:\S+\/qualifio\/token$/, instead('/token', endpoint)],
  ['a file as the JWKS', examine, [page, '--jwks', 'jwks.json'], /^--jwks: jwks\.json is not an http or https URL; use an address such as https:\S+\/jwks\.json$/, instead('jwks.json', jwks)],
  ['a URL with a password', examine, [page.replace('://', '://me:word@')], /^URL: the URL has a user name or password; remove them$/, instead('me:word@', '')],
  ['an endpoint without a campaign', examine, ['--endpoint', endpoint], /^--campaign: none is given; give the number in the tag of a campaign of the endpoint$/, (args: string[]) => [...args, '--campaign', '123456']],
  ['a name in place of a number', examine, ['--endpoint', endpoint, '--campaign', 'summer'], /^--campaign: summer is not a number; use 1 to 20 digits, such as 123456$/, instead('summer', '123456')],
  ['a name in place of a campaign ID', examine, [page, '--token-campaign', 'x'], /^--token-campaign: x is not a number; use 1 to 20 digits, such as 123456$/, instead('x', '98765')],
  ['a page that does not run', examine, ['http://localhost:1/'], /^URL: localhost:1 cannot be reached, no connection \(ECONNREFUSED\); start its server, or correct the address$/, use([page])],
  ['a name that does not resolve', examine, ['http://www.publisher.invalid/'], /^URL: www\.publisher\.invalid cannot be reached, the name does not resolve \(\w+\); correct the name, or create its DNS record$/, use([page])],

  // The cookie.
  ['two cookies', examine, [page, '--cookie', cookie, '--cookie-file', '/nowhere'], /^--cookie and --cookie-file are two cookies; use only one$/, without('--cookie-file', '/nowhere')],
  ['a cookie file that is missing', examine, [page, '--cookie-file', '/nowhere'], /^--cookie-file: cannot read \/nowhere \(ENOENT\); use the path of a readable file$/, instead('/nowhere', file('cookie.txt', `${cookie}\n`))],
  ['an empty cookie file', examine, [page, '--cookie-file', file('empty.txt', '\n')], /^--cookie-file: the text is empty; copy the value alone, name=value or name=value; name2=value2$/, (args: string[]) => [page, '--cookie-file', file('copied.txt', cookie), ...args.slice(3)]],
  ['a cookie of two lines', examine, [page, '--cookie', `\n${cookie}`], /^--cookie: the text has 2 lines, and a header has one; copy the value/, instead('\n', '')],
  ['a cookie that the browser has shortened', examine, [page, '--cookie', `${cookie}…`], /^--cookie: the text has a character that no header can have, at position 39; copy the value/, instead('…', '')],
  ['a cookie with the name of its header', examine, [page, '--cookie', `Cookie: ${cookie}`], /^--cookie: the text starts with the name of the header, Cookie:; copy the value alone/, instead('Cookie: ', '')],
  ['the value of a cookie', examine, [page, '--cookie', cookie.split('=')[1]!], /^--cookie: the text has a part with no name before an =; copy the value alone, name=value or/, use([page, '--cookie', cookie])],

  // Keys.
  ['two ways to verify', examine, [page, '--jwks', jwks, '--secret-file', '/nowhere'], /^--jwks and --secret-file are two ways to verify signatures; use only one$/, without('--secret-file', '/nowhere')],
  ['a private key', examine, withKey(strangers.privatePem), /^--public-key: \S+ has a private key; use the public one$/, use(keyed)],
  ['an empty key', examine, withKey('\n'), /^--public-key: \S+ is empty; use the PEM or JWK file of the public key$/, use(keyed)],
  ['a key of OpenSSH', reads, withKey(openSsh), /^--public-key: \S+ is in OpenSSH’s format; convert it with `ssh-keygen/, (_: never, message: string) => withKey(run(message, openSsh))],
  ['a key in words', examine, withKey('correct horse'), /^--public-key: \S+ has neither PEM text nor a JWK; use a file that begins with -----BEGIN PUBLIC KEY-----$/, use(keyed)],
  ['a key that is cut off', examine, withKey(String(pem).slice(0, -30)), /^--public-key: \S+ has PEM text without its END line; use the whole file$/, use(keyed)],
  ['a key without a line', examine, withKey(String(pem).replace(/\n[^\n]+\n/, '\n')), /^--public-key: \S+ has damaged PEM text; use the file as it was made$/, use(keyed)],
  ['a JWK that is cut off', examine, withKey('{"kty":'), /^--public-key: \S+ begins as a JWK but is not valid JSON; use the whole file$/, use(withKey(JSON.stringify(jwk)))],
  ['a JWK set', examine, withKey(JSON.stringify({ keys: [jwk] })), /^--public-key: \S+ has a JWK set; use a file with one of its keys$/, use(withKey(JSON.stringify(jwk)))],
  ['a JWK that lacks a number', examine, withKey(JSON.stringify({ ...jwk, n: undefined })), /^--public-key: \S+ has a JWK that cannot be read; use it as it was made$/, use(withKey(JSON.stringify(jwk)))],
  ['a symmetric JWK', examine, withKey('{"kty":"oct","k":"AAAA"}'), /^--public-key: \S+ has a symmetric key; use --secret-file with its bytes$/, use([page, '--cookie', cookie, '--secret-file', secretFile])],
  ['an empty secret', examine, [page, '--cookie', cookie, '--secret-file', file('no-secret', '')], /^--secret-file: \S+ is empty; use the file with the secret's bytes$/, use([page, '--cookie', cookie, '--secret-file', secretFile])],
  ['a PEM file as the secret', examine, [page, '--cookie', cookie, '--secret-file', keyFile], /^--secret-file: \S+ has a PEM, not a secret; use --public-key$/, instead('--secret-file', '--public-key')],

  // The report.
  ['an unknown format', examine, [page, '--format', 'xml'], /^--format: xml is not one; use text, json, markdown$/, (_: never, message: string) => [page, '--format', /use (\w+)/.exec(message)![1]]],
  ['an id that matches nothing', examine, [page, '--only', 'guard-all'], /^--only: no check has the id guard-all; --list prints all$/, instead('guard-all', 'guard-*')],
  ['no check that is left', examine, [page, '--skip', '*'], /^--skip: \* leaves no check to run; leave some$/, instead('*', 'token-*')],
];

const hidden = [
  cookie.split('=')[1]!,
  'word@',
  'correct horse',
  strangers.privatePem.slice(60, 80),
];
const shown = follow('what the error says leads to a report, from', rows, hidden);

/** Texts that no row can show, and why. */
const elsewhere: readonly (readonly [text: RegExp, why: string])[] = [
  [/^no connection in … s$/, 'only after 10 seconds'],
  [
    /^(no --jwks|the endpoint is on|there is (nothing|no)|the page cannot|no (page|endpoint|JWKS)|Give )/,
    'of the report',
  ],
];

it('each text about the command line was shown by a row above, which then worked', () => {
  const names = ['cookie-flags', 'flags', 'key-flags'].map((name) => `doctor/command/${name}`);
  const files = [...names, 'doctor/examine', 'command/command-line', 'command/flag-file'];
  assertShown(
    shown,
    files.map((name) => `src/${name}.ts`),
    elsewhere,
  );
});
