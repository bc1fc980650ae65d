import { identityOfMapping, readValues, type ValueEntry, type ValuesText, type ValueTree } from './value-tree.ts';
import { lineText } from './value-edits.ts';

/** A mapping in a text, with its lines: counted from 0, the end exclusive. */
export interface ValuesPart {
  readonly values: ValuesText;
  readonly root: ValueTree;
  readonly from: number;
  readonly to: number;
}

/** The values of a chart in a `values.yaml`, and how others come in their place. */
export interface ValuesSection extends ValuesPart {
  /** The whole text with other values, which are not indented. */
  withText(section: string): string;
  /** The same section of another text; undefined where that is no YAML, or differs in anything else. */
  in(text: string): ValuesPart | undefined;
}

/** A text that is nothing but the values of a chart. */
export function wholeText(text: string): ValuesSection | { readonly problem: string } {
  const values = readValues(text);
  if ('problem' in values) return values;
  const partOf = (read: ValuesText): ValuesPart => ({ values: read, root: read.root, from: 0, to: endOf(read) });
  return {
    ...partOf(values),
    withText: (section) => section,
    in(other) {
      const read = readValues(other);
      return 'problem' in read ? undefined : partOf(read);
    },
  };
}

/**
 * The values under `charts.<name>` of a text with `\n` at the end of its lines. Undefined where there are none, or none
 * on lines of their own.
 */
export function chartSection(values: ValuesText, name: string): ValuesSection | undefined {
  const part = partIn(values, name);
  if (part === undefined) return undefined;
  const { from, to, root } = part;
  const indent = [...(root.entries?.values() ?? [])].find(({ written }) => written !== undefined)?.written?.indent ?? 0;
  const others = otherIdentity(values, name);
  return {
    ...part,
    withText(section) {
      const lines = values.text.split('\n');
      const own = section.replace(/\n+$/u, '').split('\n');
      lines.splice(from, to - from, ...own.map((line) => (line.trim() === '' ? '' : ' '.repeat(indent) + line)));
      return lines.join('\n');
    },
    in(text) {
      const read = readValues(text);
      if ('problem' in read || otherIdentity(read, name) !== others) return undefined;
      return partIn(read, name);
    },
  };
}

function partIn(values: ValuesText, name: string): ValuesPart | undefined {
  const entry = chartEntry(values, name);
  const first = [...(entry?.value.entries?.values() ?? [])].find(({ written }) => written !== undefined)?.written;
  if (entry?.written === undefined || !entry.value.block || first === undefined) return undefined;
  const from = values.lines.lineOf(entry.written.start) + 1;
  // What is written on the line of its name stays there.
  if (first.from < from) return undefined;
  return { values, root: entry.value, from, to: behindComments(values, entry.written.to, first.indent) };
}

export function chartEntry({ root }: ValuesText, name: string): ValueEntry | undefined {
  return root.entries?.get('charts')?.value.entries?.get(name);
}

/** Comments behind the last value belong to it where they are indented as far. */
function behindComments(values: ValuesText, to: number, indent: number): number {
  let end = to;
  for (let line = to; line < endOf(values); line += 1) {
    const text = lineText(values, line);
    if (text.trim() === '') continue;
    if (!text.trimStart().startsWith('#') || text.length - text.trimStart().length < indent) break;
    end = line + 1;
  }
  return end;
}

function endOf({ text, lines }: ValuesText): number {
  return text === '' || text.endsWith('\n') ? lines.count - 1 : lines.count;
}

/** Of everything else. */
function otherIdentity({ root }: ValuesText, name: string): string {
  const entries = [...(root.entries ?? [])].map(([key, { value }]): [string, string] => {
    if (key !== 'charts') return [key, value.identity];
    const others = [...(value.entries ?? [])].filter(([each]) => each !== name);
    return [key, identityOfMapping(others.map(([each, other]) => [each, other.value.identity]))];
  });
  return identityOfMapping(entries);
}
