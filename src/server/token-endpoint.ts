import { refusal, respond, type Answer } from './answer.js';
import type { KnownCampaign } from './campaign.js';
import { createCampaignFinder } from './campaigns.js';
import { report } from './error-listener.js';
import { readRequest } from './input/web-request.js';
import {
  readAllowedOrigins,
  readFunction,
  readOptions,
  readOrigin,
  type TokenEndpointOptions,
} from './options.js';
import { participantThrew } from './participant.js';
import { readCampaignId, readIsTag, refuseCrossSite } from './request-guard.js';
import { TokenError } from './token-error.js';
import { createTokenMaker } from './token-maker.js';

/**
 * Answers one request. Rejects only with a `TypeError`, if the argument is not a web `Request`: the
 * message says what it is and what to pass, such as `event.request`.
 */
export type TokenEndpoint = (request: Request) => Promise<Response>;

/**
 * Makes the route for `auth-endpoint` of `<qualifio-campaign>`: it turns the publisher's session into a
 * short-lived signed token for one campaign.
 *
 * `GET ?campaignId=<id>`, where the id is the number in the JS tag, answers 200 `{"token", "hosts",
 * "expiresAt"}`, `expiresAt` in seconds since the epoch, or `{"error"}` with 400, 401, 403, 404, 405 or
 * 500. Only script of your own origin, or of an origin in `allowedOrigins`, gets an answer other than 403.
 *
 * `GET ?campaignId=<id>&part=tag` answers 200
 * `{"tag": {"channelId", "host", "width", "height", "frameStyle", "tokenCampaignId"}}`, without the
 * properties that `campaigns` does not have. It does not call `participant` or read cookies, and
 * may be cached for a minute.
 *
 * It has no state, so any number of copies may run. It does not manage sessions, set cookies, limit
 * rates, or remember which `jti` was used: the publisher and Qualifio do that.
 *
 * @throws {TypeError} immediately, naming the option, for every mistake that can be found in the options:
 * `campaigns`, `signing.alg`, `signing.key`, `encryption.enc`, `expiresIn`, `allowedOrigins`, …
 *
 * @example
 * ```ts
 * export const GET = createTokenEndpoint({
 *   campaigns: { '123456': { host: 'jeux.publisher.com', campaignId: '98765' } },
 *   signing: { alg: 'RS256', kid: '2026-11', key: process.env.QUALIFIO_PRIVATE_KEY },
 *   issuer: 'com.publisher',
 *   participant: async (request) => {
 *     const user = await session(request);
 *     return user && { sub: user.id, form: { email: user.email } };
 *   },
 * });
 * ```
 */
export function createTokenEndpoint(options: TokenEndpointOptions): TokenEndpoint {
  const given = readOptions(options);
  const onError = readFunction<NonNullable<TokenEndpointOptions['onError']>>(
    'onError',
    given['onError'],
    () => undefined,
  );
  const onIssued = readFunction<NonNullable<TokenEndpointOptions['onIssued']>>(
    'onIssued',
    given['onIssued'],
    () => undefined,
  );
  const findCampaign = createCampaignFinder(given['campaigns'], onError);
  const makeToken = createTokenMaker(given);
  const findParticipant = readFunction<TokenEndpointOptions['participant']>(
    'participant',
    given['participant'],
  );
  const allowedOrigins = readAllowedOrigins(given['allowedOrigins']);
  const ownOrigin =
    given['origin'] === undefined ? undefined : readOrigin('origin', given['origin']);

  async function decide(request: Request, progress: Progress): Promise<Answer> {
    const { method, headers } = request;
    if (method === 'OPTIONS') {
      if (!allowedOrigins.has(headers.get('origin') ?? '')) {
        throw new TokenError('ORIGIN_NOT_ALLOWED');
      }
      return { status: 204, body: null, isPublic: false };
    }
    if (method !== 'GET' && method !== 'HEAD') throw new TokenError('METHOD_NOT_ALLOWED');
    const url = readUrl(request);
    const own = ownOrigin ?? url.origin;
    refuseCrossSite(headers, (origin) => origin === own || allowedOrigins.has(origin));
    const tagNumber = readCampaignId(url.searchParams);
    progress.campaignId = tagNumber;
    const isTag = readIsTag(url.searchParams);
    const campaign = await findCampaign(tagNumber, request);
    if (isTag) return { status: 200, body: writeTag(campaign), isPublic: true };
    const participant = await askForParticipant(findParticipant, request);
    const { token, expiresAt } = await makeToken(campaign.campaignId, participant);
    const body = JSON.stringify({ token, hosts: campaign.hosts, expiresAt });
    if (method === 'GET') void report(onIssued, tagNumber, { milliseconds: progress.passed() });
    return { status: 200, body, isPublic: false };
  }

  return async (argument) => {
    const request = readRequest(argument);
    const origin = request.headers.get('origin');
    const listedOrigin = origin !== null && allowedOrigins.has(origin) ? origin : null;
    const begin = performance.now();
    const progress: Progress = { campaignId: null, passed: () => performance.now() - begin };
    let answer: Answer;
    try {
      answer = await decide(request, progress);
    } catch (error) {
      const code = error instanceof TokenError ? error.code : 'SIGNING_FAILED';
      answer = refusal(code);
      if (code !== 'SIGNED_OUT') {
        void report(onError, code, {
          campaignId: progress.campaignId,
          milliseconds: progress.passed(),
          ...(error instanceof TokenError && error.reason && { reason: error.reason }),
        });
      }
    }
    return respond(answer, request.method, listedOrigin);
  };
}

interface Progress {
  campaignId: string | null;
  /** Milliseconds since the request came; not from `clock`, which tests may stop. */
  readonly passed: () => number;
}

/** Some hosts build the URL from the `Host` header without checking it. */
function readUrl({ url }: Request): URL {
  if (URL.canParse(url)) return new URL(url);
  throw new TokenError('CAMPAIGN_ID_INVALID');
}

/** What the element needs instead of the pasted tag. */
function writeTag({ hosts, campaignId, channelId, ...frame }: KnownCampaign): string {
  if (channelId === undefined) throw new TokenError('TAG_UNKNOWN');
  const { width, height, frameStyle } = frame;
  const tag = { channelId, host: hosts[0], width, height, frameStyle, tokenCampaignId: campaignId };
  return JSON.stringify({ tag });
}

async function askForParticipant(
  findParticipant: TokenEndpointOptions['participant'],
  request: Request,
): Promise<unknown> {
  let participant: unknown;
  try {
    participant = await findParticipant(request);
  } catch {
    // The publisher's error may quote the session, so it is not passed on.
    throw new TokenError('PARTICIPANT_INVALID', participantThrew);
  }
  if (participant === null || participant === undefined) throw new TokenError('SIGNED_OUT');
  return participant;
}
