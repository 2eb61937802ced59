import { isJsonObject } from './token-format.js';
import type { Json } from './token-format.js';
import { TokenFault } from './verdict.js';

const deadline = 5000;

/**
 * The participant's data: what the token carries, and where it carries an
 * access token, what the publisher's web service answers to it.
 */
export async function readProfile(claims: Json, profileUrl: URL | null): Promise<Json> {
  const carried = isJsonObject(claims['form']) ? claims['form'] : null;
  const accessToken = claims['access_token'];
  if (accessToken === undefined) return carried ?? {};
  if (typeof accessToken !== 'string' || !/^[\x21-\x7e]+$/.test(accessToken)) {
    throw new TokenFault('UNKNOWN', '`access_token` is not text that fits into a header');
  }
  if (profileUrl !== null) return { ...carried, ...(await callService(profileUrl, accessToken)) };
  if (carried !== null) return carried;
  throw new TokenFault(
    'UNKNOWN',
    'it carries `access_token`, and there is no --profile-url to call',
  );
}

async function callService(url: URL, accessToken: string): Promise<Json> {
  const fault = (reason: string) => new TokenFault('UNKNOWN', `the profile call ${reason}`);
  let response: Response;
  try {
    response = await fetch(url, {
      headers: { Accept: 'application/json', Authorization: `Bearer ${accessToken}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(deadline),
    });
  } catch {
    throw fault(`got no answer (deadline ${deadline / 1000} s)`);
  }
  if (response.status !== 200) throw fault(`was answered with status ${response.status}`);
  const profile: unknown = await response.json().catch(() => null);
  if (!isJsonObject(profile)) throw fault('was not answered with a JSON object');
  return profile;
}
