import { PackyardError } from '../errors.ts';
import { LIMITS } from '../model/limits.ts';
import { stepsSince, stepsTo, type Step } from './first-parents.ts';
import { globDepths } from './glob-depths.ts';
import { openGitObjects, type GitObjects } from './git-objects.ts';
import type { Landing } from './landing.ts';
import { packComparer } from './pack-changes.ts';
import { globBases, type PackDirectory } from './pack-directories.ts';
import { pathMatcher } from './path-matcher.ts';
import type { Repository } from './repository.ts';
import { stayRecorder } from './stay-recorder.ts';

/** A time during which a directory was one pack. Commits are counted from the first of the first-parent history, as 0. */
export interface PackStay extends PackDirectory {
  /** The commit that brought it. */
  readonly from: number;
  /** The commit that took it away; absent while it is there. */
  readonly until?: number;
}

/** Every pack that a branch's first-parent history ever had. It can be continued from its tip. */
export interface PackStays {
  /** The newest commit of the walk. */
  readonly tip: string;
  /** When it was committed: RFC 3339, in UTC, to the second. */
  readonly at: string;
  /** How many first-parent commits lead to the tip. */
  readonly length: number;
  /** In the order in which they began, and then by directory. */
  readonly stays: readonly PackStay[];
  /** The commits with which stays begin or end, and those before them, by their number; ascending. */
  readonly commits: ReadonlyMap<number, Landing>;
}

export interface PackStaysOptions {
  /** Globs of pack directories. */
  readonly globs: readonly string[];
  /** How deep packs lie at the tip: as far as `**` has to reach. */
  readonly deepest: number;
  /** How many directories may be looked into. */
  readonly limit?: number;
}

/** How many root trees are asked for ahead. */
const AHEAD = 128;

/**
 * Walks the first-parent history of a commit, oldest commit first, and compares the trees of consecutive commits, so
 * that only what differs is read. With the stays up to an earlier tip only the commits since then are walked.
 * Rejects with `git-failed`, or with `too-many-directories` beyond the limit.
 */
export async function walkPackStays(
  repository: Repository,
  commit: string,
  options: PackStaysOptions,
  known?: PackStays,
): Promise<PackStays> {
  if (known?.tip === commit) return known;
  const continued = known === undefined ? undefined : await stepsSince(repository, commit, known.tip);
  const steps = continued ?? (await stepsTo(repository, commit));
  const objects = openGitObjects(repository.root, repository.environment);
  try {
    return await addSteps(objects, steps, options, continued === undefined ? undefined : known);
  } finally {
    await objects.close();
  }
}

async function addSteps(
  objects: GitObjects,
  steps: readonly Step[],
  { globs, deepest, limit = LIMITS.historicDirectories }: PackStaysOptions,
  known: PackStays | undefined,
): Promise<PackStays> {
  const recorder = stayRecorder(known);
  const first = known?.length ?? 0;
  let [looked, current] = [0, ''];
  const places = { bases: globBases(globs), depths: new Set(globDepths(globs, deepest)), named: pathMatcher(globs) };
  const comparer = packComparer(objects, places, () => {
    looked += 1;
    if (looked > limit) throw tooManyDirectories(limit, current);
  });
  let before = known === undefined ? undefined : await rootOf(objects, known.tip);
  for (let start = 0; start < steps.length; start += AHEAD) {
    const window = steps.slice(start, start + AHEAD);
    await comparer.prepare([...(before === undefined ? [] : [before]), ...window.map(({ tree }) => tree)]);
    for (const [index, { commit, at, tree }] of window.entries()) {
      current = commit;
      const changes = tree === before ? [] : await comparer.changes(before, tree, recorder.isPack);
      recorder.add(first + start + index, { commit, at }, changes);
      before = tree;
    }
  }
  const last = steps.at(-1);
  return {
    tip: last?.commit ?? known?.tip ?? '',
    at: last?.at ?? known?.at ?? '',
    length: first + steps.length,
    ...recorder.recorded(),
  };
}

async function rootOf(objects: GitObjects, commit: string): Promise<string | undefined> {
  const { data } = await objects.read(commit);
  return /^tree (?<tree>[0-9a-f]+)$/mu.exec(data?.toString('latin1') ?? '')?.groups?.['tree'];
}

function tooManyDirectories(limit: number, commit: string): PackyardError {
  return new PackyardError({
    code: 'too-many-directories',
    message: `The history up to ${commit.slice(0, 12)} changed more than ${limit} directories where the globs of "packs" in registry.yaml look for packs.`,
    hint: 'Name the folders that packs lie in, such as packs/*, and leave out **; or set "history: head".',
  });
}

/** What there is to know of a branch's first-parent history about the releases of its tree. */
export interface History {
  /** The newest commit of the walk. */
  readonly tip: string;
  /** How many first-parent commits lead to the tip. */
  readonly length: number;
  /** For each pack's tree id, the commit in which that content first landed. */
  readonly landings: ReadonlyMap<string, Landing>;
}

export function historyOfStays({ tip, length, stays, commits }: PackStays): History {
  const landings = new Map<string, Landing>();
  for (const { tree, from } of stays) {
    const landing = landings.has(tree) ? undefined : commits.get(from);
    if (landing !== undefined) landings.set(tree, landing);
  }
  return { tip, length, landings };
}
