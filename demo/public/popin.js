// @ts-check

/**
 * Answers the campaign's request for a login with the page's own dialog. A reader
 * who closes it gets a button to open it again; the campaign waits meanwhile.
 */
export function startPopin() {
  const dialog = document.querySelector('dialog[data-popin]');
  const reopen = document.querySelector('[data-popin-reopen]');
  const campaign = /** @type {import('qualifio-campaign').QualifioCampaign | null} */ (
    document.querySelector('qualifio-campaign')
  );
  if (!(dialog instanceof HTMLDialogElement) || !reopen) return;

  document.addEventListener('qualifio-login-required', (event) => {
    const required = /** @type {import('qualifio-campaign').QualifioLoginRequiredEvent} */ (event);
    required.preventDefault();
    required.waitUntil(
      new Promise((resolve) => {
        dialog.addEventListener('lantern-login', resolve, { once: true, capture: true });
      }),
    );
    if (!dialog.open) dialog.showModal();
  });

  dialog.addEventListener('lantern-login', () => dialog.close(), { capture: true });
  const button = reopen.querySelector('button');
  // The login may also have happened in another tab.
  document.addEventListener('qualifio-token-sent', () => {
    dialog.close();
    const hadFocus = reopen.contains(document.activeElement);
    reopen.setAttribute('hidden', '');
    if (hadFocus) campaign?.frame?.focus();
  });
  // Focus goes to where the game goes on. What had it before the dialog may be hidden by now.
  dialog.addEventListener('close', () => {
    const waiting = campaign?.status === 'login-required';
    reopen.toggleAttribute('hidden', !waiting);
    (waiting ? button : campaign?.frame)?.focus();
  });
  dialog.querySelector('[data-popin-close]')?.addEventListener('click', () => dialog.close());
  button?.addEventListener('click', () => dialog.showModal());
}
