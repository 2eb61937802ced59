#!/usr/bin/env node
/** Prints a new key pair: the private key for `signing.key`, the public key and its JWKS for Qualifio. */
import { exportPKCS8, exportSPKI, generateKeyPair } from 'jose';
import { signingRequirements, undocumented, type SigningAlgorithm } from './keys/algorithms.js';
import { createJwksEndpoint } from './jwks-endpoint.js';

/** The two properties of Node's `process` that are needed; Deno and Bun also have them. */
declare const process: { readonly argv: readonly string[]; exitCode?: number };

/** The algorithms with a public key. */
const algorithms = [...signingRequirements]
  .filter(([, { families }]) => !families.includes('oct'))
  .map(([alg]) => alg);
const documented = algorithms.filter((alg) => !undocumented.has(alg));
const others = algorithms.filter((alg) => undocumented.has(alg));

const help = `qualifio-keygen [--alg RS256] [--kid 2026-11]

Prints a new private key, its public key (PEM) and a JWKS. Nothing is stored.

  --alg   ${documented.join(', ')}; default: RS256;
          ${others.join(', ')} also work, but Qualifio does not document them
  --kid   key id, 1 to 64 of A-Z a-z 0-9 . _ ~ -; default: today's date`;

function readFlags(args: readonly string[]): { alg: string; kid: string } {
  const flags = { alg: 'RS256', kid: new Date().toISOString().slice(0, 10) };
  for (let index = 0; index < args.length; index += 2) {
    const name = args[index]!.replace(/^--/, '');
    const value = args[index + 1];
    if (name !== 'alg' && name !== 'kid') {
      throw new TypeError(`${args[index]}: unknown flag; see --help`);
    }
    if (value === undefined) throw new TypeError(`--${name}: needs a value`);
    flags[name] = value;
  }
  if (!algorithms.includes(flags.alg)) {
    throw new TypeError(`--alg: must be one of ${algorithms.join(', ')}`);
  }
  return flags;
}

async function printKeys(args: readonly string[]): Promise<void> {
  const { alg, kid } = readFlags(args);
  const options = { extractable: true, modulusLength: 3072 };
  const { privateKey, publicKey } = await generateKeyPair(alg, options);
  const entry = { alg: alg as SigningAlgorithm, kid, key: publicKey };
  const jwks = await createJwksEndpoint([entry])(new Request('https://localhost/jwks.json'));
  const sections = [
    '# Private key for signing.key: keep it only in your secret store',
    await exportPKCS8(privateKey),
    '# Public key',
    await exportSPKI(publicKey),
    '# JWKS, as createJwksEndpoint publishes it',
    JSON.stringify(await jwks.json(), null, 2),
  ];
  // One write: a second one would fail if the reader closes early, as `head` does.
  console.log(sections.join('\n\n'));
}

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(help);
} else {
  try {
    await printKeys(args);
  } catch (error) {
    console.error(error instanceof Error ? error.message.replace(/^keys\[0\]\./, '--') : 'failed');
    process.exitCode = 2;
  }
}
