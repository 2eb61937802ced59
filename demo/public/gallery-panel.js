// @ts-check
// Causes the panel that the page is about.
const campaign = /** @type {import('qualifio-campaign').QualifioCampaign} */ (
  document.querySelector('qualifio-campaign')
);
const { panel } = document.body.dataset;

/** @type {Record<string, import('qualifio-campaign').TokenProvider>} */
const providers = {
  login: async () => null,
  'login-window': async () => null,
  // A token that the kit refuses, and no new one: the login has ended in the meantime.
  expired: async ({ reason }) => (reason === 'expired' ? null : unsigned()),
  unconfirmed: () => Promise.reject(new Error('the gallery shows this error')),
  offline: () => Promise.reject(new Error('the gallery shows this error')),
  busy: () => new Promise(() => {}),
};

/** A token in form only. */
function unsigned() {
  const part = (/** @type {object} */ value) => btoa(JSON.stringify(value)).replaceAll('=', '');
  const exp = Math.floor(Date.now() / 1000) + 300;
  return `${part({ alg: 'RS256' })}.${part({ exp })}.c2lnbmF0dXJl`;
}

// All panels of the gallery open at once. None of them takes focus from the page that shows them.
if (parent !== window) HTMLElement.prototype.focus = () => {};

campaign.tokenProvider = providers[panel ?? ''] ?? null;
// The panel stays for as long as somebody looks at it: a day.
if (panel === 'busy') campaign.tokenTimeout = 86_400_000;
if (panel === 'offline') Object.defineProperty(navigator, 'onLine', { value: false });
if (panel === 'blocked') {
  campaign.addEventListener('qualifio-ready', () => campaign.frame?.remove());
}
