/**
 * The character references that editors and template engines put in place of a tag's characters.
 */
const characters: Readonly<Record<string, string>> = {
  ...{ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' },
  ...{ lsquo: "'", rsquo: "'", ldquo: '"', rdquo: '"' },
};

/**
 * Undoes what editors do to a pasted tag: escaped HTML, typographic quotes, `<p>` and `<br>` in its
 * code, CDATA marks on a line with code. Every repetition in an expression is bounded, so that
 * hostile text cannot make it slow.
 */
export function restoreTag(text: string): string {
  return decode(decode(text))
    .replace(/<\/?(?:p|br|span|pre|code)\b[^<>]{0,200}>/gi, ' ')
    .replace(/(?:\/\/|\/\*)?\s{0,9}(?:<!\[CDATA\[|]]>)(?:\s{0,9}\*\/)?/g, ' ')
    .replace(/[‘’‚‛′]/g, "'")
    .replace(/[“”„‟″]/g, '"');
}

/** Some tags are escaped twice. */
function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,5})|#x([\da-f]{1,4})|(\w{1,6}));/gi, (entity, ...found) => {
    const [decimal, hexadecimal, name] = found as (string | undefined)[];
    if (name) return Object.hasOwn(characters, name) ? characters[name]! : entity;
    return String.fromCharCode(decimal ? Number(decimal) : parseInt(hexadecimal!, 16));
  });
}
