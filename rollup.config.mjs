// Turns what tsc wrote to build/ into what users load from dist/:
// the library module by module (lit and jose stay imports), the CDN files, the inspector's,
// the simulator and the doctor, each self-contained; and the declarations, of which only what the
// entries export is left.
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { transform } from 'esbuild';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { dts } from 'rollup-plugin-dts';

const runtimeDependency = /^(@lit\/reactive-element|lit|jose)($|\/)/;
const peerDependency = /^react($|\/)/;

/** Minifies style sheets, which no bundler does inside a template. */
const minifyCss = {
  name: 'minify-css',
  async transform(code, id) {
    const [, css] = (id.endsWith('.styles.js') && code.match(/`(\n[^`]*)`/)) || [];
    if (!css) return null;
    const minified = await transform(css, { loader: 'css', minify: true });
    return { code: code.replace(css, () => minified.code.trim()), map: null };
  },
};

/** By path, the folders of the packages whose code is in a file, for scripts/sbom.mjs and scripts/licenses.mjs. */
const bundled = {};
const noteBundled = {
  name: 'note-bundled',
  writeBundle({ dir, file }, chunks) {
    for (const { fileName, modules = {} } of Object.values(chunks)) {
      const folders = Object.keys(modules)
        .filter((id) => modules[id].renderedLength > 0)
        .map((id) => relative('.', id).match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0])
        .filter(Boolean);
      if (folders.length > 0) bundled[file ?? `${dir}/${fileName}`] = [...new Set(folders)].sort();
    }
    writeFileSync('build/bundled.json', JSON.stringify(bundled, null, 1));
  },
};

/** `sideEffects` of package.json names files of dist/: respected here, it would drop define.js. */
const ownSideEffects = { ignoreSideEffectsForRoot: true };

const library = {
  input: {
    index: 'build/index.js',
    'element/qualifio-campaign': 'build/element/qualifio-campaign.js',
    'config/parse-tag': 'build/config/parse-tag.js',
    'inspector/index': 'build/inspector/index.js',
    'sign-in/index': 'build/sign-in/index.js',
    'server/index': 'build/server/index.js',
    'server/keygen-cli': 'build/server/keygen-cli.js',
    'frameworks/react': 'build/frameworks/react.js',
    'frameworks/vue': 'build/frameworks/vue.js',
    'frameworks/svelte': 'build/frameworks/svelte.js',
    'frameworks/solid': 'build/frameworks/solid.js',
    'frameworks/preact': 'build/frameworks/preact.js',
    'frameworks/astro': 'build/frameworks/astro.js',
    // What scripts/angular.mjs writes imports this.
    'frameworks/element-inputs': 'build/frameworks/element-inputs.js',
  },
  external: [runtimeDependency, peerDependency],
  plugins: [nodeResolve(ownSideEffects), minifyCss, noteBundled],
  output: {
    dir: 'dist',
    preserveModules: true,
    preserveModulesRoot: 'build',
    // npm leaves folders of that name out of a package.
    entryFileNames: ({ name }) => `${name.replace(/^.*node_modules\/@lit\/react/, 'lit-react')}.js`,
    // Rollup drops directives; without this one, React's server components cannot import it.
    banner: ({ name }) => (name === 'frameworks/react' ? "'use client';" : ''),
  },
  onwarn,
};

/** The bundle of an entry for pages without a bundler. */
const page = (input, output) => ({
  input,
  plugins: [
    nodeResolve({ ...ownSideEffects, exportConditions: ['production'] }),
    minifyCss,
    // With all functions first, the file compresses better.
    terser({
      ecma: 2022,
      compress: { passes: 2, hoist_funs: true },
      format: { comments: /^!|^# / },
    }),
    noteBundled,
  ],
  output: { format: 'iife', ...output },
  onwarn,
});

const licenses = '/*! MIT; Lit: BSD-3-Clause, Google LLC; jose: MIT, Filip Skokan */';
/**
 * Chromium then compiles every function while the file loads, on another thread, and not one by one
 * on the main thread when it is first called: at the start, and at the first exchange.
 */
const compileHint = '//# allFunctionsCalledOnLoad';
const head = `${licenses}\n${compileHint}`;
const cdn = page('build/define.js', {
  file: 'dist/qualifio-campaign.min.js',
  banner: head,
});

/** The same as a module, with the exports of the package. */
const cdnModule = page('build/index.js', {
  format: 'es',
  file: 'dist/qualifio-campaign.min.mjs',
  banner: head,
});

/** The inspector for pages without a bundler, apart from the CDN file: no page that is live needs it. */
const inspector = page('build/inspector/index.js', {
  file: 'dist/qualifio-inspector.min.js',
  name: 'qualifioInspector',
  banner: '/*! MIT; Lit: BSD-3-Clause, Google LLC */',
});

/** What the configurator quotes: examples of docs/, the package's version, and the CDN file's hash. */
const packageTexts = {
  name: 'package-texts',
  resolveId: (id) => (id.startsWith('package:') ? `\0${id}` : null),
  load(id) {
    if (id === '\0package:docs') {
      const files = ['examples/server', 'examples/csp', 'endpoints'].flatMap((folder) =>
        readdirSync(`docs/${folder}`).map((name) => `${folder}/${name}`),
      );
      const texts = files.sort().map((file) => [file, readFileSync(`docs/${file}`, 'utf8')]);
      return `export default ${JSON.stringify(Object.fromEntries(texts))}`;
    }
    if (id !== '\0package:release') return null;
    const hash = createHash('sha384').update(readFileSync(cdn.output.file)).digest('base64');
    return `export default ${JSON.stringify({ version, integrity: `sha384-${hash}` })}`;
  },
};

/** The configurator of the simulator's first page and of the demo, which no page of a publisher loads. */
const configurator = page('build/configurator/index.js', {
  file: 'dist/simulator/configurator.js',
  banner: '/*! MIT; Lit: BSD-3-Clause, Google LLC */',
});
configurator.plugins.unshift(packageTexts);

/** `<qualifio-sign-in>`, for pages that hold the vendor's tags and no `<qualifio-campaign>`. */
const signIn = page('build/sign-in/index.js', {
  file: 'dist/qualifio-sign-in.min.js',
  name: 'qualifioSignIn',
  banner: licenses,
});

const simulator = {
  input: {
    index: 'build/simulator/index.js',
    cli: 'build/simulator/command/cli.js',
    'playwright/index': 'build/simulator/playwright/index.js',
  },
  external: [/^jose($|\/)/, /^node:/, '@playwright/test'],
  plugins: [nodeResolve({ exportConditions: ['node'] }), noteBundled],
  output: {
    dir: 'dist/simulator',
    chunkFileNames: 'chunk-[name].js',
    banner: (chunk) => (chunk.name === 'cli' ? '#!/usr/bin/env node' : ''),
  },
  onwarn,
};

/**
 * The commands that read pages, with what they share, so that users install nothing more than jose. The
 * comments of what is bundled are a seventh of it.
 */
const commands = {
  input: { 'doctor/cli': 'build/doctor/cli.js', 'tag-command/cli': 'build/tag-command/cli.js' },
  external: [/^jose($|\/)/, /^node:/],
  plugins: [
    nodeResolve({ exportConditions: ['node'] }),
    terser({ compress: false, mangle: false, format: { beautify: true, comments: false } }),
    noteBundled,
  ],
  output: {
    dir: 'dist',
    chunkFileNames: 'command/[name].js',
    banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
  },
  onwarn,
};

/** Declarations of the files for pages without a bundler, for pages that import them by their path. */
const pageDeclarations = {
  'qualifio-campaign.min.d.mts': "export * from './index.js';\n",
  'qualifio-campaign.min.d.ts': "import './index.js';\nexport {};\n",
  'qualifio-inspector.min.d.ts': "import './inspector/index.js';\nexport {};\n",
  'qualifio-sign-in.min.d.ts': "import './sign-in/index.js';\nexport {};\n",
};
const emitPageDeclarations = {
  name: 'emit-page-declarations',
  generateBundle() {
    for (const [fileName, source] of Object.entries(pageDeclarations)) {
      this.emitFile({ type: 'asset', fileName, source });
    }
  },
};

/** The other declarations would import from these what they share with them, and then need React or Angular. */
const keepFrameworksApart = {
  name: 'keep-frameworks-apart',
  generateBundle(_options, bundle) {
    for (const name of ['react', 'angular']) bundle[`frameworks/${name}.d.ts`].isEntry = false;
  },
};

const { exports, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const declared = Object.values(exports)
  .map(({ types = '' }) => types.match(/^\.\/dist\/(.+)\.d\.ts$/)?.[1])
  .filter((name) => name && !name.endsWith('.min'));
const declarations = {
  input: Object.fromEntries(declared.map((name) => [name, `build/types/${name}.d.ts`])),
  external: /^[^./]/,
  plugins: [keepFrameworksApart, dts(), emitPageDeclarations],
  output: {
    dir: 'dist',
    entryFileNames: '[name].d.ts',
    chunkFileNames: ({ name }) => `types/${name.replace(/\.d$/, '')}.d.ts`,
    minifyInternalExports: false,
  },
  onwarn,
};

// TypeScript's decorator helper begins with `this && this.__decorate`, which is harmless.
function onwarn(warning, warn) {
  if (warning.code !== 'THIS_IS_UNDEFINED') warn(warning);
}

export default [
  ...[library, cdn, cdnModule, inspector, signIn, configurator, simulator, commands],
  declarations,
];
