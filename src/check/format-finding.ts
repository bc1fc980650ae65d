import { escapeControl } from '../model/escape-control.ts';
import type { Finding, Place } from '../model/finding.ts';
import { messageOf } from './messages.ts';

/** Colours a piece of text, or leaves it as it is. */
export type Paint = (style: 'red' | 'yellow' | 'cyan' | 'bold' | 'dim', text: string) => string;

const STYLES = { error: 'red', warning: 'yellow', hint: 'cyan' } as const;

/** A finding for people: where, what, the source line with a marker under it, and what to do. */
export function formatFinding(finding: Finding, paint: Paint): string {
  const { file, place, severity, rule } = finding;
  const { text, hint } = messageOf(finding);
  const where = place === undefined ? file : `${file}:${place.line}:${place.column}`;
  const lines = [
    `${paint('bold', oneLine(where))} ${paint(STYLES[severity], severity)} ${paint('dim', rule)}`,
    `  ${oneLine(text)}`,
    ...(place === undefined ? [] : excerpt(place, (marker) => paint(STYLES[severity], marker))),
    `  ${paint('cyan', '→')} ${oneLine(hint)}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** A line feed in a name would let it write lines of its own, which a log may even take for commands. */
function oneLine(text: string): string {
  return escapeControl(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

const WIDTH = 100;

/**
 * The source line, moved so that the marked part can be seen, with tabs as one blank each to keep columns. Nothing when
 * that part was cut off.
 */
function excerpt({ line, column, endColumn, source }: Place, paintMarker: (marker: string) => string): string[] {
  const shift = column > WIDTH - 20 ? column - 40 : 0;
  const shown = escapeOneWide(source.slice(shift, shift + WIDTH));
  const start = column - 1 - shift;
  if (start > shown.length) return [];
  const length = Math.max(1, Math.min(endColumn - column, shown.length - start));
  const number = String(line);
  const gutter = ' '.repeat(number.length);
  return [`  ${number} | ${shown}`, `  ${gutter} | ${' '.repeat(start)}${paintMarker('^'.repeat(length))}`];
}

function escapeOneWide(text: string): string {
  return [...text]
    .map((character) =>
      character === '\t' ? ' ' : escapeControl(character).length > character.length ? '?' : character,
    )
    .join('');
}
