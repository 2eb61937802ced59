import type { JSX } from 'solid-js';

export default function Home(): JSX.Element {
  return <h1>Publisher</h1>;
}
