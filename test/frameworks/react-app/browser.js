import { createElement } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { App } from './app.js';

const heard = { errors: [], elements: new Set(), problems: [] };
globalThis.heard = heard;

hydrateRoot(
  document.querySelector('#root'),
  createElement(App, {
    heard: {
      ref: (element) => element && heard.elements.add(element),
      error: (message) => heard.errors.push(message),
    },
  }),
  { onRecoverableError: (error) => heard.problems.push(String(error)) },
);
