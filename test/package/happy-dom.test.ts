// The package in unit tests under happy-dom (Vitest). Run `npm run build` first.
import { Window } from 'happy-dom';
import { testInDom } from './unit-dom.js';

testInDom('happy-dom', () => new Window({ url: 'https://www.publisher.com/article' }));
