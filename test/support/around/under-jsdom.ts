// Sets up jsdom, as Vitest and Jest do, for a test that a process of its own runs.
import { JSDOM } from 'jsdom';
import { useWindow } from '../use-window.js';

useWindow(new JSDOM('<!doctype html>', { url: 'https://www.publisher.com/' }).window);
