/**
 * Text from elsewhere on one line of a terminal: control and format characters and line breaks are
 * replaced.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
