import type { PackDocument, ReleaseDocument } from '../../model/documents.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { dayOf } from './day-of.ts';
import { contentSections } from './info-content.ts';
import { piece, type Pieces } from './pieces.ts';
import { statusPieces } from './status-pieces.ts';
import { highestFirst, tagsByVersion, versionsLines } from './versions-lines.ts';
import { wrap } from './wrap.ts';

export interface InfoOptions {
  /** Columns to fit into; unless told, lines are as long as they are. */
  readonly width?: number;
  /** Where the repository of the registry is. */
  readonly repository?: string;
}

/** Versions that are listed along with one of them. */
const SHOWN_VERSIONS = 10;
const EMPTY: Pieces = [];

/** Everything that a pack's document says of one release, and of its other versions in short. */
export function infoLines(document: PackDocument, release: ReleaseDocument, options: InfoOptions = {}): Pieces[] {
  const { width = Infinity } = options;
  const { displayName, annotations, status } = release;
  const description = (Object.hasOwn(annotations, 'description') ? (annotations['description'] ?? '') : '').trim();
  const wrapped = (pieces: Pieces): Pieces[] => wrap(pieces, Math.min(width, 100));
  return [
    [piece(`${document.name} ${release.version}`, 'bold'), piece(`  ${displayName}`)],
    ...(status === undefined ? [] : wrapped(statusPieces(status))),
    ...(description === '' ? [] : [EMPTY, ...wrapped([piece(description.replaceAll(/\s+/gu, ' '))])]),
    EMPTY,
    ...facts(document, release, options),
    ...contentSections(release).flatMap((section) => [EMPTY, ...section]),
    EMPTY,
    ...versions(document, release, width),
  ];
}

function facts(document: PackDocument, release: ReleaseDocument, { repository }: InfoOptions): Pieces[] {
  const { layer, addonType, group, cloudTypes, publishedAt, artifact, source, supersedes = [] } = release;
  const commit = source.commit === undefined ? 'not committed' : `commit ${source.commit}`;
  const files = Object.entries(release.files).map(([name, { size }]) => `${name} (${formatBytes(size)})`);
  const rows: readonly (readonly [label: string, value: string | undefined])[] = [
    ['Layer', addonType === undefined ? layer : `${layer}, ${addonType}`],
    ['Group', group],
    ['Clouds', cloudTypes.join(', ')],
    ['Published', dayOf(publishedAt)],
    ['Tags', tagsByVersion(document).get(release.version)?.join(', ')],
    ['Archive', `${artifact.path} (${formatBytes(artifact.size)}, recipe ${release.recipe})`],
    ['SHA-256', artifact.sha256],
    ['Content', `${artifact.contentSha256} (SHA-256 of the uncompressed tar)`],
    ...supersedes.map(
      ({ contentSha256, message, commit: by }) =>
        ['Replaced', `${contentSha256} in commit ${by}: ${message.replaceAll(/\s+/gu, ' ')}`] as const,
    ),
    ['Source', `${source.directory}, ${commit}`],
    ['Tree', source.tree],
    ['Removed', source.removedIn === undefined ? undefined : `from the repository in commit ${source.removedIn}`],
    ['Repository', repository],
    ['Files', files.join(', ')],
    ['Logo', logoText(release)],
  ];
  return labelled(rows.filter((row): row is readonly [string, string] => row[1] !== undefined && row[1] !== ''));
}

const LONGEST_LABEL = 20;

function labelled(rows: readonly (readonly [label: string, value: string])[]): Pieces[] {
  const labels = rows.map(([label]) => piece(label, 'dim'));
  const column = labels.reduce(
    (most, { text }) => (text.length > LONGEST_LABEL ? most : Math.max(most, text.length)),
    0,
  );
  return rows.map(([, value], index) => {
    const label = labels[index] ?? piece('');
    return [piece('  '), label, piece(' '.repeat(Math.max(0, column - label.text.length) + 2)), piece(value)];
  });
}

function logoText({ logo, logoWebp }: ReleaseDocument): string {
  const sizes = Object.keys(logo);
  const formats = Object.keys(logoWebp).length === 0 ? 'PNG' : 'PNG and WebP';
  return sizes.length === 0 ? '' : `${sizes.join(', ')} pixels, ${formats}`;
}

function versions(document: PackDocument, { version }: ReleaseDocument, width: number): Pieces[] {
  const all = highestFirst(document);
  const at = all.findIndex((release) => release.version === version);
  // The release that is looked at is among those that are shown.
  const start = Math.max(0, Math.min(at - Math.floor(SHOWN_VERSIONS / 2), all.length - SHOWN_VERSIONS));
  const shown = all.slice(start, start + SHOWN_VERSIONS);
  const [, ...rows] = versionsLines(document, shown, width - 2);
  const more = all.length - shown.length;
  return [
    [piece(`Versions (${all.length})`, 'bold')],
    ...rows.map((row): Pieces => [piece('  '), ...row]),
    ...(more > 0 ? [[piece(`  ${more} more: packyard versions ${document.name} --all`, 'dim')]] : []),
  ];
}
