// @ts-check

/** A small client-side router: the query names the view, whose content is in a template. */
export function startRouter() {
  const place = document.querySelector('[data-view]');
  const links = document.querySelector('[data-views]');
  if (!(place instanceof HTMLElement) || !links) return;

  const show = () => {
    const view = new URLSearchParams(location.search).get('view') ?? '';
    const templates = [...document.querySelectorAll('template')];
    const template = templates.find(({ dataset }) => dataset['viewOf'] === view) ?? templates[0];
    if (template) place.replaceChildren(template.content.cloneNode(true));
    for (const link of links.querySelectorAll('a')) {
      const isCurrent = link.href === location.href;
      if (isCurrent) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  };

  links.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const { ctrlKey, metaKey, shiftKey } = /** @type {MouseEvent} */ (event);
    // Such a click opens a tab or a window.
    if (!link || ctrlKey || metaKey || shiftKey) return;
    event.preventDefault();
    history.pushState(null, '', link.href);
    show();
    // Read from the new view on, as after a reload.
    place.focus();
  });
  addEventListener('popstate', show);
  show();
}
