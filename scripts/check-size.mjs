// Every page view pays for the CDN file, so its size is a promise, not a wish. What fails here grew:
// look at `git diff` for prose, for a second way of doing what exists, or for a lit or jose import
// that brings more than it is used for. Raise the limit only with a reason that a publisher accepts.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const path = 'dist/qualifio-campaign.min.js';
const limit = 15_900;
/** Verifying belongs to Qualifio; these are what it would bring. */
const verifying = ['jwtVerify', 'createRemoteJWKSet', 'SignJWT', 'importJWK'];
/** Templates, which the element does without, and the inspector, which has a file of its own. */
const forbidden = [...verifying, 'litHtmlVersions', 'qualifio-inspector'];

const code = readFileSync(path);
const brotli = brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
console.log(
  `${path}: ${code.length} bytes, gzip -9 ${gzipSync(code, { level: 9 }).length}, brotli -q 11 ${brotli.length} (limit ${limit})`,
);

const found = forbidden.filter((name) => code.includes(name));
if (found.length > 0) {
  console.error(
    `${path} holds ${found.join(', ')}: import only what decodes from jose, no lit templates, and nothing of src/inspector.`,
  );
  process.exitCode = 1;
}
if (brotli.length > limit) {
  console.error(
    `${path} is ${brotli.length - limit} bytes over its limit. See the head of scripts/check-size.mjs.`,
  );
  process.exitCode = 1;
}
