/** How many slips a word of that many letters may hold: in a short one, each makes another word of it. */
export function allowedTypos(length: number): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/**
 * Letters to add, remove, change, or swap with their neighbour to make one word of another; undefined when they are
 * more than `most`. Takes time in proportion to the shorter word times `most`.
 */
export function typosBetween(a: string, b: string, most: number): number | undefined {
  if (Math.abs(a.length - b.length) > most) return undefined;
  if (a === b) return 0;
  let before: number[] = [];
  let last: number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const [from, to] = [Math.max(1, row - most), Math.min(b.length, row + most)];
    // What is outside of the band is more than `most` away.
    const current: number[] = [];
    current[from - 1] = from === 1 ? row : most + 1;
    let least = current[from - 1] as number;
    for (let column = from; column <= to; column += 1) {
      const same = a.charCodeAt(row - 1) === b.charCodeAt(column - 1);
      let typos = Math.min(
        cell(last, column - 1, most) + (same ? 0 : 1),
        cell(last, column, most) + 1,
        cell(current, column - 1, most) + 1,
      );
      if (!same && isSwap(a, row, b, column)) typos = Math.min(typos, cell(before, column - 2, most) + 1);
      current[column] = typos;
      least = Math.min(least, typos);
    }
    if (least > most) return undefined;
    [before, last] = [last, current];
  }
  const typos = cell(last, b.length, most);
  return typos > most ? undefined : typos;
}

function cell(row: readonly number[], column: number, most: number): number {
  return row[column] ?? most + 1;
}

function isSwap(a: string, row: number, b: string, column: number): boolean {
  return (
    row > 1 &&
    column > 1 &&
    a.charCodeAt(row - 1) === b.charCodeAt(column - 2) &&
    a.charCodeAt(row - 2) === b.charCodeAt(column - 1)
  );
}

/** Which letters a word holds, in 32 groups: for telling quickly that two words are far apart. */
export function lettersIn(word: string): number {
  let groups = 0;
  for (let at = 0; at < word.length; at += 1) groups |= 1 << (word.charCodeAt(at) & 31);
  return groups;
}

/** Whether words that hold those letters differ by more typos: each adds or takes away one letter at most. */
export function isFarther(a: number, b: number, most: number): boolean {
  return ones(a & ~b) > most || ones(b & ~a) > most;
}

function ones(bits: number): number {
  let [count, left] = [0, bits];
  while (left !== 0) {
    left &= left - 1;
    count += 1;
  }
  return count;
}
