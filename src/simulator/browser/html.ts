import { html as tag, raw } from 'hono/html';

/** HTML whose values are escaped. */
export type Html = ReturnType<typeof raw>;

type Value = string | number | Html | readonly Html[];

/** Hono's tag, for values that are available immediately: its result is then not a promise. */
export const html = tag as (strings: TemplateStringsArray, ...values: readonly Value[]) => Html;

export { raw };
