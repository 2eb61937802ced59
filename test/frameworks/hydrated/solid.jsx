import { hydrate } from 'solid-js/web';
import { App } from './App.jsx';

export const hydratePage = (root, props) => hydrate(() => <App {...props} />, root);
