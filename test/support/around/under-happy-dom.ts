// Sets up happy-dom, as Vitest does, for a test in a separate process.
import { Window } from 'happy-dom';
import { useWindow } from '../use-window.js';

useWindow(new Window({ url: 'https://www.publisher.com/' }));
