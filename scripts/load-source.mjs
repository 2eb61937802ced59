import { build } from 'esbuild';

/** Imports a TypeScript module of src/ as it stands, without a build. */
export async function load(path) {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}
