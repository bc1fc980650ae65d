import { escapeControl } from '../model/escape-control.ts';
import type { Finding, Place } from '../model/finding.ts';
import type { RuleId } from '../model/rules.ts';
import { messageOf } from './messages.ts';
import { maskLogCommands, oneLine } from './one-line.ts';
import { pageFile } from './rule-page.ts';

/** Colours a piece of text, or leaves it as it is. */
export type Paint = (
  style: 'red' | 'yellow' | 'green' | 'cyan' | 'bold' | 'dim' | 'italic' | 'underline',
  text: string,
) => string;

const STYLES = { error: 'red', warning: 'yellow', hint: 'cyan' } as const;

export interface FormatFindingOptions {
  /** Links the id of the rule to its page, for terminals that can show links. */
  readonly links?: boolean;
  /** Whether to show the lines of its detail. Default: true. */
  readonly detail?: boolean;
}

/** A finding for people: where, what, the source line with a marker under it, and what to do. */
export function formatFinding(finding: Finding, paint: Paint, options: FormatFindingOptions = {}): string {
  const { file, place, severity, rule } = finding;
  const { text, hint } = messageOf(finding);
  const where = place === undefined ? file : `${file}:${place.line}:${place.column}`;
  const shownRule = options.links === true ? link(pageFile(rule), paint('dim', rule)) : paint('dim', rule);
  const lines = [
    `${paint('bold', oneLine(where))} ${paint(STYLES[severity], severity)} ${shownRule}`,
    `  ${oneLine(text)}`,
    ...(place === undefined || isSecret(rule) ? [] : excerpt(place, (marker) => paint(STYLES[severity], marker))),
    ...(options.detail === false
      ? []
      : (finding.detail ?? []).map((line) => `  ${paint('dim', '|')} ${detailLine(line, paint)}`)),
    `  ${paint('cyan', '→')} ${oneLine(hint)}`,
  ];
  return `${lines.join('\n')}\n`;
}

const CHANGES = { '+': 'green', '-': 'red', '@': 'cyan' } as const;

/** A line of a diff by what it stands for. */
function detailLine(line: string, paint: Paint): string {
  const style = CHANGES[line.charAt(0) as keyof typeof CHANGES] as (typeof CHANGES)[keyof typeof CHANGES] | undefined;
  return style === undefined ? oneLine(line) : paint(style, oneLine(line));
}

/** The log of a build is often read by more people than the repository: a secret must not be repeated there. */
function isSecret(rule: RuleId): boolean {
  return rule.startsWith('secrets/');
}

/** The sequence OSC 8, which terminals show as a link. */
function link(target: URL, text: string): string {
  return `\u001B]8;;${target.href}\u001B\\${text}\u001B]8;;\u001B\\`;
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
  const shown = [...text].map((character) => {
    if (character === '\t') return ' ';
    return character === '\n' || escapeControl(character).length > character.length ? '?' : character;
  });
  return maskLogCommands(shown.join(''));
}
