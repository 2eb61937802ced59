import { checkField, grammar, type CheckedField } from '../config/field-grammar.js';
import { parseJson, unreadable } from './answer-kind.js';
import { answered, isRedirect, readText } from './endpoint-answer.js';
import { askEndpoint, uniqueText } from './endpoint-request.js';
import { configError, QualifioError, tokenError } from '../errors.js';
import type { SignedOutCause } from '../events.js';
import { ownField } from '../config/own-field.js';

/** The endpoint's values for a campaign, instead of a pasted tag. A missing value is empty or absent. */
export interface EndpointTag {
  channelId: string;
  host: string;
  width: string;
  height: string;
  frameStyle?: string | undefined;
  /** The campaign's technical ID, which a token's `campaignId` claim names. */
  tokenCampaignId: string;
}

/**
 * Requests a campaign's channel and host from the publisher's endpoint, for an element that has
 * neither. A request to another origin is sent without the participant's cookies. Retries as for a
 * token, until `deadline`.
 *
 * @param campaignId the tag number.
 * @param deadline time by `performance.now()` after which nothing is retried.
 * @param isAgain bypasses the cache: the last start may have failed because of a cached answer.
 * @throws {QualifioError} `CONFIG_INVALID` for every answer except a tag, naming the attributes and what the endpoint answered; `ENDPOINT_UNREACHABLE`.
 * @throws the reason of `signal` when that is aborted.
 */
export async function requestTag(
  endpoint: URL,
  campaignId: string,
  deadline: number,
  signal: AbortSignal,
  isAgain = false,
): Promise<EndpointTag> {
  const url = new URL(endpoint);
  url.searchParams.set('campaignId', campaignId);
  url.searchParams.set('part', 'tag');
  // A service worker does not see that the cache is bypassed.
  if (isAgain) url.searchParams.set('_', uniqueText());
  try {
    return await askEndpoint({
      url: () => url,
      init: { credentials: 'same-origin', cache: isAgain ? 'reload' : 'default' },
      signal,
      deadline,
      read: readTag,
    });
  } catch (error) {
    if (!(error instanceof QualifioError)) throw error;
    const { code, httpStatus, message, cause } = error;
    if (code === 'ENDPOINT_FAILED') throw noTag(String(httpStatus), httpStatus);
    if (code !== 'ENDPOINT_UNREACHABLE') throw error;
    // No frame waits for an answer yet, so resume() does not help.
    throw tokenError(code, `${message} ${tagRemedy}`, { cause });
  }
}

async function readTag(response: Response): Promise<EndpointTag> {
  if (isRedirect(response)) {
    throw noTag('with a redirect (is auth-endpoint its final URL?)', undefined, 'redirect');
  }
  const { status } = response;
  if (status !== 200) throw noTag(answered(response), status);
  const text = await readText(response, () => noTag('more than 64 KiB'));
  const answer = parseJson(text);
  if (answer === undefined) throw noTag(`${answered(response)} with ${unreadable(text)}, not JSON`);
  const tag = ownField(answer, 'tag');
  if (typeof tag !== 'object' || tag === null) throw noTag('JSON without a "tag"');
  const read = (field: CheckedField, isRequired = false): string => {
    const value = ownField(tag, field) ?? '';
    if (value === '' && !isRequired) return '';
    try {
      // No field accepts "<".
      return checkField(field, /^(string|number)$/.test(typeof value) ? value : '<', field);
    } catch {
      throw noTag(`no usable "${field}" (it must be ${grammar[field][1]})`);
    }
  };
  return {
    channelId: read('channelId', true),
    host: read('host', true),
    width: read('width'),
    height: read('height'),
    // An empty style is not a missing one.
    frameStyle: (ownField(tag, 'frameStyle') ?? null) === null ? undefined : read('frameStyle'),
    tokenCampaignId: read('tokenCampaignId'),
  };
}

/** How to start a campaign that has neither channel nor host. */
export const tagRemedy = 'Set channel-id and host, or have the endpoint answer part=tag.';

/** @param answered what the endpoint answered instead of a tag, without any text from the body. */
function noTag(answered: string, httpStatus?: number, cause?: SignedOutCause): QualifioError {
  const message = `The token endpoint answered ${answered}. ${tagRemedy}`;
  return configError('CONFIG_INVALID', message, { httpStatus, cause });
}
