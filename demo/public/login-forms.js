// @ts-check

/** Shows in the masthead who is logged in, without a reload. */
export async function showAccount() {
  const answer = await fetch('/session').catch(() => null);
  const { name } = answer?.ok ? await answer.json() : { name: null };
  if (!name) return;
  document.querySelector('[data-signed-in]')?.removeAttribute('hidden');
  document.querySelector('[data-signed-out]')?.setAttribute('hidden', '');
  const label = document.querySelector('[data-account-name]');
  if (label) label.textContent = name;
}

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<string | null>} what is wrong, or null after a login
 */
async function logIn(form) {
  const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
  const answer = await fetch(form.action, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams(fields),
  }).catch(() => null);
  if (answer?.ok) return null;
  return answer?.status === 401
    ? 'E-mail address or password is wrong.'
    : 'You could not be logged in. Please try again.';
}

/**
 * Sends the page's login forms without leaving the page. Without scripts they are
 * plain forms. After a login, a form dispatches `lantern-login`; a form in a
 * campaign's `login` slot makes the campaign continue.
 */
export function startLoginForms() {
  for (const form of document.querySelectorAll('form[data-login-form]')) {
    if (!(form instanceof HTMLFormElement)) continue;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const problem = form.querySelector('[data-problem]');
      problem?.setAttribute('hidden', '');
      const wrong = await logIn(form);
      if (wrong && problem) {
        problem.textContent = wrong;
        problem.removeAttribute('hidden');
        return;
      }
      form.reset();
      await showAccount();
      form.dispatchEvent(new Event('lantern-login'));
      const campaign = /** @type {import('qualifio-campaign').QualifioCampaign | null} */ (
        form.closest('qualifio-campaign')
      );
      await campaign?.resume();
    });
  }
}
