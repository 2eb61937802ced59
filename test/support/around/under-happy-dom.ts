// Sets up happy-dom, as Vitest does, for a test that a process of its own runs.
import { Window } from 'happy-dom';
import { useWindow } from '../use-window.js';

useWindow(new Window({ url: 'https://www.publisher.com/' }));
