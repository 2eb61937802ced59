// @ts-check

/** Actions of some pages: the consent button, and the errors that need a script. */
export function startPageActions() {
  const campaign = /** @type {import('qualifio-campaign').QualifioCampaign | null} */ (
    document.querySelector('qualifio-campaign')
  );
  if (!campaign) return;

  document.querySelector('[data-load]')?.addEventListener('click', () => {
    void campaign.load();
  });
  document.querySelector('[data-remove-frame]')?.addEventListener('click', () => {
    campaign.frame?.remove();
  });

  const { extra } = document.body.dataset;
  if (extra === 'second-element') campaign.after(campaign.cloneNode());
  if (extra === 'throwing-provider') {
    campaign.tokenProvider = () => Promise.reject(new Error('the account service is down'));
  }
}
