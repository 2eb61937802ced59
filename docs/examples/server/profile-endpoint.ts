import { createProfileEndpoint, type ProfileEndpoint } from 'qualifio-campaign/server';

interface Grant {
  readonly userId: string;
  readonly email: string;
  readonly until: number;
}

/** Replace this with your authorization server's check of a token. */
const grants: ReadonlyMap<string, Grant> = new Map([
  ['example-access-token', { userId: '42', email: 'ada@example.com', until: 4_102_444_800_000 }],
]);

export const GET: ProfileEndpoint = createProfileEndpoint({
  participant: (accessToken) => {
    const grant = grants.get(accessToken);
    if (!grant || grant.until <= Date.now()) return null;
    return { sub: grant.userId, form: { email: grant.email } };
  },
  onError: (code) => console.warn(`qualifio profile: ${code}`),
});
