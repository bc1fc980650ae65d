import { escapeControl } from '../model/escape-control.ts';

/** Services read `##[command]`, `##vso[…]` and `##teamcity[…]` anywhere in a line of a log. */
const LOG_COMMAND = /##(?=\w*\[)/gu;

/** GitHub reads `::command::` where a line starts with it, blanks aside. */
const LEADING_COMMAND = /^(?<blanks>\s*):(?=:)/u;

/**
 * Text from a pack as one line that neither a terminal nor a log obeys: a line feed in a name would let it write lines
 * of its own, which a log may even take for commands.
 */
export function oneLine(text: string): string {
  const line = escapeControl(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return escapeLogCommands(line).replace(LEADING_COMMAND, '$<blanks>\\u003a');
}

/** Breaks what a log takes for a command with an escape that readers of JSON turn back. */
export function escapeLogCommands(text: string): string {
  return text.replace(LOG_COMMAND, '\\u0023#');
}

/** The same for text in which every character has to keep its column. */
export function maskLogCommands(text: string): string {
  return text.replace(LOG_COMMAND, '?#');
}
