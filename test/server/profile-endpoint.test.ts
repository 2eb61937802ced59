import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  createProfileEndpoint,
  type ProfileEndpointOptions,
  type ProfileErrorCode,
} from '../../src/server/index.js';

const ACCESS_TOKEN = 'opaque.access-token~7+/=';
const PROFILE = 'https://www.publisher.com/profile';
const FORM = { email: 'ada@example.com', firstname: 'Ada', children: [{ age: 3 }] };

type Asked = readonly [url: string, headers: Record<string, string>, method?: string];

const bearer = { Authorization: `Bearer ${ACCESS_TOKEN}` };

/** An endpoint that knows one access token, and what it was asked and reported. */
function endpointWith(changes: Record<string, unknown> = {}) {
  const tokens: string[] = [];
  const errors: unknown[][] = [];
  const endpoint = createProfileEndpoint({
    participant: (accessToken: string) => {
      tokens.push(accessToken);
      return accessToken === ACCESS_TOKEN ? { sub: 'participant-1', form: FORM } : null;
    },
    onError: (...call: unknown[]) => void errors.push(call),
    ...changes,
  });
  const ask = (url = PROFILE, headers: Record<string, string> = bearer, method = 'GET') =>
    endpoint(new Request(url, { headers, method }));
  return { ask, tokens, errors };
}

describe('the profile endpoint', () => {
  it('answers with the form of the participant that the access token belongs to', async () => {
    const { ask, tokens, errors } = endpointWith();
    const response = await ask();
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), FORM);
    assert.deepEqual(Object.fromEntries(response.headers), {
      'cache-control': 'no-store',
      'content-type': 'application/json',
      'cross-origin-resource-policy': 'same-origin',
      vary: 'Authorization',
      'x-content-type-options': 'nosniff',
    });
    assert.deepEqual(tokens, [ACCESS_TOKEN]);
    assert.deepEqual(errors, []);
  });

  it('answers HEAD without a body, and {} for a participant without a form', async () => {
    const { ask } = endpointWith({ participant: async () => ({ sub: 'a' }) });
    assert.equal(await (await ask()).text(), '{}');
    const head = await ask(PROFILE, bearer, 'HEAD');
    assert.equal(head.status, 200);
    assert.equal(await head.text(), '');
  });

  it('gives the request to participant, and ignores cookies', async () => {
    let seen: Request | undefined;
    const { ask } = endpointWith({
      participant: (_token: string, request: Request) => {
        seen = request;
        return null;
      },
    });
    const cookie = { Cookie: `__Host-session=${ACCESS_TOKEN}` };
    assert.equal((await ask(`${PROFILE}?campaignId=98765`, { ...bearer, ...cookie })).status, 401);
    assert.equal(new URL(seen!.url).searchParams.get('campaignId'), '98765');
    const { ask: askAgain, tokens } = endpointWith();
    assert.equal((await askAgain(PROFILE, cookie)).status, 401);
    assert.deepEqual(tokens, []);
  });

  it('nests the form under field, and reads the access token from header', async () => {
    const { ask } = endpointWith({ field: 'form "1"' });
    assert.deepEqual(await (await ask()).json(), { 'form "1"': FORM });
    const other = endpointWith({ header: 'X-Access-Token' });
    for (const value of [ACCESS_TOKEN, `Bearer ${ACCESS_TOKEN}`]) {
      const response = await other.ask(PROFILE, { 'x-access-token': value });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('vary'), 'X-Access-Token');
    }
    assert.equal((await other.ask()).status, 401);
  });

  const refusals: readonly (readonly [string, number, ProfileErrorCode, Asked])[] = [
    ['POST', 405, 'METHOD_NOT_ALLOWED', [PROFILE, bearer, 'POST']],
    ['OPTIONS, so no page may ask', 405, 'METHOD_NOT_ALLOWED', [PROFILE, bearer, 'OPTIONS']],
    ['no header', 401, 'ACCESS_TOKEN_MISSING', [PROFILE, {}]],
    ['an empty header', 401, 'ACCESS_TOKEN_MISSING', [PROFILE, { Authorization: '' }]],
    ['no scheme', 401, 'ACCESS_TOKEN_MISSING', [PROFILE, { Authorization: ACCESS_TOKEN }]],
    ['another scheme', 401, 'ACCESS_TOKEN_MISSING', [PROFILE, { Authorization: 'Basic YTpi' }]],
    ['no token', 401, 'ACCESS_TOKEN_MISSING', [PROFILE, { Authorization: 'Bearer' }]],
    ['two tokens', 401, 'ACCESS_TOKEN_MISSING', [PROFILE, { Authorization: 'Bearer a, Bearer b' }]],
    [
      'a token of more than 8 KiB',
      401,
      'ACCESS_TOKEN_MISSING',
      [PROFILE, { Authorization: `Bearer ${'a'.repeat(8193)}` }],
    ],
    ['an unknown token', 401, 'ACCESS_TOKEN_REFUSED', [PROFILE, { Authorization: 'Bearer other' }]],
    ...[
      `access_token=${encodeURIComponent(ACCESS_TOKEN)}`,
      `a=1&Access-Token=x`,
      'accessToken=',
      'token=x',
      'jwt=x',
      'qual_token=x',
      `anything=${encodeURIComponent(ACCESS_TOKEN)}`,
    ].map(
      (query) =>
        [`?${query}`, 400, 'ACCESS_TOKEN_IN_QUERY', [`${PROFILE}?${query}`, bearer]] as const,
    ),
    ['a query token alone', 400, 'ACCESS_TOKEN_IN_QUERY', [`${PROFILE}?access_token=x`, {}]],
  ];
  const errorOf: Record<number, string> = {
    400: 'BAD_REQUEST',
    401: 'UNAUTHORIZED',
    405: 'METHOD_NOT_ALLOWED',
  };
  for (const [what, status, code, asked] of refusals) {
    it(`answers ${status} for ${what}`, async () => {
      const { ask, tokens, errors } = endpointWith();
      const response = await ask(...asked);
      assert.equal(response.status, status);
      assert.deepEqual(await response.json(), { error: errorOf[status] });
      assert.equal(response.headers.get('www-authenticate'), status === 401 ? 'Bearer' : null);
      assert.equal(response.headers.get('allow'), status === 405 ? 'GET, HEAD' : null);
      assert.equal(response.headers.get('cache-control'), 'no-store');
      assert.equal(response.headers.get('access-control-allow-origin'), null);
      assert.deepEqual(tokens, code === 'ACCESS_TOKEN_REFUSED' ? ['other'] : []);
      assert.equal(errors.length, 1);
      const [got, { milliseconds, ...rest }] = errors[0] as [string, { milliseconds: number }];
      assert.equal(got, code);
      assert.deepEqual(rest, { campaignId: null });
      assert.ok(milliseconds >= 0);
    });
  }

  it('sends no CORS headers to a page', async () => {
    const headers = { ...bearer, Origin: 'https://www.publisher.com' };
    const response = await endpointWith().ask(PROFILE, headers);
    assert.equal(response.status, 200);
    for (const [name] of response.headers) assert.doesNotMatch(name, /^access-control-/);
  });

  const cycle: Record<string, unknown> = {};
  cycle['canary'] = cycle;
  const failures: readonly (readonly [string, ProfileErrorCode, () => unknown])[] = [
    ['throws', 'PARTICIPANT_INVALID', () => Promise.reject(new Error('canary'))],
    ['returns no participant', 'PARTICIPANT_INVALID', () => 'canary'],
    ['returns no sub', 'PARTICIPANT_INVALID', () => ({ form: { canary: 1 } })],
    ['returns a list as form', 'PARTICIPANT_INVALID', () => ({ sub: 'a', form: ['canary'] })],
    ['returns a cycle', 'PROFILE_INVALID', () => ({ sub: 'a', form: cycle })],
    ['returns a bigint', 'PROFILE_INVALID', () => ({ sub: 'a', form: { canary: 1n } })],
    [
      'returns too much',
      'PROFILE_INVALID',
      () => ({ sub: 'a', form: { canary: 'é'.repeat(4090) } }),
    ],
    [
      'returns text as JSON',
      'PROFILE_INVALID',
      () => ({ sub: 'a', form: { toJSON: () => 'canary' } }),
    ],
  ];
  for (const [what, code, participant] of failures) {
    it(`answers 500 and reports only ${code} if participant ${what}`, async () => {
      const { ask, errors } = endpointWith({ participant });
      const response = await ask();
      assert.equal(response.status, 500);
      assert.deepEqual(await response.json(), { error: 'INTERNAL_ERROR' });
      assert.equal(errors[0]?.[0], code);
      assert.ok(!JSON.stringify(errors).includes('canary'));
      assert.ok(!JSON.stringify(errors).includes(ACCESS_TOKEN));
    });
  }

  it('ignores an onError that throws or rejects', async () => {
    for (const onError of [
      () => {
        throw new Error('a');
      },
      () => Promise.reject(new Error('a')),
    ]) {
      assert.equal((await endpointWith({ onError }).ask(PROFILE, {})).status, 401);
    }
  });

  it('throws a TypeError that names the option when it is created', () => {
    const participant = (): null => null;
    const wrong: readonly (readonly [string, unknown])[] = [
      ['options', undefined],
      ['options', []],
      ['participant', {}],
      ['participant', { participant: 'a' }],
      ['onError', { participant, onError: 1 }],
      ['fields', { participant, fields: 'form' }],
      ...['', 1, null, ['form']].map((field) => ['field', { participant, field }] as const),
      ...['', 'a b', 'X:', 'é', 1, null, 'Cookie', 'cookie'].map(
        (header) => ['header', { participant, header }] as const,
      ),
    ];
    for (const [option, options] of wrong) {
      assert.throws(
        () => createProfileEndpoint(options as ProfileEndpointOptions),
        (error: unknown) => error instanceof TypeError && error.message.startsWith(`${option}: `),
        `${option}: ${JSON.stringify(options)}`,
      );
    }
  });
});
