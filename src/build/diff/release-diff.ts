import type { ReportedFinding } from '../../check/check-report.ts';
import { isError, type Finding } from '../../model/finding.ts';
import { LIMITS } from '../../model/limits.ts';
import type { ReleaseFacts } from '../../model/registry.ts';
import { VALUES_FILE } from '../../pack/pack.ts';
import type { PackFileEntry } from '../../repo/pack-files.ts';
import type { Snapshot } from '../../repo/snapshot.ts';
import type { ReleaseRecords } from '../release-records.ts';
import { fileChanges, isSameFiles, publishedFiles } from './file-changes.ts';
import { chartChanges, dependencyChanges, imageChanges } from './fact-changes.ts';
import type { NewFindings } from './new-findings.ts';
import type { PairedRelease } from './paired-releases.ts';
import type { Part, Refusal, ReleaseDiff, ValueChange } from './registry-diff.ts';
import { readValues, shownChanges } from './shown-changes.ts';

export interface ComparedSides {
  readonly snapshot: Snapshot;
  readonly records: ReleaseRecords;
}

export interface PresentRelease extends PairedRelease {
  readonly after: NonNullable<PairedRelease['after']>;
  /** Whether its content may change. */
  readonly superseded: boolean;
}

/**
 * A release that is there now, compared with what it was or with the one that it follows; undefined when nothing that
 * is published differs.
 */
export async function releaseDiff(
  sides: ComparedSides,
  pair: PresentRelease,
  found: NewFindings,
): Promise<ReleaseDiff | undefined> {
  const { name, version, before, after, follows, duplicate, superseded } = pair;
  const other = before ?? follows;
  const [old, now] = [await stateOf(sides, other?.tree), await stateOf(sides, after.tree)];
  // What had errors was never published, so it may change.
  const published = before !== undefined && old.release !== undefined;
  const changed = published && !isSame(old, now);
  const refusals: Refusal[] = [
    ...(changed && !superseded ? (['changed'] as const) : []),
    ...refusalsOf(now, found.findings),
    ...(duplicate ? (['duplicate'] as const) : []),
  ];
  if (published && !changed && refusals.length === 0) return undefined;
  return {
    change: published ? 'changed' : 'added',
    name,
    version,
    directory: after.directory,
    refusals,
    ...(follows !== undefined && { follows: follows.version }),
    ...contentDiff(old, now, other !== undefined),
    ...(now.files !== undefined && { files: await fileChanges(sides.snapshot, old.files ?? new Map(), now.files) }),
    ...(await valuesDiff(sides.snapshot, old, now)),
    findings: found.findings.map((finding): ReportedFinding => ({
      ...finding,
      pack: name,
      directory: after.directory,
    })),
    known: found.known,
  };
}

function isSame(old: State, now: State): boolean {
  return old.files !== undefined && now.files !== undefined && isSameFiles(old.files, now.files);
}

interface State {
  readonly files: ReadonlyMap<string, PackFileEntry> | undefined;
  readonly facts: ReleaseFacts | undefined;
  readonly release: { readonly size: number } | undefined;
}

const NOTHING: State = { files: new Map(), facts: undefined, release: undefined };

async function stateOf({ snapshot, records }: ComparedSides, tree: string | undefined): Promise<State> {
  if (tree === undefined) return NOTHING;
  const { release } = (await records.of(tree)).record;
  const files = await publishedFiles(snapshot, tree);
  return { files, facts: release?.facts, release: release === undefined ? undefined : { size: release.artifact.size } };
}

function refusalsOf({ release }: State, findings: readonly Finding[]): Refusal[] {
  if (findings.some(isError)) return ['errors'];
  return release === undefined ? ['known-errors'] : [];
}

type Content = Pick<ReleaseDiff, 'size' | 'images' | 'charts' | 'dependencies'>;

/** What is compared with a release that could not be built cannot be told. */
function contentDiff(old: State, now: State, compared: boolean): Content {
  const size = {
    ...(old.release !== undefined && { before: old.release.size }),
    ...(now.release !== undefined && { after: now.release.size }),
  };
  if (now.facts === undefined || (compared && old.facts === undefined)) return { size };
  const { images = [], charts = [], dependencies = [] } = old.facts ?? {};
  return {
    size,
    images: imageChanges(images, now.facts.images),
    charts: chartChanges(charts, now.facts.charts),
    dependencies: dependencyChanges(dependencies, now.facts.dependencies),
  };
}

/** Of a wholly new pack, the values are what they are. */
async function valuesDiff(
  snapshot: Snapshot,
  old: State,
  now: State,
): Promise<{ readonly values?: Part<ValueChange> }> {
  const [before, after] = [old.files?.get(VALUES_FILE), now.files?.get(VALUES_FILE)];
  if (old === NOTHING) return {};
  if (before?.oid === after?.oid) return { values: { items: [], more: 0 } };
  const [one, other] = [readValues(await textOf(snapshot, before)), readValues(await textOf(snapshot, after))];
  if (one === undefined || other === undefined) return {};
  return { values: shownChanges(one, other) };
}

async function textOf({ objects }: Snapshot, entry: PackFileEntry | undefined): Promise<Buffer | undefined> {
  if (entry === undefined) return Buffer.of();
  if (entry.type !== 'file' && entry.type !== 'executable') return undefined;
  return (await objects.read(entry.oid, LIMITS.valuesBytes)).data;
}
