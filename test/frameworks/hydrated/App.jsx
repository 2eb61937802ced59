import { createSignal, Show } from 'solid-js';

export function App(props) {
  const [name] = createSignal('reader');
  return (
    <main>
      <qualifio-campaign {...props.attributes}>
        <Show when={props.hasChild}>
          <form slot="login">Log in here, {name()}</form>
        </Show>
      </qualifio-campaign>
    </main>
  );
}
