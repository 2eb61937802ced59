import { QualifioCampaign } from 'qualifio-campaign';

// Here, and not in the plugin's function, which runs later.
QualifioCampaign.allowedHosts = ['jeux.publisher.com'];
// Only if your site serves Qualifio's script itself.
QualifioCampaign.kitUrl = '/js/qualp.2.min.js';

export default defineNuxtPlugin(() => {});
