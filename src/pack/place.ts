import type { Place } from '../model/finding.ts';

const LONGEST_SOURCE = 160;

/** The place of a range of UTF-16 offsets in a text; a range over several lines ends with its first line. */
export function placeAt(text: string, start: number, end: number = start + 1): Place {
  const from = Math.min(Math.max(start, 0), text.length);
  const lineStart = from === 0 ? 0 : text.lastIndexOf('\n', from - 1) + 1;
  const nextBreak = text.indexOf('\n', from);
  const rawEnd = nextBreak === -1 ? text.length : nextBreak;
  const lineEnd = text[rawEnd - 1] === '\r' && rawEnd > lineStart ? rawEnd - 1 : rawEnd;
  const column = from - lineStart + 1;
  const endColumn = Math.max(column + 1, Math.min(end, lineEnd) - lineStart + 1);
  return {
    line: lineNumber(text, lineStart),
    column,
    endColumn,
    source: text.slice(lineStart, lineEnd).slice(0, LONGEST_SOURCE),
  };
}

function lineNumber(text: string, lineStart: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < lineStart; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
