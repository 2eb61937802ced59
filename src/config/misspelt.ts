/**
 * The attribute that an unknown one probably stands for.
 *
 * @param known names of the element's attributes.
 */
export function meantAttribute(name: string, known: readonly string[]): string | undefined {
  // Short names have too many neighbours; `on…`, `x-…` and `hx-…` belong to others.
  if (!/^(?!on|..?-)[a-z_-]{5,}$/.test(name) || known.includes(name)) return undefined;
  const own = cuts(name);
  return known.find((other) => cuts(other).some((cut) => own.includes(cut)));
}

/**
 * A name without hyphens and underscores, and what is left of it without one of its letters. Two
 * names that have one of these in common differ by a typo: a letter more, less, other or moved.
 */
function cuts(name: string): string[] {
  const plain = name.replace(/[-_]/g, '');
  return [
    plain,
    ...Array.from(plain, (_, index) => plain.slice(0, index) + plain.slice(index + 1)),
  ];
}
