import { signingRequirements } from './algorithms.js';

/** Where another key for an algorithm comes from. A key that encrypts belongs to Qualifio. */
export function getAnother(alg: string): string {
  return signingRequirements.has(alg)
    ? `make one: npx -p qualifio-campaign qualifio-keygen --alg ${alg}`
    : 'ask Qualifio for another one';
}
