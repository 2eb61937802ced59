import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encryptionAlgorithms, signingRequirements } from '../../src/server/keys/algorithms.js';
import {
  keyManagementAlgorithms,
  publicKeyAlgorithms,
  secretAlgorithms,
} from '../../src/simulator/verification/algorithms.js';

describe('the simulator accepts each algorithm that the token endpoint offers', () => {
  it('for signatures', () => {
    const accepted = [...publicKeyAlgorithms, ...secretAlgorithms];
    const refused = [...signingRequirements.keys()].filter((alg) => !accepted.includes(alg));
    assert.deepEqual(refused, []);
  });

  it('for encryption', () => {
    const refused = encryptionAlgorithms.filter((alg) => !keyManagementAlgorithms.includes(alg));
    assert.deepEqual(refused, []);
  });
});
