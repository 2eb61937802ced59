import { QualifioCampaignElement } from 'qualifio-campaign/angular';

QualifioCampaignElement.allowedHosts = ['jeux.publisher.com'];
// Only if your site serves Qualifio's script itself.
QualifioCampaignElement.kitUrl = '/js/qualp.2.min.js';
