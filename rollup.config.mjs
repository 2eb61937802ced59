// Turns what tsc wrote to build/ into what users load from dist/:
// the library module by module (lit and jose stay imports), the CDN file, the inspector's
// and the simulator, each in one self-contained file. Declarations come from tsc.
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/** Members that only this package's own modules use: no name of the DOM that they use, of an event or of a property is among them. */
const internalNames =
  /^(connect|dispatch|divId|drop|endpoint|exchange|fail|follow|frameReloaded|hold|isPanelPrevented|isSignedIn|noteRefused|noteSent|onBlocked|onFrame|onLoad|onRemoved|prefetch|promise|provider|receive|renew|reset|response|settingsChanged|showPanel|showPlaceholder|stop|stopWaiting|take|timeout|useFrame|wereSent)$/;

/** Stands for the licence comments of the modules inside. */
const licenses = '/*! MIT; Lit: BSD-3-Clause, Google LLC; jose: MIT, Filip Skokan */';

const runtimeDependency = /^(lit|jose)($|\/)/;
const peerDependency = /^react($|\/)/;

/**
 * The tag function `css` is for interpolation and for editors; plain minified text needs neither.
 * And every browser that the element supports has constructed style sheets, so that Lit's wrapper
 * around what has none can go, too.
 */
const plainCss = {
  name: 'plain-css',
  load: (id) => (id.endsWith('/reactive-element/css-tag.js') ? constructedSheets : null),
  transform: (code, id) =>
    id.endsWith('.styles.js')
      ? code
          .replace('{ css }', '{ unsafeCSS }')
          .replace(/css\s*`([^`]*)`/, (_, css) => `unsafeCSS(${JSON.stringify(minify(css))})`)
      : null,
};

const constructedSheets = `
export class CSSResult {}
export const css = null;
export const supportsAdoptingStyleSheets = true;
export const getCompatibleStyle = (sheet) => sheet;
export const adoptStyles = (root, sheets) => void (root.adoptedStyleSheets = sheets);
export const unsafeCSS = (text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
};`;

const minify = (css) =>
  css
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s*([{}:;,>/!])\s*/g, '$1')
    .replace(/\b0\./g, '.')
    .replace(/\s+/g, ' ')
    .replace(/;\}/g, '}')
    .trim();

/** By path, the folders of the packages whose code is in a file, for scripts/sbom.mjs and scripts/licences.mjs. */
const bundled = {};
const noteBundled = {
  name: 'note-bundled',
  generateBundle({ dir, file }, chunks) {
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

const library = {
  input: {
    index: 'build/index.js',
    'element/qualifio-campaign': 'build/element/qualifio-campaign.js',
    'config/parse-tag': 'build/config/parse-tag.js',
    'inspector/index': 'build/inspector/index.js',
    'server/index': 'build/server/index.js',
    'server/keygen-cli': 'build/server/keygen-cli.js',
    'frameworks/react': 'build/frameworks/react.js',
    'frameworks/vue': 'build/frameworks/vue.js',
    'frameworks/svelte': 'build/frameworks/svelte.js',
    'frameworks/solid': 'build/frameworks/solid.js',
    'frameworks/preact': 'build/frameworks/preact.js',
  },
  external: [runtimeDependency, peerDependency],
  // `sideEffects` of package.json names files of dist/: respected here, it would drop define.js.
  plugins: [nodeResolve({ ignoreSideEffectsForRoot: true }), noteBundled],
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

const cdn = {
  input: 'build/define.js',
  plugins: [
    nodeResolve({ exportConditions: ['production'] }),
    plainCss,
    terser({
      ecma: 2022,
      compress: {
        passes: 4,
        keep_fargs: false,
        pure_getters: true,
        unsafe: true,
        unsafe_arrows: true,
        unsafe_comps: true,
        unsafe_methods: true,
        unsafe_proto: true,
        unsafe_symbols: true,
      },
      format: { comments: /^!/ },
      mangle: { properties: { builtins: true, regex: internalNames } },
    }),
    noteBundled,
  ],
  // Of lit, only what the element uses: it renders without templates.
  treeshake: { moduleSideEffects: (id) => !/node_modules\/(@lit|lit)/.test(id) },
  output: {
    file: 'dist/qualifio-campaign.min.js',
    format: 'iife',
    strict: false,
    banner: licenses,
  },
  onwarn,
};

/** The inspector for pages without a bundler, apart from the CDN file: no page that is live needs it. */
const inspector = {
  input: 'build/inspector/index.js',
  plugins: [nodeResolve({ exportConditions: ['production'] }), terser({ ecma: 2022 }), noteBundled],
  output: {
    file: 'dist/qualifio-inspector.min.js',
    format: 'iife',
    name: 'qualifioInspector',
    banner: '/*! MIT; Lit: BSD-3-Clause, Google LLC */',
  },
  onwarn,
};

const simulator = {
  input: { index: 'build/simulator/index.js', cli: 'build/simulator/command/cli.js' },
  external: [/^jose($|\/)/, /^node:/],
  plugins: [nodeResolve({ exportConditions: ['node'] }), noteBundled],
  output: {
    dir: 'dist/simulator',
    chunkFileNames: 'chunk-[name].js',
    banner: (chunk) => (chunk.name === 'cli' ? '#!/usr/bin/env node' : ''),
  },
  onwarn,
};

// TypeScript's decorator helper begins with `this && this.__decorate`, which is harmless.
function onwarn(warning, warn) {
  if (warning.code !== 'THIS_IS_UNDEFINED') warn(warning);
}

export default [library, cdn, inspector, simulator];
