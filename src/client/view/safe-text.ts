import { escapeLogCommands } from '../../check/one-line.ts';
import { escapeControl } from '../../model/escape-control.ts';

const LEADING_COMMAND = /^(?<blanks>[^\S\n]*):(?=:)/gmu;

/** A text of several lines that neither a terminal nor a log obeys. Lines end as they do here. */
export function safeText(text: string): string {
  const plain = withoutLineEnds(text);
  return escapeLogCommands(escapeControl(plain)).replaceAll(LEADING_COMMAND, '$<blanks>\\u003a');
}

/** Whether a text can go to a file or a pipe as it is: whoever prints it then prints nothing that a terminal obeys. */
export function isHarmless(text: string): boolean {
  const plain = withoutLineEnds(text);
  return escapeControl(plain) === plain;
}

/** Other line ends, and a byte order mark, do no harm where they belong. */
function withoutLineEnds(text: string): string {
  return text.replace(/^\ufeff/u, '').replaceAll('\r\n', '\n');
}

/** With a line feed at its end, unless it is empty. */
export function withLineEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
