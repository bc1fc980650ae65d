import { escapeControl } from '../model/escape-control.ts';

/** A result as `--json` prints it. What a terminal would obey stands as an escape, which JSON readers turn back. */
export function jsonText(document: unknown): string {
  return `${escapeControl(JSON.stringify(document, null, 2))}\n`;
}
