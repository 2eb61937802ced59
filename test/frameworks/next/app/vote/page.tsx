import { Campaign } from '@/lib/campaign';
import type { ReactNode } from 'react';

export default function Vote(): ReactNode {
  return <Campaign campaignId="123456" authEndpoint="/qualifio/token" loginUrl="/login" />;
}
