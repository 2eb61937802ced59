import 'qualifio-campaign/solid';
import type { JSX } from 'solid-js';

export default function Vote(): JSX.Element {
  return (
    <qualifio-campaign campaign-id="123456" auth-endpoint="/qualifio/token" login-url="/login" />
  );
}
