import { byPlace } from '../check/by-place.ts';
import type { Finding } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import { replacementOf, statusFile, type PackStatus, type StatusEntry, type VersionState } from '../model/status.ts';
import { suggest } from '../model/suggest.ts';
import { parseVersion, type Version } from '../model/version.ts';
import { matches, parseSelector } from '../model/version-selector.ts';
import { findingOf } from '../pack/finding-of.ts';
import type { SourceDocument } from '../pack/source-document.ts';
import { readSnapshotFile, type Snapshot } from '../repo/snapshot.ts';
import { firstOfEach } from './load-statuses.ts';

/** A pack with the states of its versions, as `statusOf` has them. */
export interface PackStates {
  readonly name: string;
  /** Looked at only where something is said about the pack, or it is to replace something. */
  readonly versions: readonly VersionState[];
}

/** Something that is wrong with one entry, before it is known where that stands. */
export interface EntryProblem {
  readonly finding: Finding;
  readonly name: string;
  /** Where it is said, from the root of the document; undefined for the file as a whole. */
  readonly path?: readonly (string | number)[];
  /** What was written, and what could have been meant. */
  readonly word: string;
  readonly candidates: () => Iterable<string>;
}

type Packs = ReadonlyMap<string, PackStates>;

/**
 * What `status/` says about packs, versions and replacements that there are not; by file, at most 50 of a rule. A file is
 * read again only where something is wrong in it. `packs` are all of the registry.
 */
export async function statusFindings(
  snapshot: Snapshot,
  statuses: ReadonlyMap<string, PackStatus>,
  packs: Iterable<PackStates>,
): Promise<Finding[]> {
  if (statuses.size === 0) return [];
  const byName = new Map(Array.from(packs, (pack) => [pack.name, pack]));
  const problems = new Map<Finding, EntryProblem>();
  for (const status of statuses.values()) {
    for (const problem of statusProblems(status, byName)) problems.set(problem.finding, problem);
  }
  const documents = new Map<string, SourceDocument | undefined>();
  const findings: Finding[] = [];
  // Where nearly everything is wrong, what was meant and where it stands is worth knowing of the first ones only.
  for (const finding of firstOfEach([...problems.keys()])) {
    const problem = problems.get(finding);
    const { file } = finding;
    if (!documents.has(file)) documents.set(file, await documentOf(snapshot, file));
    findings.push(problem === undefined ? finding : completed(problem, documents.get(file)));
  }
  return findings.toSorted(byPlace);
}

async function documentOf(snapshot: Snapshot, file: string): Promise<SourceDocument | undefined> {
  const data = await readSnapshotFile(snapshot, file, LIMITS.statusBytes);
  if (data === undefined) return undefined;
  const { statusDocument } = await import('./parse-status.ts');
  const document = statusDocument(file, data);
  return 'rule' in document ? undefined : document;
}

/** With where it stands, and what could have been meant. */
export function completed(
  { finding, path, word, candidates }: EntryProblem,
  document: SourceDocument | undefined,
): Finding {
  const place = path === undefined ? undefined : document?.place(path);
  const suggestion = suggest(word, candidates());
  return {
    ...finding,
    ...(place !== undefined && { place }),
    args: { ...finding.args, ...(suggestion !== undefined && { suggestion }) } as Finding['args'],
  };
}

/** What is wrong with what is said about one pack. */
export function* statusProblems({ name, entries }: PackStatus, packs: Packs): Generator<EntryProblem> {
  const pack = packs.get(name);
  if (pack === undefined) {
    const finding = findingOf('status/unknown-pack', statusFile(name), { name });
    yield { finding, name, word: name, candidates: () => packs.keys() };
    return;
  }
  const versions = parsedVersions(pack);
  for (const [index, entry] of entries.entries()) {
    if (!isAnyMeant(entry.versions, versions)) {
      const args = { name, versions: entry.versions };
      yield {
        finding: findingOf('status/unknown-version', statusFile(name), args),
        name,
        path: ['releases', index, 'versions'],
        word: entry.versions,
        candidates: () => versionsOf(pack),
      };
    }
    const problem = replacementProblem(pack, entry, packs);
    if (problem !== undefined) yield { ...problem, name, path: ['releases', index, 'replacement'] };
  }
}

/** Each is parsed once, and only as far as they are looked at. */
function parsedVersions({ versions }: PackStates): () => Iterable<Version> {
  const parsed: Version[] = [];
  return function* () {
    for (const [index, { version }] of versions.entries()) yield (parsed[index] ??= parseVersion(version));
  };
}

function isAnyMeant(text: string, versions: () => Iterable<Version>): boolean {
  const selector = parseSelector(text);
  if (selector === undefined) return false;
  for (const version of versions()) if (matches(selector, version)) return true;
  return false;
}

function replacementProblem(
  pack: PackStates,
  { versions, replacement, state }: StatusEntry,
  packs: Packs,
): Pick<EntryProblem, 'finding' | 'word' | 'candidates'> | undefined {
  if (replacement === undefined || state === 'active') return undefined;
  const file = statusFile(pack.name);
  const { name, version } = replacementOf(pack.name, replacement);
  const other = packs.get(name);
  if (other === undefined) {
    const finding = findingOf('status/unknown-replacement', file, { name });
    return { finding, word: name, candidates: () => packs.keys() };
  }
  const found = other.versions.find((each) => each.version === version);
  if (found === undefined) {
    const finding = findingOf('status/unknown-replacement', file, { name, version });
    return { finding, word: version, candidates: () => versionsOf(other) };
  }
  const nothing = { word: '', candidates: () => [] };
  if (name === pack.name && isAnyMeant(versions, () => [parseVersion(version)])) {
    return { finding: findingOf('status/own-replacement', file, { replacement }), ...nothing };
  }
  if (found.state === 'active' || found.state === 'deprecated') return undefined;
  const args = { replacement, state: found.state };
  return { finding: findingOf('status/withdrawn-replacement', file, args, { severity: 'warning' }), ...nothing };
}

function versionsOf({ versions }: PackStates): string[] {
  return versions.map(({ version }) => version);
}
