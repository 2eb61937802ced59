import { tsImport } from 'tsx/esm/api';

/** Imports a TypeScript module of src/ without a build. */
export const load = (path) => tsImport(`../${path}`, import.meta.url);
