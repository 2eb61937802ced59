import { hydrate } from 'svelte';
import App from './App.svelte';

export const hydratePage = (target, props) => hydrate(App, { target, props });
