import { raw, type Html } from './html.js';

/** JSON that is safe inside a `<script>`, as data and as JavaScript. */
export function scriptJson(value: unknown): Html {
  return raw(
    JSON.stringify(value).replace(
      /[<\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
}

/** A self-contained function as the source of a script that calls it with one value. */
export function scriptCalling<T>(run: (settings: T) => void, settings: T): Html {
  return raw(`(${textOf(run)})(${scriptJson(settings)});\n`);
}

/**
 * A self-contained function as text. Compilers that keep function names, such as tsx, add calls of
 * a helper `__name`, which a page does not have.
 */
export function textOf(run: (...values: never[]) => unknown): string {
  const text = run.toString();
  return text.includes('__name(') ? `((__name) => ${text})((named) => named)` : text;
}
