// Mistakes in a page, its tag or its policy, and how a reader follows what the page says about each.
import { vendorTag } from '../../support/publisher-site.js';
import type { Case, Publisher, Step, Workshop } from '../../support/advice/workshop.js';

/** A wrong attribute, and the words that say what it must be. */
function attribute(name: string, wrong: string, right: string | undefined, words: RegExp): Case {
  return {
    fault: ({ attributes }) => (attributes[name] = wrong),
    steps: [[words, ({ attributes }) => (attributes[name] = right)]],
  };
}

/** Script of the page that does harm, and is removed, or replaced by `right`. */
function code(wrong: string, words: RegExp, right = '', kit = ''): Case {
  return {
    fault: (site) => Object.assign(site, { code: wrong, kit }),
    steps: [[words, (site) => (site.code = right)]],
  };
}

/** A Content-Security-Policy, and the words that name what to add. */
function policy(content: string, words: RegExp, more?: (site: Publisher) => void): Case {
  const name = 'Content-Security-Policy';
  return {
    fault: (site) => {
      site.pageHeaders[name] = content;
      more?.(site);
    },
    steps: [
      [
        words,
        ({ pageHeaders }, { codes }) => {
          for (const found of codes) {
            const [directive, value] = found.split(/ (.*)/) as [string, string];
            pageHeaders[name] = pageHeaders[name]!.replace(
              new RegExp(`(?<![\\w-])${directive} `),
              `$&${value} `,
            );
          }
        },
      ],
    ],
  };
}

/** How the kit behaves until the page is corrected: a network filter, an outage, another script. */
function kit(knobs: string, words: RegExp): Case {
  return {
    fault: (site) => {
      site.kit = knobs;
      site.attributes['kit-timeout'] = '400';
    },
    steps: [
      [
        words,
        (site) => {
          site.kit = '';
          site.attributes['kit-timeout'] = undefined;
        },
      ],
    ],
  };
}

/** A pasted tag that an editor or a person has changed. */
function pasted(change: (tag: string) => string, words: RegExp): (host: string) => Case {
  return (host) => {
    const inside = (tag: string): string => `<template>${tag}</template>`;
    return {
      fault: (site) => {
        for (const name of ['campaign-id', 'channel-id', 'host']) delete site.attributes[name];
        site.inside = inside(change(vendorTag(host)));
      },
      steps: [[words, (site) => (site.inside = inside(vendorTag(host)))]],
    };
  };
}

const setAttributesInstead =
  (host: string): Step[1] =>
  ({ attributes }) =>
    Object.assign(attributes, {
      ...{ 'campaign-id': '123456', host, 'channel-id': 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6' },
    });

const pastedTags = {
  nothing: pasted(() => ' ', /not 0: it is empty/),
  'half of a tag': pasted((tag) => tag.slice(0, tag.indexOf("'100%'")), /it is cut off/),
  'a tag in a comment': pasted(
    (tag) => tag.replace('<script>', '<script>/*').replace('</script>', '*/</script>'),
    /it is in a comment/,
  ),
  'a tag for another command': pasted(
    (tag) => tag.replace('createIframe', 'setMetaData'),
    /it calls something else/,
  ),
  'the iframe of a campaign': pasted(
    () => '<iframe src="https://jeux.publisher.com/20/"></iframe>',
    /it is the iframe, not the JS tag/,
  ),
  'a link': pasted(() => '<a href="/">Play</a>', /it is not a JS tag/),
  'two tags': pasted((tag) => tag + tag, /not 2: paste one tag into each element/),
  'a tag with an address as host': pasted(
    (tag) => tag.replace(/(place_123456', ')/, '$1https://'),
    /The pasted tag's host must be a bare hostname, not "https:/,
  ),
  'a tag whose numbers differ': pasted(
    (tag) => tag.replace('place_123456"', 'place_123457"'),
    /campaignId must be the digits .* "123457, and qualifio_insert_place_123456"/,
  ),
};

const nonces = "script-src 'self' 'nonce-bjE'";

export function pageCases(workshop: Workshop): Record<string, Case> {
  const { host } = workshop;
  const named = 'qualifio123456';
  return {
    'a campaign-id with the div’s id': attribute(
      ...['campaign-id', 'qualifio_insert_place_123456', '123456'],
      /campaign-id must be the digits of qualifio_insert_place_<number>, not "qualifio_/,
    ),
    'a channel-id that is cut off': attribute(
      ...['channel-id', 'B7FDCFDA', 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6'],
      /channel-id must be a GUID, not "B7FDCFDA"/,
    ),
    'a host with a scheme': attribute(
      ...['host', `http://${host}/`, host],
      /host must be a bare hostname, not "http:/,
    ),
    'a width in em': attribute(
      ...['width', '50em', '50%'],
      /width must be pixels or a percentage, not "50em"/,
    ),
    'a frame-style with markup': attribute(
      ...['frame-style', 'color:<b>', 'color:red'],
      /frame-style must be CSS without <, > or ", not "color:<b>"/,
    ),
    'a token-campaign-id in words': attribute(
      ...['token-campaign-id', 'quiz', '98765'],
      /token-campaign-id must be the digits of the campaign’s technical ID, not "quiz"/,
    ),
    'an endpoint on http': attribute(
      ...['auth-endpoint', 'http://api.publisher.example/token', '/qualifio/token'],
      /auth-endpoint must be an https URL \(http on loopback\), not http:\/\/api\.publisher/,
    ),
    'an endpoint without a host': attribute(
      ...['auth-endpoint', 'https://', '/qualifio/token'],
      /auth-endpoint must be an https URL .* not an invalid URL/,
    ),
    'an endpoint with a password': attribute(
      ...['auth-endpoint', 'https://a:b@www.publisher.example/token', '/qualifio/token'],
      /auth-endpoint must be an https URL .* without user and password/,
    ),
    'no endpoint': attribute(
      ...['auth-endpoint', '', '/qualifio/token'],
      /auth-endpoint must be set, or tokenProvider/,
    ),
    'a login page on http': attribute(
      ...['login-url', 'http://login.publisher.example/', '/login'],
      /login-url must be an https URL/,
    ),
    'a misspelt loading': attribute(
      ...['loading', 'manuel', 'eager'],
      /loading must be eager or lazy or manual, not "manuel"/,
    ),
    'a misspelt pre-login': attribute(
      ...['pre-login', 'off', 'never'],
      /pre-login must be always or auto or never, not "off"/,
    ),
    'a timeout of 0': attribute(
      ...['token-timeout', '0', '5000'],
      /token-timeout must be milliseconds above 0, not 0/,
    ),
    'a relay of an own message': attribute(
      ...['relay', 'isLoggedIn', 'step'],
      /relay must be names other than "isLoggedIn"/,
    ),
    'a misspelt attribute': {
      fault: ({ attributes }) => (attributes['login_url'] = '/login'),
      steps: [
        [
          /unknown attribute: login_url \(did you mean login-url\?\)/,
          ({ attributes }) => delete attributes['login_url'],
        ],
      ],
    },
    'a <base> on another origin': {
      fault: (site) => (site.before = '<base href="http://other.localhost/">'),
      steps: [
        [
          /auth-endpoint must be absolute: <base> resolves it to http:\/\/other\.localhost/,
          ({ attributes }) => (attributes['auth-endpoint'] = workshop.url('/qualifio/token')),
        ],
        [
          /login-url must be absolute: <base> resolves it/,
          ({ attributes }) => (attributes['login-url'] = workshop.url('/login')),
        ],
      ],
    },
    ...Object.fromEntries(
      Object.entries(pastedTags).map(([name, of]) => [`${name} in the template`, of(host)]),
    ),
    'a tag without its script in the template': {
      fault: (site) => {
        for (const name of ['campaign-id', 'channel-id', 'host']) delete site.attributes[name];
        site.inside = '<template><div id="qualifio_insert_place_123456"></div></template>';
      },
      steps: [
        [
          /its script was removed\. Set campaign-id, channel-id and host in its place/,
          (site, advice) => {
            site.inside = '';
            setAttributesInstead(host)(site, advice);
          },
        ],
      ],
    },
    'an element that is self-closed': {
      fault: (site) => (site.end = '<p>Next</p>'),
      steps: [
        [
          /no slot and is not shown\. Close the element with <\/qualifio-campaign>/,
          (site) => (site.end = '</qualifio-campaign><p>Next</p>'),
        ],
      ],
    },
    'an unknown slot': {
      fault: (site) => (site.inside = '<p slot="loading">Wait</p>'),
      steps: [
        [
          /unknown slot loading; slots are placeholder, login, error/,
          (site) => (site.inside = '<p slot="placeholder">Wait</p>'),
        ],
      ],
    },
    'two elements for one campaign': {
      fault: (site) => (site.before = '<div id="qualifio_insert_place_123456"></div>'),
      steps: [
        [
          /Campaign 123456 is already on this page.*Remove one of the two/,
          (site) => (site.before = ''),
        ],
      ],
    },
    'an inspector for another element': {
      fault: (site) => (site.inspector = 'for="quiz"'),
      steps: [
        [
          /There is no <qualifio-campaign id="quiz"> on this page/,
          ({ attributes }) => (attributes['id'] = 'quiz'),
        ],
      ],
    },
    'an integrity that is of another file': {
      fault: ({ script, attributes }) => {
        script['integrity'] = `sha384-${'A'.repeat(64)}`;
        attributes['id'] = 'quiz';
      },
      steps: [
        [
          /<qualifio-campaign id="quiz"> is on this page, but its library has not run.*its integrity may not match/,
          ({ script }) => delete script['integrity'],
        ],
      ],
    },
    'a library that waits for a consent tool': {
      fault: ({ script }) => (script['type'] = 'text/plain'),
      steps: [
        [
          /its library has not run.*its type may keep browsers from running it/,
          ({ script }) => delete script['type'],
        ],
      ],
    },
    'load() on an element that is nowhere': code(
      `document.createElement('qualifio-campaign').load().catch(console.warn)`,
      /InvalidStateError: The element is not in a document/,
      'campaign.load()',
    ),

    // Trust.
    'a host that data-allowed-hosts does not list': {
      fault: ({ script }) => (script['data-allowed-hosts'] = 'games.publisher.com'),
      steps: [
        [
          /does not list the campaign’s host.* to data-allowed-hosts of the library’s script tag/,
          ({ script }) => (script['data-allowed-hosts'] += ` ${host}`),
        ],
      ],
    },
    'a host that allowedHosts does not list': code(
      `Campaign.allowedHosts = ['games.publisher.com']`,
      /does not list the campaign’s host.* to allowedHosts, which script of the page sets/,
      `Campaign.allowedHosts = ['games.publisher.com', '${host}']`,
    ),
    'addresses in data-allowed-hosts': {
      fault: ({ script }) => (script['data-allowed-hosts'] = `http://${host}`),
      steps: [
        [
          /data-allowed-hosts must be hosts separated by spaces, not "http:/,
          ({ script }) => (script['data-allowed-hosts'] = host),
        ],
      ],
    },
    'a text as allowedHosts': code(
      `Campaign.allowedHosts = '${host}'`,
      /allowedHosts must be a list of hosts, or null for any/,
      `Campaign.allowedHosts = ['${host}']`,
    ),
    'no list of hosts': {
      fault: () => {},
      steps: [
        [
          /Only markup decides which host receives tokens/,
          (site, { codes }) => (site.code = codes[0]!.replace('QualifioCampaign', 'Campaign')),
        ],
      ],
    },
    'a kit from another origin': {
      fault: ({ script }) => (script['data-kit-url'] = 'https://cdn.example/kit/qualp.2.min.js'),
      steps: [
        [
          /kitUrl must be https:\/\/files\.qualifio\.com\/kit\/qualp\.2\.min\.js or an address of this origin/,
          ({ script }) => delete script['data-kit-url'],
        ],
      ],
    },
    'a kit that is set late': code(
      `campaign.load().then(() => { Campaign.kitUrl = '/kit.js'; })`,
      /kitUrl is ignored: set it before the first campaign starts/,
    ),
    'two script tags that differ': {
      fault: (site) =>
        (site.before = `<script src="/qualifio-campaign.min.js" data-allowed-hosts="${host}"></script>`),
      steps: [
        [
          /Script tags of qualifio-campaign differ in data-kit-url or data-allowed-hosts/,
          (site) => (site.before = ''),
        ],
      ],
    },
    'a frame that leads to another host': {
      fault: (site) => {
        site.kit = 'target=any';
        site.attributes['host'] = new URL(workshop.url('/', 'quiz.publisher.localhost')).host;
        site.elsewhere = {};
        site.redirectTo = `http://${host}`;
      },
      steps: [
        [
          /ignored a message from http:.*see allowedHosts/,
          (site) => (site.script['data-allowed-hosts'] = `${site.attributes['host']} ${host}`),
        ],
      ],
    },

    // The policy of the page.
    'a script-src without the kit': policy(
      "script-src 'self' 'unsafe-inline'",
      /blocks Qualifio’s script, .*Add its origin: script-src http/,
    ),
    'a script-src with a nonce that nothing has': {
      fault: ({ pageHeaders }) => (pageHeaders['Content-Security-Policy'] = nonces),
      steps: [
        [
          /or set the page’s nonce on the element/,
          ({ attributes }) => (attributes['nonce'] = 'bjE'),
        ],
      ],
    },
    'a script-src with another nonce than the element': {
      fault: ({ pageHeaders, attributes }) => {
        pageHeaders['Content-Security-Policy'] = nonces;
        attributes['nonce'] = 'bjI';
      },
      steps: [
        [
          /set the nonce of this document on the element and on the library’s script tag/,
          ({ attributes, script }) => (attributes['nonce'] = script['nonce'] = 'bjE'),
        ],
      ],
    },
    'a frame-src without the campaign': policy(
      "frame-src 'self'",
      /blocks the campaign’s frame.*Add its origin: frame-src http/,
    ),
    'a connect-src without the endpoint': policy(
      "connect-src 'none'",
      /blocks the token endpoint.*Add its origin: connect-src http/,
    ),
    'Trusted Types without the policy': policy(
      "require-trusted-types-for 'script'; trusted-types lit-html 'allow-duplicates'",
      /does not allow the Trusted Types policy.*trusted-types qualifio-campaign/,
    ),
    'a policy with a sandbox that has no origin': {
      fault: ({ pageHeaders }) =>
        (pageHeaders['Content-Security-Policy'] = 'sandbox allow-scripts allow-forms'),
      steps: [
        [
          /no origin, because its Content-Security-Policy has sandbox.*Add allow-same-origin to sandbox/,
          ({ pageHeaders }, { codes }) => {
            const flag = codes.find((code) => code.startsWith('allow-'))!;
            pageHeaders['Content-Security-Policy'] += ` ${flag}`;
          },
        ],
      ],
    },
    'a policy without frame-src': {
      fault: () => {},
      steps: [
        [
          /has no frame-src to stop.*Send Content-Security-Policy: frame-src/,
          ({ pageHeaders }, { codes }) => {
            const [name, value] = codes.at(-1)!.split(': ') as [string, string];
            pageHeaders[name] = value;
          },
        ],
      ],
    },
    'a page that is cross-origin isolated': {
      fault: ({ pageHeaders }) =>
        Object.assign(pageHeaders, {
          'Cross-Origin-Opener-Policy': 'same-origin',
          'Cross-Origin-Embedder-Policy': 'credentialless',
        }),
      steps: [
        [
          /is cross-origin isolated.*Do not send this header/,
          ({ pageHeaders }) => delete pageHeaders['Cross-Origin-Embedder-Policy'],
        ],
      ],
    },

    // Kit and frame.
    'a kit that does not load': kit(
      'kit=404',
      /Qualifio’s script did not load.*Open this URL.*If it does not.*correct that address/,
    ),
    'a kit that does nothing': kit('kit=never', /No frame within 400 ms/),
    'a kit that makes no frame': kit('frame=none', /ran, but has not made the campaign’s frame/),
    'a host that does not exist': attribute(
      ...['host', 'jeux.publisher.invalid', host],
      /jeux\.publisher\.invalid does not answer.*Check host and its DNS record/,
    ),
    'a host on another site': attribute(
      ...['host', host.replace('jeux.publisher.localhost', '127.0.0.1'), host],
      /seems to be on another site.*requires a CNAME under your domain/,
    ),
    'a script that empties the queue': code(
      `campaign.load().then(() => { window._qual_async = []; })`,
      /Another script has replaced _qual_async.*window\._qual_async = window\._qual_async \|\| \[\]/,
      `campaign.load().then(() => { window._qual_async = window._qual_async || []; })`,
    ),
    'a script whose queue throws': code(
      `campaign.load().then(() => { window._qual_async = { push() { throw new Error('no'); } }; })`,
      /_qual_async throws.*Find the script/,
    ),
    'a script that removes the frame': code(
      `campaign.load().then(() => campaign.frame.remove())`,
      /Another script removed the frame.*Find that script/,
    ),
    'a script that moves the frame': code(
      `campaign.load().then(() => document.body.moveBefore(campaign.frame, null))`,
      /Another script removed the frame|The frame has left/,
    ),
    'a style that hides all frames': {
      fault: (site) => (site.before = '<style>iframe { display: none }</style>'),
      steps: [
        [
          /frame is not visible: the style display: none of iframe\S* hides it.*leave this one out/,
          (site, { codes }) => {
            const others = codes.find((code) => code.startsWith('iframe:not'));
            site.before = `<style>${others} { display: none }</style>`;
          },
        ],
      ],
    },
    'a style that hides what the campaign is in': {
      fault: (site) => {
        site.before = '<div class="game" style="opacity: 0">';
        site.end = '</qualifio-campaign></div>';
      },
      steps: [
        [
          /frame is not visible: the style opacity: 0 of div\.game hides it.*remove the style/,
          (site) => (site.before = '<div class="game">'),
        ],
      ],
    },
    'an element with the frame’s name': {
      fault: (site) => (site.before = `<a name="${named}"></a>`),
      steps: [[/Another element is named qualifio123456/, (site) => (site.before = '')]],
    },
    'a script that changes the frame’s host': {
      fault: (site) => {
        // Slow, so that the token arrives before the frame's next document.
        Object.assign(site, { redirectTo: `http://${host}`, redirectAfter: 3000 });
        site.code = `campaign.addEventListener('qualifio-status-change', ({ status }) => {
          if (status === 'authenticating') {
            campaign.frame.src = '${workshop.url('/20/', 'quiz.publisher.localhost')}';
          }
        })`;
      },
      steps: [[/The frame has left jeux\.publisher/, (site) => (site.code = '')]],
    },
    'an element with the div’s id': code(
      `campaign.load().then(() => {
        const other = Object.assign(document.createElement('p'), { id: 'qualifio_insert_place_123456' });
        document.body.prepend(other);
      })`,
      /Another element is named qualifio_insert_place_123456/,
    ),
    'another frame that sends messages': {
      fault: (site) => (site.kit = 'behaviour=spoofs'),
      steps: [
        [
          /Messages with this campaign’s id did not come from its frame.*find out which frame/,
          (site) => (site.kit = ''),
        ],
      ],
    },
    'a host that is slow': {
      fault: (site) => {
        const slow = new URL(workshop.url('/', 'quiz.publisher.localhost')).host;
        site.kit = 'target=any';
        site.script['data-allowed-hosts'] = `${slow} ${host}`;
        Object.assign(site.attributes, { host: slow, 'kit-timeout': '500' });
        Object.assign(site, { redirectTo: `http://${host}`, redirectAfter: 1500 });
      },
      steps: [
        [
          /frame has not loaded in time.*If it is slow, make kit-timeout longer/,
          ({ attributes }) => (attributes['kit-timeout'] = '5000'),
        ],
      ],
    },
    'the library as a module': {
      fault: ({ script }) => {
        script['type'] = 'module';
        script['data-allowed-hosts'] = host;
      },
      steps: [
        [
          /count only on the CDN file's classic script: set QualifioCampaign\.kitUrl and/,
          (site) => {
            site.script = { type: 'module', 'data-kit-url': undefined };
            site.code = `customElements.whenDefined('qualifio-campaign').then((Campaign) => {
              Campaign.kitUrl = 'http://${host}/kit/qualp.2.min.js';
              Campaign.allowedHosts = ['${host}'];
            })`;
          },
        ],
      ],
    },
  };
}
