import type { KitSettings } from './element-settings.js';
import { requestTag, tagRemedy, type EndpointTag } from '../token/endpoint-tag.js';
import { kitError, type QualifioError } from '../errors.js';
import { loadKit } from '../page/kit.js';

/**
 * Requests a campaign's tag from the endpoint while the kit loads. Returns the tag, or fails with
 * the first failure.
 *
 * @param isAgain whether this campaign was started before: a cached answer may be what failed.
 * @param onLate called with `KIT_TIMEOUT` if there is no tag within `kit-timeout`; a later tag is still returned.
 * @throws {QualifioError} as {@link requestTag} and {@link loadKit}.
 * @throws the reason of `signal` when that is aborted.
 */
export async function askForTagBesideKit(
  endpoint: URL,
  campaignId: string,
  { url, nonce, timeout, deadline }: KitSettings,
  signal: AbortSignal,
  isAgain: boolean,
  onLate: (error: QualifioError) => void,
): Promise<EndpointTag> {
  const timer = setTimeout(() => {
    const message = `The token endpoint sent no tag within ${timeout} ms (kit-timeout). ${tagRemedy}`;
    onLate(kitError('KIT_TIMEOUT', message));
  }, timeout);
  signal.addEventListener('abort', () => clearTimeout(timer));
  const kitFails = new Promise<never>(
    (_, reject) => void loadKit(url, nonce, signal).catch(reject),
  );
  try {
    return await Promise.race([
      requestTag(endpoint, campaignId, deadline, signal, isAgain),
      kitFails,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
