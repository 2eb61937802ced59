import { render } from 'solid-js/web';
import { App } from './App.jsx';

export const hydratePage = (root, props) => render(() => <App {...props} />, root);
