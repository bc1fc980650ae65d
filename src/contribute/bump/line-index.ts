/** The lines of a text, counted from 0. */
export interface LineIndex {
  readonly count: number;
  /** Offset of a line's first character; the end of the text for lines that it does not have. */
  startOf(line: number): number;
  lineOf(offset: number): number;
}

export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return {
    count: starts.length,
    startOf: (line) => starts[line] ?? text.length,
    lineOf(offset) {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}
