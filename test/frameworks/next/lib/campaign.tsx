'use client';

import { QualifioCampaign, QualifioCampaignElement } from 'qualifio-campaign/react';

QualifioCampaignElement.allowedHosts = ['jeux.publisher.com'];
// Only if your site serves Qualifio's script itself.
QualifioCampaignElement.kitUrl = '/js/qualp.2.min.js';

export { QualifioCampaign as Campaign };
