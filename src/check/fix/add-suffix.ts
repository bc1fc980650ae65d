import type { Place } from '../../model/finding.ts';

/** Writes something behind a word in a text, at the place where the word stands; everything else stays as it is. */
export function addSuffix(text: string, { line, column, endColumn }: Place, word: string, suffix: string): string {
  const lines = text.split('\n');
  const source = lines[line - 1] ?? '';
  const at = source.indexOf(word, column - 1);
  if (at === -1 || at + word.length > endColumn) return text;
  const end = at + word.length;
  return lines.with(line - 1, `${source.slice(0, end)}${suffix}${source.slice(end)}`).join('\n');
}
