import { messageOf } from '../check/messages.ts';
import { isError, type Finding } from '../model/finding.ts';
import { findingOf } from '../pack/finding-of.ts';
import { MANIFEST_FILE } from '../pack/pack.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import type { Candidate, Identity } from './candidates.ts';
import {
  releaseKey,
  type HistoricContent,
  type HistoricRelease,
  type HistoricState,
  type HistoricTwin,
} from './historic-releases.ts';
import { inParallel } from '../model/in-parallel.ts';

/** How many releases are looked into at once. */
const WIDTH = 16;

/** A release that only history has, by its newest content that can be published. */
export interface PastRelease extends Identity, PackDirectory {
  /** The commit that took it away; absent where that is not committed yet. */
  readonly removedIn?: string;
}

export interface ValidReleases {
  /** In the order of the releases. */
  readonly past: readonly PastRelease[];
  /** What was passed over, and why. */
  readonly findings: readonly Finding[];
}

/**
 * Finds the newest valid content of each release that the tree does not have soundly. `make` tells what is in a
 * directory, as building it does.
 */
export async function newestValid(
  releases: readonly HistoricRelease[],
  sound: readonly Candidate[],
  make: (content: PackDirectory) => Promise<Candidate>,
): Promise<ValidReleases> {
  const present = new Set(sound.flatMap(({ identity }) => (identity === undefined ? [] : [releaseKey(identity)])));
  const absent = releases.filter((release) => !present.has(releaseKey(release)));
  const tried = await inParallel(absent, WIDTH, (release) => tryContents(release, make));
  return { past: tried.flatMap(({ past }) => past ?? []), findings: tried.flatMap(({ findings }) => findings) };
}

interface Tried {
  readonly past?: PastRelease;
  readonly findings: readonly Finding[];
}

async function tryContents(
  release: HistoricRelease,
  make: (content: PackDirectory) => Promise<Candidate>,
): Promise<Tried> {
  const skipped: { readonly content: HistoricState; readonly error: Finding | undefined }[] = [];
  let past: PastRelease | undefined;
  for (const content of [release, ...release.older]) {
    const { name, version, directory, tree, removedIn } = content;
    const { identity, findings } = await make({ directory, tree });
    if (identity?.name === name && identity.version === version) {
      past = { name, version, directory, tree, ...(removedIn !== undefined && { removedIn: removedIn.commit }) };
      break;
    }
    skipped.push({ content, error: findings.find(isError) });
  }
  const lost = past === undefined;
  const findings = skipped.map(({ content, error }) => skippedFinding(content, error, lost));
  return { findings, ...(past !== undefined && { past }) };
}

function skippedFinding(
  { name, version, directory, lastIn }: HistoricState,
  error: Finding | undefined,
  lost: boolean,
): Finding {
  const reason = error === undefined ? {} : { rule: error.rule, reason: messageOf(error).text };
  const args = { name, version, directory, ...lastIn, ...reason, lost };
  const file = error?.file ?? `${directory}/${MANIFEST_FILE}`;
  return findingOf('history/skipped-release', file, args, { severity: lost ? 'warning' : 'hint' });
}

/** Releases that history has in two directories at once only. */
export function twinFindings(twins: readonly HistoricTwin[]): Finding[] {
  return twins.map((twin) => {
    const { name, version, directory, other, lost } = twin;
    const args = { name, version, other };
    return skippedFinding(twin, findingOf('registry/duplicate-release', `${directory}/${MANIFEST_FILE}`, args), lost);
  });
}

/** Directories of the past whose `pack.json` said no name and version. */
export function* namelessFindings(nameless: readonly HistoricContent[]): Generator<Finding> {
  for (const { directory, lastIn } of nameless) {
    const args = { directory, ...lastIn, lost: true };
    yield findingOf('history/skipped-release', `${directory}/${MANIFEST_FILE}`, args, { severity: 'hint' });
  }
}
