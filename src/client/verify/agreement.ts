import { compareText } from '../../model/compare-text.ts';
import type { DocumentLink, IndexPack, PackDocument, PackSources, SearchPack } from '../../model/documents.ts';
import { indexPackOf, packSourcesOf, searchPackOf } from '../../model/pack-entries.ts';
import { tagsOf } from '../../model/tags.ts';
import { compareVersions } from '../../model/version.ts';
import { verifyFinding, type VerifyFinding } from './verify-finding.ts';

/** One document of the registry as a place in messages. */
interface Where {
  /** Of the document. */
  readonly path: string;
  /** In it. */
  readonly place: string;
}

/** In which way what the index says of a pack is not what the pack's document says. */
export function indexDisagreements(pack: PackDocument, found: IndexPack, link: DocumentLink): VerifyFinding[] {
  const where = { path: 'index.json', place: `packs[${JSON.stringify(pack.name)}]` };
  return disagreements(indexPackOf(pack, link), found, INDEX_KEYS, where);
}

/** The same of the list that is searched. */
export function searchDisagreements(pack: PackDocument, found: SearchPack, path: string): VerifyFinding[] {
  const where = { path, place: `packs[${JSON.stringify(pack.name)}]` };
  return disagreements(searchPackOf(pack), found, SEARCH_KEYS, where);
}

/** The same of the list of sources; what a status file said is known to nobody else. */
export function sourcesDisagreements(pack: PackDocument, found: PackSources, path: string): VerifyFinding[] {
  const place = `packs[${JSON.stringify(pack.name)}]`;
  const [expected, there] = [packSourcesOf(pack).releases, found.releases];
  const versions = { releases: expected.map(({ version }) => version) };
  const listed = { releases: there.map(({ version }) => version) };
  const different = disagreements(versions, listed, ['releases'], { path, place });
  if (different.length > 0) return different;
  return expected.flatMap((release, at) =>
    disagreements(release, there[at] ?? {}, SOURCE_KEYS, { path, place: `${place}.releases[${at}]` }),
  );
}

// Listed, because a later Packyard may say more.
const INDEX_KEYS = ['layer', 'displayName', 'latest', 'updatedAt'];
const SEARCH_KEYS = [...INDEX_KEYS, 'description', 'addonType', 'cloudTypes', 'versions', 'states', 'logo'];
const SOURCE_KEYS = ['directory', 'tree', 'commit', 'removedIn', 'recipe'];

function disagreements(expected: object, found: object, keys: readonly string[], where: Where): VerifyFinding[] {
  return keys.flatMap((key) => {
    const [wanted, there] = [valueAt(expected, key), valueAt(found, key)];
    if (comparable(wanted) === comparable(there)) return [];
    const message = `is ${shown(there)}, where the pack's document has ${shown(wanted)}`;
    const place = `${where.place}.${key}`;
    return [
      verifyFinding('disagreement', where.path, message, { place, expected: shown(wanted), found: shown(there) }),
    ];
  });
}

/** In which way the tags and the order of a pack's document are not those that its releases ask for. */
export function tagFindings({ tags, releases }: PackDocument, path: string): VerifyFinding[] {
  const wanted = new Map(
    Object.entries(
      tagsOf(
        releases.map(({ version, group, status }) => ({
          version,
          active: status === undefined,
          ...(group !== undefined && { group }),
        })),
      ),
    ),
  );
  const there = new Map(Object.entries(tags));
  const names = [...new Set([...wanted.keys(), ...there.keys()])];
  const wrong = names.flatMap((name) => {
    const [expected, found] = [shown(wanted.get(name)), shown(there.get(name))];
    if (expected === found) return [];
    const place = `tags[${shown(name)}]`;
    const message = `is ${found}, where the releases ask for ${expected}`;
    return [verifyFinding('tags', path, message, { place, expected, found })];
  });
  const at = releases.findIndex(
    ({ version }, index) => index > 0 && compareVersions(releases[index - 1]?.version ?? '', version) < 0,
  );
  if (at === -1) return wrong;
  const message = `is ${shown(releases[at]?.version)}, which is higher than the release before it`;
  return [...wrong, verifyFinding('order', path, message, { place: `releases[${at}].version` })];
}

function valueAt(holder: object, key: string): unknown {
  return Object.hasOwn(holder, key) ? (holder as Record<string, unknown>)[key] : undefined;
}

/** The same text for two values that differ in the order of their keys only. */
function comparable(value: unknown): string {
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  const sorted = isMapping ? Object.entries(value).toSorted(([a], [b]) => compareText(a, b)) : value;
  return JSON.stringify(sorted) ?? 'nothing';
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
