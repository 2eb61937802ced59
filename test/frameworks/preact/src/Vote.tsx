import 'qualifio-campaign/preact';
import type { VNode } from 'preact';

export function Vote(): VNode {
  return (
    <qualifio-campaign campaign-id="123456" auth-endpoint="/qualifio/token" login-url="/login" />
  );
}
