import { formatBytes } from '../../model/format-bytes.ts';
import { chartText, dependencyText } from './diff-words.ts';
import { countOf } from './part.ts';
import type { FileChange, FilesDiff, Part, ReleaseDiff } from './registry-diff.ts';

/** How many rows of one section are shown. */
const MOST = 20;

/** What differs in one respect. Texts are what packs hold, not escaped. */
export interface Section {
  readonly title: 'Files' | 'Images' | 'Values' | 'Charts' | 'Dependencies';
  /** In a few words without anything from a pack. */
  readonly summary: string;
  readonly rows: readonly Row[];
  /** How many rows there are besides these. */
  readonly more: number;
}

export interface Row {
  readonly sign: '+' | '-' | '~';
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
}

/** What differs between a release and the one that it is compared with. */
export function sectionsOf({ files, images, values, charts, dependencies }: ReleaseDiff): Section[] {
  return [
    ...(files === undefined ? [] : [filesSection(files)]),
    ...(images === undefined
      ? []
      : [
          section('Images', [
            ...rowsOf(images.added, (what) => ({ sign: '+', what })),
            ...rowsOf(images.removed, (what) => ({ sign: '-', what })),
          ]),
        ]),
    ...(charts === undefined
      ? []
      : [
          section(
            'Charts',
            rowsOf(charts, ({ name, before, after }) => changeRow(name, before, after, chartText)),
          ),
        ]),
    ...(dependencies === undefined
      ? []
      : [
          section(
            'Dependencies',
            rowsOf(dependencies, ({ packName, before, after }) => changeRow(packName, before, after, dependencyText)),
          ),
        ]),
    ...(values === undefined
      ? []
      : [
          section(
            'Values',
            rowsOf(values, ({ path, before, after }) =>
              changeRow(path === '' ? '.' : path, before, after, ({ text }) => text),
            ),
          ),
        ]),
  ].filter(({ summary }) => summary !== '');
}

function filesSection({ added, removed, changed }: FilesDiff): Section {
  const row = ({ path, before, after }: FileChange, sign: Row['sign']): Row => ({
    sign,
    what: path,
    ...(before !== undefined && { before: formatBytes(before) }),
    ...(after !== undefined && { after: formatBytes(after) }),
  });
  return section('Files', [
    ...rowsOf(added, (file) => row(file, '+')),
    ...rowsOf(removed, (file) => row(file, '-')),
    ...rowsOf(changed, (file) => row(file, '~')),
  ]);
}

function changeRow<Value>(
  what: string,
  before: Value | undefined,
  after: Value | undefined,
  textOf: (value: Value) => string,
): Row {
  const sign = before === undefined ? '+' : after === undefined ? '-' : '~';
  return {
    sign,
    what,
    ...(before !== undefined && { before: textOf(before) }),
    ...(after !== undefined && { after: textOf(after) }),
  };
}

/** Rows, and for each that is not kept nothing but that it is there. */
function rowsOf<Item>(part: Part<Item>, rowOf: (item: Item) => Row): Rows[] {
  const rows = part.items.map(rowOf);
  return [{ rows, total: countOf(part) }];
}

interface Rows {
  readonly rows: readonly Row[];
  readonly total: number;
}

const WORDS = { '+': 'added', '-': 'removed', '~': 'changed' } as const;

function section(title: Section['title'], parts: readonly Rows[]): Section {
  const all = parts.flatMap(({ rows }) => rows);
  const total = parts.reduce((sum, part) => sum + part.total, 0);
  const rows = all.slice(0, MOST);
  const counts = (['+', '-', '~'] as const).flatMap((sign) => {
    const count = all.filter((row) => row.sign === sign).length;
    return count === 0 ? [] : [`${count} ${WORDS[sign]}`];
  });
  const unknown = total - all.length;
  return {
    title,
    summary: [...counts, ...(unknown === 0 ? [] : [`${unknown} more`])].join(', '),
    rows,
    more: total - rows.length,
  };
}
