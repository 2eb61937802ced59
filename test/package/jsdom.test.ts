// The package in unit tests under jsdom (Jest, Vitest). Run `npm run build` first.
import { JSDOM } from 'jsdom';
import { testInDom } from './unit-dom.js';

testInDom('jsdom', () => {
  const { window } = new JSDOM('<!doctype html><html lang="en"><body></body></html>', {
    url: 'https://www.publisher.com/article',
    pretendToBeVisual: true,
  });
  return window;
});
