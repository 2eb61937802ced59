/** Curves of the keys that can be used, by their JWK names. */
export type Curve = 'P-256' | 'P-384' | 'P-521' | 'Ed25519' | 'X25519';

interface CurveFacts {
  /** In hexadecimal, as DER has it. */
  readonly objectId: string;
  /** Bytes of a coordinate and of a private key. */
  readonly bytes: number;
}

const curves: Readonly<Record<Curve, CurveFacts>> = {
  'P-256': { objectId: '2a8648ce3d030107', bytes: 32 },
  'P-384': { objectId: '2b81040022', bytes: 48 },
  'P-521': { objectId: '2b81040023', bytes: 66 },
  Ed25519: { objectId: '2b6570', bytes: 32 },
  X25519: { objectId: '2b656e', bytes: 32 },
};

/** By object identifier. The first three are not supported, but messages can name them. */
export const curveNames: ReadonlyMap<string, string> = new Map([
  ['2b8104000a', 'secp256k1'],
  ['2b6571', 'Ed448'],
  ['2b656f', 'X448'],
  ...Object.entries(curves).map(([name, { objectId }]) => [objectId, name] as const),
]);

/** By curve. */
export const coordinateBytes: ReadonlyMap<string, number> = new Map(
  Object.entries(curves).map(([name, { bytes }]) => [name, bytes]),
);
