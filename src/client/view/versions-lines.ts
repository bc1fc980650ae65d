import type { PackDocument, ReleaseDocument } from '../../model/documents.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { compareTags } from '../../model/tags.ts';
import { compareVersions } from '../../model/version.ts';
import { dayOf } from './day-of.ts';
import { piece, widthOf, type Pieces } from './pieces.ts';
import { statusPieces } from './status-pieces.ts';
import { table, type Column } from './table.ts';

/** Releases of a pack, highest version first. */
export function highestFirst({ releases }: PackDocument): readonly ReleaseDocument[] {
  return releases.toSorted((a, b) => compareVersions(b.version, a.version));
}

/** Tags by the version that they stand for, `latest` first. */
export function tagsByVersion({ tags }: PackDocument): ReadonlyMap<string, readonly string[]> {
  const byVersion = new Map<string, string[]>();
  for (const tag of Object.keys(tags).toSorted(compareTags)) {
    const version = tags[tag] ?? '';
    const others = byVersion.get(version);
    if (others === undefined) byVersion.set(version, [tag]);
    else others.push(tag);
  }
  return byVersion;
}

const COLUMNS: readonly Column[] = [
  { title: 'version' },
  { title: 'published', least: 10 },
  { title: 'size', align: 'right', least: 10 },
  { title: 'tags', least: 6 },
  { title: 'status', least: 10, stays: true },
];

/** Releases as a table. What is said of none has no column; what has to be known of one is there on any terminal. */
export function versionsLines(document: PackDocument, releases: readonly ReleaseDocument[], width?: number): Pieces[] {
  const tags = tagsByVersion(document);
  const rows = releases.map(({ version, publishedAt, artifact, status }): readonly Pieces[] => [
    [piece(version)],
    [piece(dayOf(publishedAt))],
    [piece(formatBytes(artifact.size))],
    [piece((tags.get(version) ?? []).join(', '))],
    status === undefined ? [] : statusPieces(status),
  ]);
  const isSaid = COLUMNS.map((_, index) => rows.some((row) => widthOf(row[index] ?? []) > 0));
  const said = <T>(cells: readonly T[]): readonly T[] => cells.filter((_, index) => isSaid[index]);
  return table(said(COLUMNS), rows.map(said), width);
}
