/** Lines, counted from 0, that others take the place of; without lines to replace, these are put in front of `from`. */
export interface TextEdit {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly lines: readonly string[];
}

/** Makes edits, none of which may overlap; of those at one place the first stays first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split('\n');
  // What ends a text without a line break is a line as well.
  const isEnded = lines.at(-1) === '';
  if (isEnded) lines.pop();
  const ordered = edits
    .map((edit, index) => ({ ...edit, index, isInsertion: edit.from === edit.to }))
    .toSorted((a, b) => a.from - b.from || Number(b.isInsertion) - Number(a.isInsertion) || a.index - b.index);
  const edited: string[] = [];
  let line = 0;
  for (const { from, to, lines: others } of ordered) {
    for (; line < from && line < lines.length; line += 1) edited.push(lines[line] ?? '');
    for (const other of others) edited.push(other);
    line = Math.max(line, to);
  }
  for (; line < lines.length; line += 1) edited.push(lines[line] ?? '');
  if (edited.length === 0) return '';
  return edited.join('\n') + (isEnded || edits.length > 0 ? '\n' : '');
}

/** Edits a text as if its lines ended in `\n`; they end as before in the result. */
export function withPlainLines(text: string, edit: (plain: string) => string): string {
  const plain = text.replaceAll('\r\n', '\n');
  const edited = edit(plain);
  if (edited === plain) return text;
  const returns = text.length - plain.length;
  return returns * 2 > plain.split('\n').length - 1 ? edited.replaceAll('\n', '\r\n') : edited;
}
