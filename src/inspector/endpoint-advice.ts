import type { Found } from '../token/answer-kind.js';

/** What to do about each answer without a token; code is in backticks. */
export const answerAdvice: Readonly<Record<Found, string>> = {
  'more than 64 KiB': 'Answer with the token alone, not with a page or a list of data.',
  'an empty body':
    'Write `{"token": "<JWT>"}` into the answer; for a signed-out participant, answer 401 or 204.',
  'bytes that are not UTF-8':
    'Answer in UTF-8, and compress once: if a proxy compresses, the endpoint must not.',
  'an HTML page':
    'Look at the answer in the network panel of your browser’s developer tools. If it is a login page, answer 401 instead of that page. If it is your site’s front page or an error page, correct `auth-endpoint`: another route answered.',
  'XML or source code': 'Have the server run the endpoint instead of sending its file.',
  'text before its JSON':
    'Print nothing before the JSON: turn `display_errors` off, and remove guards and callbacks.',
  'text after its JSON':
    'Print nothing after the JSON: end the script there (`exit`, in WordPress `wp_die` or `wp_send_json`).',
  'broken JSON': 'Write it with your language’s JSON function, such as `json_encode`.',
  'no JSON': 'Answer `{"token": "<JWT>"}`.',
  null: 'For a signed-out participant, answer 401, 204 or `{"token": null}`.',
  'a list': 'Answer an object, `{"token": "<JWT>"}`.',
  'a string': 'Answer an object, `{"token": "<JWT>"}`, or a whole JWT.',
  'a number': 'Answer an object, `{"token": "<JWT>"}`.',
  'a boolean': 'Answer an object, `{"token": "<JWT>"}`.',
  'a non-string "token"': 'Make `token` the JWT in compact form, as text.',
  'JSON without "token"':
    'Call its member `token`. If the answer says what went wrong, give it an error status; for a signed-out participant, 401.',
  'invalid "hosts"': 'Make `hosts` a list, such as `["jeux.publisher.com"]`, or leave it out.',
  ...renamed('Token', 'jwt', 'JWT', 'access_token', 'accessToken', 'id_token', 'idToken'),
  ...unwrapped('data', 'result'),
};

function renamed<Name extends string>(
  ...names: readonly Name[]
): Record<`its token as "${Name}"`, string> {
  const entries = names.map((name) => [
    `its token as "${name}"`,
    `Rename the member \`${name}\` to \`token\`.`,
  ]);
  return Object.fromEntries(entries) as Record<`its token as "${Name}"`, string>;
}

function unwrapped<Name extends string>(
  ...names: readonly Name[]
): Record<`its token in "${Name}"`, string> {
  const entries = names.map((name) => [
    `its token in "${name}"`,
    `Put \`token\` at the top of the JSON, not inside \`${name}\`.`,
  ]);
  return Object.fromEntries(entries) as Record<`its token in "${Name}"`, string>;
}

/** What to do about an error status; code is in backticks. */
export function statusAdvice(status: number, number: string): string {
  switch (status) {
    case 400:
    case 422:
      return `The endpoint did not accept the request: it must receive \`campaignId=${number}\` in the query, and must ignore \`_\`. If a proxy or a CDN removes parameters from the query, have it pass on the whole query. With \`qualifio-campaign/server\`, set \`onError\` and print its \`reason\`.`;
    case 403:
      return 'If the participant is signed out, answer 401, 204 or `{"token": null}` instead. If not, something refuses the request: a check against cross-site requests, a firewall, a rule for who may call it, or a proxy that removes `Origin`, `Sec-Fetch-*` or `X-Requested-With`. Allow `GET` with the participant’s cookies from this page. With `qualifio-campaign/server`, check `origin` and `allowedOrigins`.';
    case 404:
    case 410:
      return `Look at the answer in the network panel of your browser’s developer tools. If it is your server’s page for unknown addresses, correct \`auth-endpoint\`. If not, the endpoint does not know campaign ${number}: correct \`campaign-id\`, or add the number to the endpoint’s campaigns.`;
    case 405:
    case 501:
      return 'Have the endpoint answer `GET`.';
    case 429:
      return 'The endpoint, or a proxy in front of it, limits requests: allow one for each participant who reaches the form.';
    default:
      return status >= 500
        ? 'See the log of the endpoint’s server. With `qualifio-campaign/server`, set `onError` and print its `reason`.'
        : 'Answer 200 with a token, or 401 for a signed-out participant.';
  }
}
