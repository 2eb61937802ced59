/** The policies of docs/csp.md, by their file in docs/examples/csp/. */
export const policies = {
  'host-list': 'List of hosts',
  nonce: 'Nonce',
  'strict-dynamic': 'Nonce and strict-dynamic',
  hash: 'Hash',
  'trusted-types': 'Trusted Types, nothing by default',
} as const;

export type PolicyName = keyof typeof policies;

/** The nonce of the examples in docs/csp.md. */
export const exampleNonce = 'cXVhbGlmaW8';
