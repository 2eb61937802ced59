import 'qualifio-campaign/svelte';
