import './settings.js';
import { hydrate } from 'preact';
import { App } from './App.js';

hydrate(<App firstPath={location.pathname} />, document.getElementById('root')!);
