// Sets up jsdom, as Vitest and Jest do, for a test in a separate process.
import { JSDOM } from 'jsdom';
import { useWindow } from '../use-window.js';

useWindow(new JSDOM('<!doctype html>', { url: 'https://www.publisher.com/' }).window);
