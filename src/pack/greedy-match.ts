/** Stands in a pattern for any number of items. */
export const STAR: unique symbol = Symbol('*');

/** How many steps may still be taken; below zero, answers are no longer answers. */
export interface Work {
  left: number;
}

/**
 * Whether a pattern fits all of `count` items. What stands behind a star is tried at the first place where it fits, and
 * only the last star is ever gone back to: a later place for an earlier star could not make a difference. So the steps
 * are at most the pattern's length times `count`.
 */
export function matchesAll<Item>(
  pattern: readonly (Item | typeof STAR)[],
  count: number,
  fits: (item: Item, index: number) => boolean,
  work: Work,
): boolean {
  let at = 0;
  let index = 0;
  let star = -1;
  let resume = 0;
  while (index < count) {
    work.left -= 1;
    if (work.left < 0) return false;
    const item = pattern[at];
    if (item === STAR) {
      star = at;
      resume = index;
      at += 1;
    } else if (item !== undefined && fits(item, index)) {
      at += 1;
      index += 1;
    } else if (star === -1) return false;
    else {
      resume += 1;
      index = resume;
      at = star + 1;
    }
  }
  while (pattern[at] === STAR) at += 1;
  return at === pattern.length;
}
