import { compareText } from '../model/compare-text.ts';
import { compareVersions } from '../model/version.ts';
import { foldedPath } from '../model/portable-path.ts';
import type { Landing } from '../repo/landing.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import type { PackStay, PackStays } from '../repo/pack-stays.ts';
import { alonePeriods, type AlonePeriod } from './alone-periods.ts';
import type { Cache } from './cache.ts';
import type { Identities, Identity } from './candidates.ts';
import { claimedIdentities } from './claimed-identities.ts';
import type { Source } from './open-source.ts';

/** What a directory held in the past, and holds no more. */
export interface HistoricContent extends PackDirectory {
  /** The newest commit that holds it, and no other directory with the same release. */
  readonly lastIn: Landing;
  /** The commit that took it away; absent where that is not committed yet. */
  readonly removedIn?: Landing;
}

export interface HistoricState extends HistoricContent, Identity {}

/** A release of which history holds other content than the tree does, if the tree has it at all. */
export interface HistoricRelease extends HistoricState {
  /** Other content of the same release, newest first. */
  readonly older: readonly HistoricState[];
}

/** Content of a release that never stood in one directory alone. */
export interface HistoricTwin extends HistoricState {
  /** The other directory. */
  readonly other: string;
  /** Where there is no other content of the release. */
  readonly lost: boolean;
}

/** A commit in which a release became another one. */
export interface HistoricChange {
  readonly commit: Landing;
  /** Tree id before the commit. */
  readonly before: string;
  readonly after: string;
}

/** A release with more than one content on the way. */
export interface ChangingRelease extends Identity {
  /** Where it was last. */
  readonly directory: string;
  /** Oldest first, never empty. */
  readonly changes: readonly HistoricChange[];
}

/** Each ordered by name, and then by version. */
export interface HistoricReleases {
  readonly releases: readonly HistoricRelease[];
  readonly twins: readonly HistoricTwin[];
  /** What is at the tip counts too. */
  readonly changing: readonly ChangingRelease[];
  /** Directories whose `pack.json` says no name and version that could be published; by directory, newest first. */
  readonly nameless: readonly HistoricContent[];
}

export interface HistoricParts {
  readonly source: Source;
  readonly cache: Cache;
  readonly stays: PackStays;
  /** The pack directories that are built. */
  readonly atTip: readonly PackDirectory[];
  /** What is known of tree ids: their `pack.json` is not read. */
  readonly known: readonly Identities[];
}

/**
 * The releases that a branch carried and that its tree holds no more, by the name and version that `pack.json` claimed.
 * Whether they were valid is for who builds them to find out, except that a release in two directories is none.
 */
export async function historicReleases({
  source,
  cache,
  stays: walked,
  atTip,
  known,
}: HistoricParts): Promise<HistoricReleases> {
  const stays = withoutOutput(walked.stays, source.output);
  const identities = await claimedIdentities(source, cache, new Set(stays.map(({ tree }) => tree)), known);
  const past = { walked, present: new Set(atTip.map(({ tree }) => tree)), identities };
  const groups = [...groupStays(stays, identities).values()].flatMap((group) => historyOf(group, past) ?? []);
  const sorted = groups.toSorted((x, y) => compareIdentities(x.identity, y.identity));
  const nameless = newestContents(stays.filter(({ tree }) => !identities.has(tree)).map(wholePeriod), past);
  return {
    releases: sorted.flatMap(({ release }) => release ?? []),
    twins: sorted.flatMap(({ twins }) => twins),
    changing: sorted.flatMap(({ changing }) => changing ?? []),
    nameless: nameless.toSorted((a, b) => compareText(a.directory, b.directory)),
  };
}

/** What makes releases one: names and versions that differ only in case would share a path on many hosts. */
export function releaseKey({ name, version }: Identity): string {
  return foldedPath(`${name} ${version}`);
}

function compareIdentities(a: Identity, b: Identity): number {
  return compareText(a.name, b.name) || compareVersions(a.version, b.version);
}

/** A registry holds each release's pack.json: where it was once committed, those were no packs. */
function withoutOutput(stays: readonly PackStay[], output: string | undefined): readonly PackStay[] {
  return output === undefined ? stays : stays.filter(({ directory }) => !`${directory}/`.startsWith(`${output}/`));
}

/** The stays of each release, in the order in which they began. */
function groupStays(stays: readonly PackStay[], identities: Identities): Map<string, PackStay[]> {
  const groups = new Map<string, PackStay[]>();
  for (const stay of stays) {
    const identity = identities.get(stay.tree);
    if (identity === undefined) continue;
    const key = releaseKey(identity);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [stay]);
    else group.push(stay);
  }
  return groups;
}

interface Past {
  readonly walked: PackStays;
  /** Tree ids that are at the tip. */
  readonly present: ReadonlySet<string>;
  readonly identities: Identities;
}

interface ReleaseHistory {
  readonly identity: Identity;
  readonly release?: HistoricRelease;
  readonly twins: readonly HistoricTwin[];
  readonly changing?: ChangingRelease;
}

/** Undefined where there is nothing but what the tip has. */
function historyOf(group: readonly PackStay[], past: Past): ReleaseHistory | undefined {
  const [first, second] = group;
  // So are most of a hundred thousand releases.
  if (first === undefined || (second === undefined && past.present.has(first.tree))) return undefined;
  const { directory, tree } = group.at(-1) ?? first;
  const identity = identityOf(tree, past);
  const periods = alonePeriods(group);
  const [newest, ...older] = newestContents(periods, past).map((content) => stateOf(content, past));
  const changes = changesOf(periods, past.walked);
  return {
    identity,
    twins: twinsOf(group, periods, past),
    ...(newest !== undefined && { release: { ...newest, older } }),
    ...(changes.length > 0 && { changing: { ...identity, directory, changes } }),
  };
}

function identityOf(tree: string, { identities }: Past): Identity {
  const { name = '', version = '' } = identities.get(tree) ?? {};
  return { name, version };
}

function stateOf(content: HistoricContent, past: Past): HistoricState {
  return { ...identityOf(content.tree, past), ...content };
}

function twinsOf(group: readonly PackStay[], periods: readonly AlonePeriod<PackStay>[], past: Past): HistoricTwin[] {
  const alone = new Set(periods.map(({ stay }) => stay.tree));
  const together = group.filter(({ tree }) => !alone.has(tree));
  if (together.length === 0) return [];
  const lost = alone.size === 0 && !group.some(({ tree }) => past.present.has(tree));
  const [first = '', second = ''] = new Set(group.map(({ directory }) => directory));
  return newestContents(together.map(wholePeriod), past).map((content) => ({
    ...stateOf(content, past),
    other: content.directory === first ? second : first,
    lost,
  }));
}

function wholePeriod(stay: PackStay): AlonePeriod<PackStay> {
  const { from, until } = stay;
  return { stay, from, ...(until !== undefined && { until }) };
}

/** The contents that are not at the tip, each once, newest first. */
function newestContents(periods: readonly AlonePeriod<PackStay>[], { walked, present }: Past): HistoricContent[] {
  const { length, commits, tip, at } = walked;
  const newestFirst = periods
    .filter(({ stay }) => !present.has(stay.tree))
    .toSorted(
      (a, b) =>
        (b.until ?? length) - (a.until ?? length) || b.from - a.from || compareText(a.stay.directory, b.stay.directory),
    );
  const seen = new Set<string>();
  return newestFirst.flatMap(({ stay: { directory, tree, until }, until: aloneUntil = length }) => {
    if (seen.has(tree)) return [];
    seen.add(tree);
    const removedIn = until === undefined ? undefined : commits.get(until);
    const lastIn = commits.get(aloneUntil - 1) ?? { commit: tip, at };
    return [{ directory, tree, lastIn, ...(removedIn !== undefined && { removedIn }) }];
  });
}

function changesOf(periods: readonly AlonePeriod<PackStay>[], { commits }: PackStays): HistoricChange[] {
  return periods.flatMap(({ stay, from }, index) => {
    const before = periods[index - 1]?.stay.tree;
    const commit = commits.get(from);
    return before === undefined || before === stay.tree || commit === undefined
      ? []
      : [{ commit, before, after: stay.tree }];
  });
}
