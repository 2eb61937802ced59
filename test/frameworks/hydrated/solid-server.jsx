import { generateHydrationScript, renderToString } from 'solid-js/web';
import { App } from './App.jsx';

export const renderPage = (props) =>
  generateHydrationScript() + renderToString(() => <App {...props} />);
