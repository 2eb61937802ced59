// @ts-check

/**
 * @typedef {object} DemoPage
 * @property {string} path
 * @property {string} [file] in pages/; without it, page-routes.js makes the page
 * @property {string} title
 * @property {string} summary what a visitor sees
 * @property {string} shows the attribute, property or function that the page is about
 * @property {readonly string[]} [sources] files in public/ that belong to this page alone
 */

/**
 * The demo's pages in reading order.
 *
 * @type {readonly { title: string, intro: string, pages: readonly DemoPage[] }[]}
 */
export const pageGroups = [
  {
    title: 'Put a campaign on a page',
    intro: 'From two attributes to the tag that Qualifio Manager gives you.',
    pages: [
      {
        path: '/two-attributes',
        file: 'two-attributes.html',
        title: 'Two attributes',
        summary: 'The tag number and the token endpoint, which has the other values.',
        shows: 'campaign-id auth-endpoint',
      },
      {
        path: '/attributes',
        file: 'attributes.html',
        title: 'Plain attributes',
        summary: 'The campaign as six HTML attributes, with the built-in login panel.',
        shows: 'channel-id host login-url',
      },
      {
        path: '/pasted-tag',
        file: 'pasted-tag.html',
        title: 'Pasted tag',
        summary: 'The tag from Qualifio Manager in a template, read and never executed.',
        shows: '<template>',
      },
      {
        path: '/sign-in',
        file: 'sign-in.html',
        title: 'Tags as they are',
        summary: 'Two JS tags that run unchanged; one line in the layout adds the login to both.',
        shows: '<qualifio-sign-in>',
        sources: ['names.js'],
      },
      {
        path: '/feed',
        file: 'feed.html',
        title: 'Campaign feed',
        summary: 'The endpoint reads Qualifio’s feed: a new campaign needs no new configuration.',
        shows: 'createCampaignFeed()',
      },
      {
        path: '/configurator',
        file: 'configurator.html',
        title: 'Configurator',
        summary: 'Paste a tag: you get markup, policy, token endpoint and the check.',
        shows: 'your own tag',
      },
    ],
  },
  {
    title: 'Log in',
    intro:
      'Log out, if you are logged in, to see who is asked, where, and what happens to the answers.',
    pages: [
      {
        path: '/login-redirect',
        file: 'login-redirect.html',
        title: 'Login with redirects',
        summary: 'Single sign-on on another origin replaces the page, and leads back to it.',
        shows: 'login-target="self"',
      },
      {
        path: '/login-window',
        file: 'login-window.html',
        title: 'Login window',
        summary: 'The same single sign-on in a window: the campaign waits, answers and all.',
        shows: 'login-target="window"',
      },
      {
        path: '/popin',
        file: 'popin.html',
        title: 'Login popin',
        summary: 'The page answers qualifio-login-required with its own dialog.',
        shows: 'waitUntil()',
        sources: ['popin.js'],
      },
      {
        path: '/login-slot',
        file: 'login-slot.html',
        title: 'Login form',
        summary: 'The publisher’s form in the element’s login slot.',
        shows: 'slot="login"',
        sources: ['login-forms.js'],
      },
    ],
  },
  {
    title: 'The token',
    intro: 'What your server signs, and when the page asks for it.',
    pages: [
      {
        path: '/encrypted',
        file: 'encrypted.html',
        title: 'Encrypted token',
        summary: 'The token is signed, then encrypted for Qualifio (JWE).',
        shows: 'encryption',
      },
      {
        path: '/profile-call',
        file: 'profile-call.html',
        title: 'Access token',
        summary: 'The token contains no personal data; Qualifio fetches the profile.',
        shows: 'accessToken',
      },
      {
        path: '/prefetch',
        file: 'prefetch.html',
        title: 'Token in advance',
        summary: 'The endpoint is asked before the campaign does, so that the form opens at once.',
        shows: 'prefetch-token',
      },
    ],
  },
  {
    title: 'In your page',
    intro: 'With your design, your consent tool, your router and your components.',
    pages: [
      {
        path: '/styling',
        file: 'styling.html',
        title: 'Your design',
        summary: 'The panel in the colors, the font and the corners of the page.',
        shows: '--qualifio-accent ::part()',
        sources: ['styling.css'],
      },
      {
        path: '/three',
        file: 'three.html',
        title: 'Three campaigns',
        summary: 'Three elements on one page, one kit, no crossed messages.',
        shows: 'divId',
        sources: ['names.js'],
      },
      {
        path: '/consent',
        file: 'consent.html',
        title: 'Consent and lazy loading',
        summary:
          'Nothing is requested from Qualifio before a click, or before the element is near.',
        shows: 'loading="manual"',
        sources: ['page-actions.js'],
      },
      {
        path: '/shadow-root',
        file: 'shadow-root.html',
        title: 'Inside a component',
        summary: 'The element in the shadow root of another component.',
        shows: 'attachShadow()',
        sources: ['lantern-game.js'],
      },
      {
        path: '/routing',
        file: 'routing.html',
        title: 'Client-side router',
        summary: 'Views come and go without a reload, and the campaign with them.',
        shows: 'history.pushState()',
        sources: ['router.js'],
      },
      {
        path: '/ended',
        file: 'ended.html',
        title: 'A campaign that has ended',
        summary: 'What the participant sees when the contest is over, and what the page receives.',
        shows: 'qualifio-ready',
      },
    ],
  },
  {
    title: 'When something goes wrong',
    intro: 'What participants see, what the page hears, and how to find the cause.',
    pages: [
      {
        path: '/gallery',
        title: 'Gallery of panels',
        summary: 'Each panel in six languages, on light and on dark pages.',
        shows: 'lang color-scheme',
      },
      {
        path: '/errors',
        title: 'Provoked errors',
        summary: 'Each error of the element, caused on purpose.',
        shows: 'qualifio-error',
      },
      {
        path: '/inspector',
        file: 'inspector.html',
        title: 'Inspector',
        summary: 'The whole conversation beside the campaign, and what is wrong with the set-up.',
        shows: '<qualifio-inspector>',
      },
    ],
  },
];

/** @type {readonly DemoPage[]} */
export const pages = pageGroups.flatMap((group) => group.pages);
