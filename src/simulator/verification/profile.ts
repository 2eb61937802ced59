import { fetchPublisher, whyUnanswered, type Asked } from './fetch-publisher.js';
import { isJsonObject, readJsonObject, type Json } from './token-format.js';
import { TokenFault } from './verdict.js';

/**
 * The participant's data: that of the token and, if the token contains an
 * access token, the answer of the publisher's web service.
 */
export async function readProfile(
  claims: Json,
  { profileUrl, closing }: { profileUrl: URL | null; closing: AbortSignal },
): Promise<Json> {
  const carried = isJsonObject(claims['form']) ? claims['form'] : null;
  const accessToken = claims['access_token'];
  if (accessToken === undefined) return carried ?? {};
  if (typeof accessToken !== 'string' || !/^[\x21-\x7e]+$/.test(accessToken)) {
    throw new TokenFault('UNKNOWN', '`access_token` is not valid in a header');
  }
  if (profileUrl !== null) {
    return { ...carried, ...(await callService(profileUrl, accessToken, closing)) };
  }
  if (carried !== null) return carried;
  throw new TokenFault('UNKNOWN', 'it contains `access_token`, but --profile-url is not set');
}

async function callService(url: URL, accessToken: string, closing: AbortSignal): Promise<Json> {
  const fault = (what: string) =>
    new TokenFault('UNKNOWN', `the profile request (--profile-url) ${what}`);
  const headers = { Accept: 'application/json', Authorization: `Bearer ${accessToken}` };
  let asked: Asked;
  try {
    asked = await fetchPublisher(url, headers, closing);
  } catch (error) {
    throw fault(`got nothing (${whyUnanswered(error)})`);
  }
  if (asked.status !== 200) throw fault(`was answered with status ${asked.status}`);
  const profile = readJsonObject(asked.text);
  if (profile === null) throw fault('was not answered with a JSON object');
  return profile;
}
