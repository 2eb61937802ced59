/** A row of the table: `F` fails, `W` warns. */
export type Row = readonly [id: string, level: 'F' | 'W' | 'FW', right: string, fix: string];

/** The checks of a page: itself, its policy, its hosts. */
export const pageRows: readonly Row[] = [
  // The page
  [
    'page-element',
    'FW',
    'The page has a readable `<qualifio-campaign>`, pasted tag, or `<qualifio-sign-in>`.',
    'Put the element into the HTML that the server sends. If script builds it, give `--endpoint` and `--campaign`.',
  ],
  [
    'page-attributes',
    'F',
    'Every attribute of the element is valid.',
    'Correct the attribute; see the table of attributes in docs/reference.md.',
  ],
  [
    'page-allowed-hosts',
    'F',
    'If the library’s script tag has `data-allowed-hosts`, it names the campaign’s host.',
    'Add the campaign’s host to `data-allowed-hosts`; hosts are compared as a whole, with the port.',
  ],
  ['page-misspelt', 'W', 'No attribute looks misspelt.', 'Correct the name of the attribute.'],
  [
    'page-duplicate',
    'F',
    'No campaign is on the page twice, and there is at most one `<qualifio-sign-in>`.',
    'Remove one of them.',
  ],
  [
    'page-kit',
    'W',
    'The page loads Qualifio’s kit at most once.',
    'Remove the other script: `<qualifio-campaign>` loads the kit itself.',
  ],
  [
    'page-height',
    'W',
    'The page reserves the height of the campaign.',
    'Add `<style>qualifio-campaign{display:block;min-height:1200px}</style>` with your campaign’s height.',
  ],
  [
    'page-integrity',
    'F',
    'Browsers run the file of the library’s script tag, and `integrity` matches it.',
    'If `integrity` does not match, copy only its value, from the README.md of the file’s version. If the file is on your own server, you can also remove `integrity`.',
  ],
  [
    'page-coep',
    'F',
    'The page has no `Cross-Origin-Embedder-Policy` that blocks the campaign’s frame.',
    'Remove the header, or send `unsafe-none`, on pages with a campaign.',
  ],
  // Content-Security-Policy
  [
    'policy-present',
    'W',
    'The page has a `Content-Security-Policy`.',
    'Start with a policy of docs/csp.md.',
  ],
  [
    'policy-kit',
    'F',
    'The policy lets the library and Qualifio’s kit run.',
    'Add the URL to `script-src`, or use a nonce; see docs/csp.md.',
  ],
  [
    'policy-frame',
    'F',
    'The policy allows the campaign’s frame.',
    'Add the origin of the campaign’s host to `frame-src`. If the page has several policies, each of them must allow it.',
  ],
  [
    'policy-endpoint',
    'F',
    'The policy allows requests to the token endpoint.',
    "Add the endpoint’s origin to `connect-src`; `'self'` if it is the page’s own.",
  ],
  [
    'policy-trusted-types',
    'F',
    'Trusted Types do not block the kit’s script.',
    'Add `qualifio-campaign` to `trusted-types`.',
  ],
  [
    'policy-frame-src',
    'W',
    'The policy limits where frames come from.',
    'Add `frame-src https://` and your campaign’s host: it also prevents the frame from navigating elsewhere.',
  ],
  [
    'policy-base-uri',
    'W',
    'The policy has `base-uri`.',
    "Add `base-uri 'none'`: an injected `<base>` cannot change the page’s URLs.",
  ],
  [
    'policy-frame-ancestors',
    'W',
    'The policy has `frame-ancestors`, in the header.',
    "Add `frame-ancestors 'none'`, or the origins that embed your page, to the header.",
  ],
  // Hosts
  [
    'host-resolves',
    'F',
    'Each host has an address in the DNS.',
    'Correct the name, or create its DNS record: for a campaign’s host, a CNAME to the name that Qualifio gives you.',
  ],
  [
    'host-https',
    'F',
    'Each server uses https, or is on a loopback host.',
    'Serve it over https: the session and the token can be read on the way.',
  ],
  [
    'host-certificate',
    'F',
    'The certificate of each host is valid and names the host.',
    'Install a certificate for this name, with its intermediate certificates. For a campaign’s host, ask Qualifio.',
  ],
  [
    'host-kit',
    'F',
    'The kit’s URL answers with a script.',
    'Correct `data-kit-url`, or remove it to use Qualifio’s own kit.',
  ],
  [
    'host-site',
    'W',
    'The campaign’s host is on the same site as the page.',
    'Use a CNAME under the page’s own domain, such as `jeux.publisher.com`: Qualifio’s messages need it.',
  ],
  [
    'host-vendor',
    'W',
    'The campaign’s host is not a bare host of Qualifio.',
    'Use a CNAME under the page’s own domain, such as `jeux.publisher.com`: Qualifio’s messages need it.',
  ],
];
