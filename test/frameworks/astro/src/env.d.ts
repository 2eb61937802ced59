import 'qualifio-campaign/astro';
