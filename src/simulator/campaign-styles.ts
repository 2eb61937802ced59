/** Style sheet of the campaign and of the simulator's other pages. */
export const campaignStyles: string = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1d2433, #e9ecf4);
  --quiet: light-dark(#4d576b, #b3bccd);
  --paper: light-dark(#ffffff, #161b26);
  --raised: light-dark(#f1f4fa, #212938);
  --line: light-dark(#768299, #8391ab);
  --accent: light-dark(#1f4fb8, #9dbcff);
  --on-accent: light-dark(#ffffff, #10203f);
  font: 1rem/1.5 system-ui, sans-serif;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0;
  min-height: 100vh;
  display: flex;
  flex-direction: column;
  color: var(--ink);
  background: var(--paper);
  overflow-wrap: anywhere;
}
.banner {
  margin: 0;
  padding: 0.35rem 1rem;
  font-size: 0.875rem;
  font-weight: 600;
  text-align: center;
  color: light-dark(#4a3200, #ffe3a6);
  background: repeating-linear-gradient(
    135deg,
    light-dark(#ffeec2, #3b3016) 0 12px,
    light-dark(#ffe7ab, #443819) 12px 24px
  );
}
main {
  width: 100%;
  max-width: 34rem;
  margin: 0 auto;
  padding: clamp(1.25rem, 6vw, 3rem) 1rem;
  flex: 1;
}
h1 { margin: 0 0 0.75rem; font-size: clamp(1.4rem, 5vw, 1.9rem); line-height: 1.2; text-wrap: balance; }
h1:focus { outline: none; }
p { margin: 0 0 1.25rem; }
section > p { color: var(--quiet); }
button {
  min-height: 2.75rem;
  padding: 0.55rem 1.25rem;
  font: inherit;
  font-weight: 600;
  color: var(--on-accent);
  background: var(--accent);
  border: 2px solid transparent;
  border-radius: 0.5rem;
  cursor: pointer;
}
button:hover { filter: brightness(1.1); }
:is(button, input, summary, a):focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
.answers { display: grid; gap: 0.75rem; margin: 0; padding: 0; list-style: none; }
.answer { width: 100%; text-align: start; color: var(--ink); background: var(--raised); border-color: var(--line); }
.answer:hover { border-color: var(--accent); filter: none; }
#form-fields { display: grid; gap: 1rem; margin-bottom: 1.5rem; }
label { display: grid; gap: 0.25rem; font-weight: 600; }
input {
  width: 100%;
  min-height: 2.75rem;
  padding: 0.5rem 0.75rem;
  font: inherit;
  font-weight: 400;
  color: inherit;
  background: var(--paper);
  border: 1px solid var(--line);
  border-radius: 0.5rem;
}
.spinner {
  width: 2.5rem;
  height: 2.5rem;
  margin: 1rem 0;
  border: 4px solid var(--line);
  border-top-color: var(--accent);
  border-radius: 50%;
  animation: turn 1s linear infinite;
}
@keyframes turn { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) { .spinner { animation-duration: 4s; } }
#announcer { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
details { padding: 0.75rem 1rem; font-size: 0.875rem; color: var(--quiet); border-top: 1px solid var(--line); }
summary { width: fit-content; padding: 0.25rem 0; cursor: pointer; }
details p, details ol { margin: 0.5rem 0; }
ol { padding-inline-start: 1.75rem; }
code, pre { font: 0.875rem/1.5 ui-monospace, monospace; }
pre { padding: 1rem; overflow-x: auto; background: var(--raised); border-radius: 0.5rem; }
a { color: var(--accent); }
`.trimStart();
