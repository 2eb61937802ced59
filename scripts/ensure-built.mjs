import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const builtFile = 'dist/qualifio-campaign.min.js';

/** Builds `dist/` if it is missing, and says so if it is older than the sources. */
export function ensureBuilt() {
  if (!existsSync(builtFile)) {
    console.error('dist/ is missing: running `npm run build` …');
    execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
    return;
  }
  const sources = readdirSync('src', { recursive: true }).map((name) => join('src', name));
  const changed = Math.max(...sources.map((path) => statSync(path).mtimeMs));
  if (changed > statSync(builtFile).mtimeMs) {
    console.error('dist/ is older than src/: `npm run build` brings it up to date.');
  }
}
