/** Texts of docs/ by their path there, as rollup.config.mjs provides them. */
declare module 'package:docs' {
  const docs: Readonly<Record<string, string>>;
  export default docs;
}

/** The version of the package, and the hash of its CDN file, as rollup.config.mjs provides them. */
declare module 'package:release' {
  const release: Readonly<{ version: string; integrity: string }>;
  export default release;
}
