import type { KeyObject } from 'node:crypto';
import type { CompactJWSHeaderParameters, CryptoKey, FlattenedJWSInput } from 'jose';

/** Finds the key for a signature; rejects if there is none. */
export type KeyLookup = (
  header: CompactJWSHeaderParameters,
  input: FlattenedJWSInput,
) => Promise<CryptoKey | KeyObject | Uint8Array>;
