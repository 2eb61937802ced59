// Looks for files, exports and dependencies that nothing uses: `npx knip`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Served by path to test browsers, or started as commands: what counts is that a file names them. */
const named = ['test', 'scripts', 'docs', '.github']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
  )
  .concat(readFileSync('custom-elements-manifest.config.mjs', 'utf8'))
  .join('\n');
const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
/** Types count as named if their package is. */
const isNamed = (name) => {
  const of = name.replace('@types/', '');
  return [`'${of}'`, `${of}/`, `"${of}`].some((text) => named.includes(text));
};

export default {
  entry: [
    'src/{index,define}.ts',
    'src/element/qualifio-campaign.ts',
    'src/config/parse-tag.ts',
    'src/{configurator,inspector,server,sign-in,simulator}/index.ts',
    'src/server/keygen-cli.ts',
    'src/simulator/command/cli.ts',
    'src/simulator/playwright/index.ts',
    'src/{doctor,tag-command}/cli.ts',
    'src/frameworks/*.ts',
    'test/**/*.{test,test-d}.{ts,tsx}',
    'test/support/**/*.{ts,mjs,js}',
    'scripts/**/*.mjs',
    'demo/**/*.js',
    'bench/**/*.ts',
    '*.config.{mjs,js}',
    '.dependency-cruiser.mjs',
  ],
  project: ['src/**/*.ts', 'scripts/**/*.mjs', 'demo/**/*.js', 'test/**/*.{ts,tsx}'],
  // The apps are packages of their own.
  ignore: ['test/frameworks/*/**'],
  ignoreDependencies: [
    ...Object.keys(devDependencies).filter(isNamed),
    // An optional peer, and a package for which the tests have types; the command `cem`; a peer of
    // bootstrap; the preset `solid` of Babel; types that only tsconfig.test.json names; a name that a
    // plugin of knip makes up; modules that rollup.config.mjs makes.
    ...['@angular/core', '@azure/identity', '@custom-elements-manifest/analyzer', '@popperjs/core'],
    ...['babel-preset-solid', '@types/mocha', '@stryker-mutator/project-runner', 'package'],
  ],
  ignoreBinaries: ['apt-get', 'diff', 'openssl', 'patch', 'ssh-keygen'],
  ignoreExportsUsedInFile: true,
};
