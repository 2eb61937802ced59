// Every visitor of a page loads the CDN file, so its size has a limit. So do its module and a bundle
// that imports the package. If one is too large, look in `git diff` for long texts, for code that does
// what other code already does, and for an import of lit or jose that adds more than it is used for.
// Raise the limit only for a reason that a publisher accepts. `--report` prints the size of each module:
// its bytes in the file, and how much smaller the compressed file is without them.
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import process from 'node:process';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import bundles from '../rollup.config.mjs';

const path = 'dist/qualifio-campaign.min.js';
const limit = 20_650;
/** What a bundle with verification would contain: only Qualifio verifies. */
const verifying = ['jwtVerify', 'createRemoteJWKSet', 'SignJWT', 'importJWK'];
/** Templates, which the element does not use, and the inspector, which has a separate file. */
const forbidden = [...verifying, 'litHtmlVersions', 'qualifio-inspector'];

const brotli = (code) =>
  brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

const code = readFileSync(path);
const size = check(path, code, limit);
const module = 'dist/qualifio-campaign.min.mjs';
// It also has exports, and the names of events.
check(module, readFileSync(module), limit + 250);
// A page loads this file instead: it makes no frame, but finds tags and puts panels over them.
const signIn = 'dist/qualifio-sign-in.min.js';
check(signIn, readFileSync(signIn), 17_500);
// esbuild minifies a little less than terser. An unwanted part of lit would add much more.
check('a bundle by esbuild', await bundle('qualifio-campaign'), Math.round(limit * 1.05));
if (process.argv.includes('--report')) console.table(await report());

/** Prints a file's size. Fails if it is too large or contains something forbidden. Returns its size with brotli. */
function check(name, text, most) {
  const bytes = brotli(text);
  const gzip = gzipSync(text, { level: 9 }).length;
  console.log(
    `${name}: ${text.length} bytes, gzip -9 ${gzip}, brotli -q 11 ${bytes} (limit ${most})`,
  );
  const found = forbidden.filter((word) => text.includes(word)).join(', ');
  const only = 'import only what decodes from jose, no lit templates, and nothing of src/inspector';
  if (found) fail(`${name} holds ${found}: ${only}.`);
  if (bytes > most) {
    fail(`${name} is ${bytes - most} bytes over its limit. See the head of this script.`);
  }
  return bytes;
}

/** The bundle of a page that imports the package by its name. */
async function bundle(specifier) {
  const { outputFiles } = await build({
    stdin: { contents: `import '${specifier}';`, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['production'],
    write: false,
  });
  return Buffer.from(outputFiles[0].contents);
}

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}

async function report() {
  const config = bundles.find(({ output }) => output.file === path);
  const options = { ...config.output, sourcemap: true };
  const { output } = await (await rollup(config)).generate(options);
  const map = new SourceMap(output[0].map);
  const pieces = output[0].code.split('\n').flatMap((line, row) =>
    [...line].map((letter, column) => {
      const source = map.findEntry(row, column).originalSource ?? 'the rest';
      return { letter, module: source.replace(/.*(?=build|node_modules)/, '') };
    }),
  );
  const sizeOf = (some) => brotli(some.map(({ letter }) => letter).join(''));
  const rows = [...new Set(pieces.map(({ module }) => module))].map((module) => {
    const others = pieces.filter((piece) => piece.module !== module);
    return { module, bytes: pieces.length - others.length, brotli: size - sizeOf(others) };
  });
  return rows.sort((a, b) => b.brotli - a.brotli);
}
