import { escapeControl } from '../model/escape-control.ts';
import type { Place } from '../model/finding.ts';
import type { StatusEntry } from '../model/status.ts';
import { isMapping, propertyOf } from '../model/json-value.ts';
import type { SourceDocument } from '../pack/source-document.ts';

/** Keys of an entry, in the order in which they are written. */
const KEYS = ['versions', 'state', 'reason', 'at', 'replacement'] as const;

type Key = (typeof KEYS)[number];

/** The text of a file of `status/` that says nothing but one entry. */
export function newStatusText(entry: StatusEntry): string {
  return `releases:\n${entryLines(entry, '  ').join('\n')}\n`;
}

/**
 * The text with an entry behind all others; every character that was there stays. Whether it came out as it was meant is
 * known when it is parsed again: not every way to write a list can be added to.
 */
export function withEntryAppended(text: string, document: SourceDocument, entry: StatusEntry): string {
  const lines = linesOf(text);
  const releases = propertyOf(document.value, 'releases');
  if (!isMapping(document.value)) return inserted(text, lines.length, newStatusText(entry).trimEnd().split('\n'));
  if (!Array.isArray(releases) || releases.length === 0) {
    const { line, column } = document.place(['releases'], 'key');
    const own = lines[line - 1] ?? '';
    const emptied = own.replace(
      /^(?<key>\s*(?:releases|"releases"|'releases')\s*:)\s*(?:\[\s*\]|~|null)?(?<rest>\s*(?:#.*)?\r?\n?)$/u,
      '$1$2',
    );
    const before = [...lines.slice(0, line - 1), emptied, ...lines.slice(line)].join('');
    return inserted(before, line, entryLines(entry, ' '.repeat(column + 1)));
  }
  // A list begins where its first dash stands.
  const indent = ' '.repeat(document.place(['releases']).column - 1);
  return inserted(
    text,
    endOfEntry(lines, document.place(['releases', releases.length - 1]), indent),
    entryLines(entry, indent),
  );
}

/** The text with the values of one entry replaced, and what it has not yet added to it; everything else stays. */
export function withEntryReplaced(
  text: string,
  document: SourceDocument,
  index: number,
  before: StatusEntry,
  after: StatusEntry,
): string {
  const lines = linesOf(text);
  const added: string[] = [];
  for (const key of KEYS) {
    const [from, to] = [before[key], after[key]];
    if (from === to || to === undefined) continue;
    if (from === undefined) {
      added.push(`${key}: ${scalar(key, to)}`);
      continue;
    }
    const { line, column, endColumn } = document.place(['releases', index, key]);
    const own = lines[line - 1] ?? '';
    // The place of a quoted text is that of what stands between the quotes.
    const quotes = /["']/u.test(own.charAt(column - 2)) && own.charAt(column - 2) === own.charAt(endColumn - 1) ? 1 : 0;
    lines[line - 1] = own.slice(0, column - 1 - quotes) + scalar(key, to) + own.slice(endColumn - 1 + quotes);
  }
  if (added.length === 0) return lines.join('');
  const { line } = document.place(['releases', index, 'state']);
  const indent = ' '.repeat(document.place(['releases', index, 'state'], 'key').column - 1);
  return inserted(
    lines.join(''),
    line,
    added.map((each) => `${indent}${each}`),
  );
}

/** With their ends. */
function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/u);
}

/** Puts lines behind the first ones of a text, with the line ends that the text has. */
function inserted(text: string, after: number, added: readonly string[]): string {
  const lines = linesOf(text);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const head = lines.slice(0, after).join('');
  const gap = head === '' || head.endsWith('\n') ? '' : end;
  return `${head}${gap}${added.map((line) => `${line}${end}`).join('')}${lines.slice(after).join('')}`;
}

/** How many lines there are up to the end of the last entry, with the comments that are indented as it is. */
function endOfEntry(lines: readonly string[], { line }: Place, indent: string): number {
  let end = line;
  for (let next = line; next < lines.length; next += 1) {
    const text = lines[next] ?? '';
    if (text.trim() === '') continue;
    if (!text.startsWith(`${indent} `)) break;
    end = next + 1;
  }
  return end;
}

function entryLines(entry: StatusEntry, indent: string): string[] {
  const written = KEYS.flatMap((key) => {
    const value = entry[key];
    return value === undefined ? [] : [`${key}: ${scalar(key, value)}`];
  });
  return written.map((line, index) => `${indent}${index === 0 ? '- ' : '  '}${line}`);
}

/** Versions are always quoted, because some look like numbers. */
function scalar(key: Key, value: string): string {
  if (key === 'state' || key === 'at') return value;
  const plain =
    key === 'reason' &&
    /^[A-Za-z](?:[\w.,()/-]| (?=[\w(/]))*$/u.test(value) &&
    !/^(?:true|false|null|yes|no|on|off|y|n)$/iu.test(value);
  return plain ? value : escapeControl(JSON.stringify(value));
}
