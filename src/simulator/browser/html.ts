/** Text made safe for HTML content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** JSON that is safe inside a `<script>`, as data and as JavaScript. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A self-contained function as the source of a script that calls it with one value. */
export function scriptCalling<T>(run: (settings: T) => void, settings: T): string {
  return `(${run.toString()})(${scriptJson(settings)});\n`;
}
