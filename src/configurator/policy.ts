import type { CampaignSettings } from './campaign-settings.js';
import { withOwnValues } from './example-values.js';
import type { Output } from './output.js';
import { cdnUrl, type Release, type ScriptSource } from './markup.js';
import { exampleNonce, type PolicyName } from './policy-names.js';

/** The header of a policy of docs/csp.md, with the publisher's hosts. */
export function policyOutput(
  settings: CampaignSettings,
  policy: PolicyName,
  { docs, release, source }: { docs: Readonly<Record<string, string>> } & ScriptUse,
): Output {
  const [header = ''] = (docs[`examples/csp/${policy}.http`] ?? '').split('\n');
  const { authEndpoint, pageUrl } = settings.options;
  const endpoint = new URL(authEndpoint, pageUrl).origin;
  const others: Readonly<Record<string, string>> = {
    'script-src': source === 'cdn' && header.includes("script-src 'self'") ? cdnUrl(release) : '',
    'connect-src': endpoint === settings.pageOrigin ? '' : endpoint,
  };
  const code = Object.entries(others)
    .filter(([, value]) => value !== '')
    .reduce(
      (text, [directive, value]) =>
        text.replace(`${directive} 'self'`, `${directive} 'self' ${value}`),
      withOwnValues(header, settings).replaceAll('sha384-HASH', release.integrity),
    );
  return { name: 'Response header of the page', code, note: notes[policy] };
}

interface ScriptUse {
  readonly release: Release;
  readonly source: ScriptSource;
}

const notes: Readonly<Record<PolicyName, string>> = {
  'host-list': 'Add the directives that the rest of your page needs.',
  nonce: `Replace ${exampleNonce} by a new nonce of 128 random bits for each response, here and in the HTML.`,
  'strict-dynamic': `Replace ${exampleNonce} by a new nonce of 128 random bits for each response, here and in the HTML.`,
  hash: 'The hash is that of this version’s CDN file. Change it with each update.',
  'trusted-types': 'Add the directives that the rest of your page needs.',
};
