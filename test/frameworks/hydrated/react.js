import { createElement as h, useEffect, useState } from 'react';
import { hydrateRoot } from 'react-dom/client';

function App({ attributes, hasChild }) {
  const [isShown, showChild] = useState(hasChild);
  useEffect(() => void Object.assign(globalThis, { showChild }), []);
  const child = isShown ? h('form', { slot: 'login' }, 'Log in here') : null;
  return h('main', null, h('qualifio-campaign', attributes, child));
}

export const hydratePage = (root, props) => hydrateRoot(root, h(App, props));
