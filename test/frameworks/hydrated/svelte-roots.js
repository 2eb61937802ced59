import { mount } from 'svelte';

export { hydratePage } from './svelte.js';

// Another root, which starts Svelte before the page is hydrated.
mount(() => {}, { target: document.createElement('aside') });
