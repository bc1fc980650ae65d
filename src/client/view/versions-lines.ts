import type { PackDocument, ReleaseDocument } from '../../model/documents.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { compareTags } from '../../model/tags.ts';
import { compareVersions } from '../../model/version.ts';
import { dayOf } from './day-of.ts';
import { piece, type Pieces } from './pieces.ts';
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
  { title: 'published' },
  { title: 'size', align: 'right' },
  { title: 'tags', least: 6 },
  { title: 'status', least: 10 },
];

/** Releases as a table. What nobody says anything of has no column. */
export function versionsLines(document: PackDocument, releases: readonly ReleaseDocument[], width?: number): Pieces[] {
  const tags = tagsByVersion(document);
  const spoken = releases.some(({ status }) => status !== undefined);
  const rows = releases.map(({ version, publishedAt, artifact, status }) => [
    [piece(version)],
    [piece(dayOf(publishedAt))],
    [piece(formatBytes(artifact.size))],
    [piece((tags.get(version) ?? []).join(', '))],
    status === undefined ? [] : statusPieces(status),
  ]);
  return table(spoken ? COLUMNS : COLUMNS.slice(0, -1), rows, width);
}
