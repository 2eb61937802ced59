import { h, hydrate } from 'preact';
import { useEffect, useState } from 'preact/hooks';

function App({ attributes, hasChild }) {
  const [isShown, showChild] = useState(hasChild);
  useEffect(() => void Object.assign(globalThis, { showChild }), []);
  const child = isShown ? h('form', { slot: 'login' }, 'Log in here') : null;
  return h('main', null, h('qualifio-campaign', attributes, child));
}

export const hydratePage = (root, props) => hydrate(h(App, props), root);
