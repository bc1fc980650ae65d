import type { PackDocument, ReleaseDocument } from '../../model/documents.ts';
import { compareVersions, isPrerelease, parseVersion } from '../../model/version.ts';
import { matches, parseSelector } from '../../model/version-selector.ts';
import { chooseRelease } from '../choose-release.ts';
import { noVersion } from '../no-version.ts';
import type { PackReference } from '../reference.ts';

/** Which packs and releases a mirror has. */
export interface Selection {
  /** By name, each with what is wanted of it; undefined for every pack. */
  readonly packs: ReadonlyMap<string, readonly PackReference[]> | undefined;
  /** At most so many releases of a pack, the best first; undefined for all. */
  readonly latest: number | undefined;
}

export function selectionOf(references: readonly PackReference[] | undefined, latest: number | undefined): Selection {
  if (references === undefined) return { packs: undefined, latest };
  const packs = new Map<string, PackReference[]>();
  for (const reference of references) packs.set(reference.name, [...(packs.get(reference.name) ?? []), reference]);
  return { packs, latest };
}

/** Whether all of a registry is meant. */
export function isWhole({ packs, latest }: Selection): boolean {
  return packs === undefined && latest === undefined;
}

/** The same for the same selection, whatever the order in which it was written. */
export function selectionKey({ packs, latest }: Selection): string {
  const texts = packs === undefined ? undefined : [...packs.values()].flat().map((each) => JSON.stringify(each));
  return JSON.stringify([latest ?? 'all', texts?.toSorted() ?? 'all']);
}

/**
 * The releases of a pack that a selection means, in the document's order: every one that fits one of its references.
 * With `latest` only the best of these: active ones before others, releases before prereleases, then by version. Throws
 * `no-version` where nothing fits a reference.
 */
export function selectedReleases(document: PackDocument, { packs, latest }: Selection): readonly ReleaseDocument[] {
  const references = packs?.get(document.name) ?? [{ name: document.name }];
  const meant = new Set(references.flatMap((reference) => meantBy(document, reference)));
  const kept = latest === undefined ? meant : new Set([...meant].toSorted(byRank).slice(0, latest));
  return document.releases.filter((release) => kept.has(release));
}

function meantBy(document: PackDocument, reference: PackReference): readonly ReleaseDocument[] {
  const { selector, tag, sha256 } = reference;
  if (sha256 !== undefined) {
    const meant = document.releases.filter(
      ({ artifact }) => artifact.sha256 === sha256 || artifact.contentSha256 === sha256,
    );
    return required(meant, document, reference);
  }
  if (tag !== undefined || selector === 'latest') return [chooseRelease(document, reference)];
  const parsed = parseSelector(selector ?? '*');
  const all = selector === undefined || parsed === undefined;
  const meant = all ? document.releases : document.releases.filter(({ version }) => matches(parsed, version));
  return required(meant, document, reference);
}

function required(
  releases: readonly ReleaseDocument[],
  document: PackDocument,
  reference: PackReference,
): readonly ReleaseDocument[] {
  if (releases.length === 0) throw noVersion(document, reference, []);
  return releases;
}

/** As tags choose: what a client would take first comes first. */
function byRank(a: ReleaseDocument, b: ReleaseDocument): number {
  return rank(a) - rank(b) || compareVersions(b.version, a.version);
}

function rank({ version, status }: ReleaseDocument): number {
  if (status !== undefined) return status.state === 'deprecated' ? 2 : 3;
  return isPrerelease(parseVersion(version)) ? 1 : 0;
}
