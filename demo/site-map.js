// @ts-check

/**
 * The demo's pages in reading order; `file` is in pages/.
 *
 * @type {readonly { path: string, file: string, title: string, summary: string }[]}
 */
export const pages = [
  {
    path: '/two-attributes',
    file: 'two-attributes.html',
    title: 'Two attributes',
    summary: 'The tag number and the token endpoint, which has the other values.',
  },
  {
    path: '/attributes',
    file: 'attributes.html',
    title: 'Plain attributes',
    summary: 'The campaign as six HTML attributes, with the built-in login panel.',
  },
  {
    path: '/pasted-tag',
    file: 'pasted-tag.html',
    title: 'Pasted tag',
    summary: 'The tag from Qualifio Manager in a template, read and never executed.',
  },
  {
    path: '/feed',
    file: 'feed.html',
    title: 'Campaign feed',
    summary: 'The endpoint reads Qualifio’s feed: a new campaign needs no new configuration.',
  },
  {
    path: '/popin',
    file: 'popin.html',
    title: 'Login popin',
    summary: 'The page answers qualifio-login-required with its own dialog.',
  },
  {
    path: '/login-slot',
    file: 'login-slot.html',
    title: 'Login form',
    summary: 'The publisher’s form in the element’s login slot.',
  },
  {
    path: '/login-window',
    file: 'login-window.html',
    title: 'Login window',
    summary: 'Single sign-on on another origin, in a window: the campaign waits, answers and all.',
  },
  {
    path: '/encrypted',
    file: 'encrypted.html',
    title: 'Encrypted token',
    summary: 'The token is signed, then encrypted for Qualifio (JWE).',
  },
  {
    path: '/profile-call',
    file: 'profile-call.html',
    title: 'Access token',
    summary: 'The token contains no personal data; Qualifio fetches the profile.',
  },
  {
    path: '/three',
    file: 'three.html',
    title: 'Three campaigns',
    summary: 'Three elements on one page, one kit, no crossed messages.',
  },
  {
    path: '/consent',
    file: 'consent.html',
    title: 'Consent and lazy loading',
    summary: 'Nothing is requested from Qualifio before a click, or before the element is near.',
  },
  {
    path: '/ended',
    file: 'ended.html',
    title: 'A campaign that has ended',
    summary: 'What the participant sees when the contest is over, and what the page receives.',
  },
  {
    path: '/inspector',
    file: 'inspector.html',
    title: 'Inspector',
    summary: 'The whole conversation beside the campaign, and what is wrong with the set-up.',
  },
  {
    path: '/configurator',
    file: 'configurator.html',
    title: 'Configurator',
    summary: 'Paste a tag: you get markup, policy, token endpoint and the check.',
  },
];
