import { createSignal, onMount, Show } from 'solid-js';

export function App(props) {
  const [name] = createSignal('reader');
  const [isShown, showChild] = createSignal(props.hasChild);
  onMount(() => Object.assign(globalThis, { showChild }));
  return (
    <main>
      <qualifio-campaign {...props.attributes}>
        <Show when={isShown()}>
          <form slot="login">Log in here, {name()}</form>
        </Show>
      </qualifio-campaign>
    </main>
  );
}
