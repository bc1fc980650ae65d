import { alignOutput, type AlignedLine } from './align-output.ts';
import { hashPairs } from './same-line.ts';

/** By the hash that a guide shows: the one that was printed in its place. */
export type SeenHashes = Map<string, string>;

/** What was printed beside what a guide shows. */
export interface ComparedOutput {
  readonly same: boolean;
  /** Both, line by line: `-` is only in the guide, `+` was only printed. */
  readonly difference: string;
  /** What the guide would show, with no more changes than needed, and what it leaves out left out. */
  readonly shown: readonly string[];
}

/**
 * Compares what was printed with what a guide shows. A hash may be another one, but of the same length and the same
 * wherever the guide has the same.
 */
export function comparedOutput(guide: readonly string[], printed: readonly string[], seen: SeenHashes): ComparedOutput {
  const lines = alignOutput(guide, printed).flatMap((line) => withHashes(line, seen));
  return {
    same: lines.every(({ kind }) => kind === 'both' || kind === 'left-out'),
    difference: lines.map(markedLine).join('\n'),
    shown: lines.flatMap((line) => {
      if (line.kind === 'guide') return [];
      return [line.kind === 'printed' ? line.printed : line.guide];
    }),
  };
}

/** A line is another one where a hash in it is not the one from before. */
function withHashes(line: AlignedLine, seen: SeenHashes): readonly AlignedLine[] {
  if (line.kind !== 'both') return [line];
  const { guide, printed } = line;
  for (const [hash, actual] of hashPairs(guide, printed)) {
    if ((seen.get(hash) ?? actual) !== actual)
      return [
        { kind: 'guide', guide },
        { kind: 'printed', printed },
      ];
    seen.set(hash, actual);
  }
  return [line];
}

function markedLine(line: AlignedLine): string {
  if (line.kind === 'printed') return `+ ${line.printed}`.trimEnd();
  return `${line.kind === 'guide' ? '-' : ' '} ${line.guide}`.trimEnd();
}
