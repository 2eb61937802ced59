import { QualifioCampaign } from 'qualifio-campaign';

QualifioCampaign.allowedHosts = ['jeux.publisher.com'];
// Only if your site serves Qualifio's script itself.
QualifioCampaign.kitUrl = '/js/qualp.2.min.js';
