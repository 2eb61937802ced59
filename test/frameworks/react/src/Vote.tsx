import { QualifioCampaign } from 'qualifio-campaign/react';
import type { ReactNode } from 'react';

export function Vote(): ReactNode {
  return <QualifioCampaign campaignId="123456" authEndpoint="/qualifio/token" loginUrl="/login" />;
}
