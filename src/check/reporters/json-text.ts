import { escapeControl } from '../../model/escape-control.ts';
import { escapeLogCommands } from '../one-line.ts';

/** JSON that is safe to print: what a terminal or a log would obey stands as an escape, which readers turn back. */
export function jsonText(document: unknown): string {
  return `${escapeLogCommands(escapeControl(JSON.stringify(document, null, 2)))}\n`;
}
