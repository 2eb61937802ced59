// The package in unit tests that run under happy-dom (Vitest). Needs `npm run build` before.
import { Window } from 'happy-dom';
import { testInDom } from './unit-dom.js';

testInDom('happy-dom', () => new Window({ url: 'https://www.publisher.com/article' }));
