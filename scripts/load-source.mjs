import { tsImport } from 'tsx/esm/api';

/** Imports a TypeScript module of src/ as it stands, without a build. */
export const load = (path) => tsImport(`../${path}`, import.meta.url);
