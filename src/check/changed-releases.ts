import type { Finding, Place } from '../model/finding.ts';
import { compareText } from '../model/compare-text.ts';
import { findingOf } from '../pack/finding-of.ts';
import { MANIFEST_FILE } from '../pack/pack.ts';

/** One release at a revision. */
export interface ReleaseState {
  readonly name: string;
  readonly version: string;
  readonly directory: string;
  /** Object ids and modes of the files that are published, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Of the version in `pack.json`. */
  place(): Place;
}

/** How many paths a finding names. */
const MOST = 10;

/** A release whose files are other ones than before: what was published must stay as it is. */
export function changedRelease(before: ReleaseState, now: ReleaseState, since: string): Finding | undefined {
  const { name, version, directory } = now;
  const changes = changedFiles(before.files, now.files);
  if (changes.length === 0) return undefined;
  const args = { name, version, since, changes: changes.slice(0, MOST), more: Math.max(0, changes.length - MOST) };
  return findingOf('registry/changed-release', `${directory}/${MANIFEST_FILE}`, args, { place: now.place() });
}

/** What differs between the files of two states, ordered by path: `changed values.yaml`. */
export function changedFiles(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  const paths = [...new Set([...before.keys(), ...now.keys()])].toSorted(compareText);
  return paths.flatMap((path) => changeOf(before.get(path), now.get(path)).map((kind) => `${kind} ${path}`));
}

/** A release that is gone. */
export function removedRelease(
  { name, version, directory }: Omit<ReleaseState, 'files' | 'place'>,
  since: string,
): Finding {
  return findingOf('registry/removed-release', directory, { name, version, since }, { severity: 'warning' });
}

function changeOf(before: string | undefined, now: string | undefined): string[] {
  if (before === now) return [];
  if (before === undefined) return ['added'];
  return [now === undefined ? 'removed' : 'changed'];
}
