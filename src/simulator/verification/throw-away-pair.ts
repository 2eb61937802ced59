import { randomUUID } from 'node:crypto';
import { SignJWT, exportJWK, generateKeyPair, type JSONWebKeySet } from 'jose';

/** A key pair for first steps. It exists as long as the simulator, and nothing else trusts it. */
export interface ThrowAwayPair {
  jwks(): Promise<JSONWebKeySet>;
  /** A token that the simulator accepts for five minutes, for an invented participant. */
  mint(campaignId: string): Promise<string>;
}

const alg = 'ES256';
const lifetime = 300;

export function throwAwayPair(): ThrowAwayPair {
  const kid = `throw-away-${randomUUID().slice(0, 8)}`;
  let made: ReturnType<typeof generateKeyPair> | undefined;
  const pair = () => (made ??= generateKeyPair(alg));
  return {
    async jwks() {
      const { publicKey } = await pair();
      return { keys: [{ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }] };
    },
    async mint(campaignId) {
      const { privateKey } = await pair();
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({
        campaignId,
        form: { email: 'camille.martin@example.com', firstname: 'Camille', lastname: 'Martin' },
      })
        .setProtectedHeader({ alg, kid, typ: 'JWT' })
        .setIssuer('qualifio-simulator')
        .setSubject('first-steps')
        .setJti(randomUUID())
        .setIssuedAt(now)
        .setNotBefore(now - 120)
        .setExpirationTime(now + lifetime)
        .sign(privateKey);
    },
  };
}
