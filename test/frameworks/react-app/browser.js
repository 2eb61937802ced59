import { createElement } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { QualifioSignIn } from 'qualifio-campaign/sign-in';
import { App } from './app.js';

QualifioSignIn.allowedHosts = ['jeux.publisher.com'];

const heard = { errors: [], elements: new Set(), signIns: new Set(), problems: [] };
globalThis.heard = heard;

hydrateRoot(
  document.querySelector('#root'),
  createElement(App, {
    heard: {
      ref: (element) => element && heard.elements.add(element),
      signIn: (element) => element && heard.signIns.add(element),
      error: (message) => heard.errors.push(message),
    },
  }),
  { onRecoverableError: (error) => heard.problems.push(String(error)) },
);
