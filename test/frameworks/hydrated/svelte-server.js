import { render } from 'svelte/server';
import App from './App.svelte';

export const renderPage = (props) => render(App, { props }).body;
