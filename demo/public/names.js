// @ts-check

/** @param {Element} campaign */
function loginText(campaign) {
  const title = campaign.getAttribute('frame-title');
  return title ? `Log in to play “${title}”.` : document.body.dataset['loginText'];
}

/** Names of frames and panels, so that screen readers tell the campaigns of a page apart. */
export function startNames() {
  for (const campaign of document.querySelectorAll('qualifio-campaign')) {
    const loginRequired = loginText(campaign);
    if (loginRequired) Object.assign(campaign, { strings: { loginRequired } });
  }

  // The div of a tag that runs as it is, whose frame has no name, below a heading.
  document.addEventListener('qualifio-ready', ({ target }) => {
    const div = /** @type {Element} */ (target);
    const frame = div.querySelector('iframe');
    if (frame && div.matches('h2 + div'))
      frame.title = div.previousElementSibling?.textContent ?? '';
  });
}
