/** Style sheet of the campaign and of the simulator's other pages. */
export const campaignStyles: string = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1b2036, #eceefa);
  --quiet: light-dark(#50577a, #b4bad6);
  --paper: light-dark(#eef0fb, #10131f);
  --card: light-dark(#ffffff, #1a1f33);
  --raised: light-dark(#f5f6fd, #232a44);
  --line: light-dark(#7a82a8, #7f89b3);
  --accent: light-dark(#3b41c5, #a9b4ff);
  --on-accent: light-dark(#ffffff, #14173a);
  --soft: light-dark(#e4e6fb, #2c3459);
  --bad: light-dark(#a3221c, #ffb0a8);
  font: 1rem/1.55 system-ui, sans-serif;
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
main { flex: 1; width: 100%; max-width: 38rem; margin: 0 auto; padding: clamp(0.75rem, 4vw, 2.5rem) clamp(0.75rem, 4vw, 1.5rem); }
section {
  padding: clamp(1.25rem, 6vw, 2.5rem);
  background: var(--card);
  border: 1px solid transparent;
  border-radius: 1rem;
  box-shadow: 0 1px 2px rgb(20 24 60 / 0.12), 0 12px 32px rgb(20 24 60 / 0.08);
}
h1 { margin: 0 0 0.75rem; font-size: clamp(1.45rem, 5.5vw, 2rem); line-height: 1.2; letter-spacing: -0.01em; text-wrap: balance; }
h2 { margin: 2.5rem 0 0.75rem; font-size: 1.25rem; line-height: 1.3; }
h1:is(:has(+ .answers), :has(+ .spinner)) { margin-bottom: 1.25rem; }
h1:focus { outline: none; }
p { margin: 0 0 1.25rem; text-wrap: pretty; }
section > p { color: var(--quiet); }
.picture { display: block; width: 6rem; height: auto; margin: 0 0 1.25rem; }
.picture .sheet { fill: var(--soft); stroke: var(--line); stroke-width: 1.5; }
.picture .front { fill: var(--card); }
.picture .accent { fill: var(--accent); }
.picture .photo { fill: var(--soft); }
.picture path { fill: none; stroke: var(--line); stroke-width: 2; stroke-linecap: round; }
.tick { width: 4rem; }
.tick path { stroke: var(--on-accent); stroke-width: 5; stroke-linejoin: round; }
.progress { display: flex; gap: 0.35rem; margin: 0 0 1.5rem; }
.progress i { flex: 1; height: 0.35rem; border-radius: 1rem; background: var(--soft); }
.progress .done { background: var(--accent); }
button {
  min-height: 2.875rem;
  padding: 0.6rem 1.5rem;
  font: inherit;
  font-weight: 600;
  color: var(--on-accent);
  background: var(--accent);
  border: 2px solid transparent;
  border-radius: 0.625rem;
  cursor: pointer;
}
button:hover { background: color-mix(in oklab, var(--accent), var(--ink) 18%); }
button.quiet { color: var(--accent); background: transparent; border-color: var(--accent); }
button.quiet:hover { background: var(--soft); }
:is(button, input, summary, a, pre):focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
.answers { display: grid; gap: 0.75rem; margin: 0; padding: 0; list-style: none; }
.answer { display: flex; gap: 0.875rem; align-items: center; width: 100%; padding: 0.6rem 0.875rem; text-align: start; color: var(--ink); background: var(--raised); border-color: var(--line); }
.answer:hover { background: var(--soft); border-color: var(--accent); }
.letter { flex: none; width: 2rem; line-height: 2rem; text-align: center; color: var(--accent); background: var(--soft); border-radius: 0.4rem; }
.answer:hover .letter { color: var(--on-accent); background: var(--accent); }
#form-fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr)); gap: 1rem; align-items: end; margin-bottom: 1.75rem; }
#form-fields label:first-child { grid-column: 1 / -1; }
label { display: grid; gap: 0.25rem; font-size: 0.9375rem; font-weight: 600; }
input {
  width: 100%;
  min-height: 2.875rem;
  padding: 0.5rem 0.75rem;
  font: inherit;
  font-weight: 400;
  color: inherit;
  background: var(--raised);
  border: 1px solid var(--line);
  border-radius: 0.5rem;
}
.spinner {
  width: 2.5rem;
  height: 2.5rem;
  margin: 0.5rem 0;
  border: 4px solid var(--soft);
  border-top-color: var(--accent);
  border-radius: 50%;
  animation: turn 1s linear infinite;
}
.reason { margin: 1.25rem 0 0; padding: 0.75rem 1rem; font-size: 0.875rem; background: var(--raised); border-inline-start: 4px solid var(--bad); }
.code, .reason code { font-weight: 600; color: var(--bad); }
@keyframes turn { to { transform: rotate(1turn); } }
@keyframes breathe { 50% { opacity: 0.35; } }
@media (prefers-reduced-motion: reduce) { .spinner { animation: breathe 3s ease-in-out infinite; } }
@media (forced-colors: active) {
  .spinner { border-top-color: Highlight; }
  .progress i { border: 1px solid CanvasText; }
  .progress .done { background: Highlight; forced-color-adjust: none; }
  .picture { forced-color-adjust: none; color-scheme: light; }
}
#announcer { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
details { padding: 0.5rem 1rem; font-size: 0.875rem; color: var(--quiet); background: var(--card); border-top: 1px solid var(--soft); }
summary { width: fit-content; padding: 0.4rem 0; font-weight: 600; cursor: pointer; }
details p, details ol { margin: 0.25rem 0 0.75rem; }
ol { padding-inline-start: 1.75rem; }
details li { padding: 0.2rem 0; }
.name { font-weight: 600; color: var(--ink); }
code, pre { font: 0.875rem/1.5 ui-monospace, monospace; }
pre { margin: 0 0 1.25rem; padding: 1rem; overflow-x: auto; background: var(--card); border: 1px solid var(--soft); border-radius: 0.625rem; }
a { color: var(--accent); }
`.trimStart();
