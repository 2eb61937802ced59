import type { PageParts, Range } from './page-parts.js';
import type { Piece } from './page-tags.js';

/**
 * The code and script elements of tags that must stay: those of tags that are left, and what loads
 * the kit and makes the queue for what is left.
 *
 * @param isLeft whether the tag with this div is left.
 * @param firstUse where the first code that is left needs the queue; undefined if nothing is left.
 */
export function findWhatStays(
  pieces: readonly Piece[],
  { kits }: PageParts,
  isLeft: (divId: string) => boolean,
  firstUse: number | undefined,
): ReadonlySet<Range> {
  const staysItself = ({ isTag, frames, hasTagWords }: Piece): boolean =>
    isTag ? frames.some(({ values }) => isLeft(values[1] ?? '')) : hasTagWords;
  const keptScripts = new Set(pieces.filter(staysItself).map(({ script }) => script));
  const stays = new Set<Range>(
    pieces.filter((piece) =>
      piece.frames.length > 0 ? staysItself(piece) : keptScripts.has(piece.script),
    ),
  );
  if (firstUse === undefined) return stays;
  const loaders = [...pieces.filter((piece) => piece.kits.length > 0), ...kits];
  const queues = pieces.filter(({ loads }) => loads);
  for (const needed of [loaders, queues]) {
    const inOrder = (needed as Range[]).toSorted((a, b) => a.start - b.start);
    const [first] = inOrder;
    if (first && !inOrder.some((one) => stays.has(one) && one.start < firstUse)) stays.add(first);
  }
  return stays;
}
