import { temporaryCache, type Cache } from '../../build/cache.ts';
import { openSource } from '../../build/open-source.ts';
import type { ReportedFinding } from '../../check/check-report.ts';
import { nextFreeVersion } from '../../model/next-version.ts';
import type { Identity } from '../../publish/git/commit-identity.ts';
import { fetchMissing } from '../../repo/fetch-missing.ts';
import { registryRepositoryOf, type KnownPack } from '../registry-repository.ts';
import { checkCommit } from './check-commit.ts';
import { commitMessage, signedOff } from './commit-message.ts';
import { commitOn, treeWith, writeBlobs } from './make-commit.ts';
import { placePack, type BaseRegistry, type Placement } from './place-pack.ts';
import { ReleaseTakenError } from './push-errors.ts';
import type { PlannedPack, PushOptions } from './push-options.ts';
import type { PackSource } from './read-pack-source.ts';
import { differencesOf, treeFiles, type TreeFiles } from './tree-files.ts';
import type { Workspace } from './workspace.ts';

/** Commits on top of a base, which nobody has seen yet. */
export interface PreparedPush {
  readonly packs: readonly PlannedPack[];
  readonly findings: readonly ReportedFinding[];
  /** The last commit; the base itself where the registry has everything. */
  readonly commit: string;
}

export type FetchBlobs = (tree: string, oids: ReadonlySet<string>) => Promise<void>;

export interface PreparePushOptions {
  readonly workspace: Workspace;
  /** Id of the commit that is built on. */
  readonly base: string;
  readonly sources: readonly PackSource[];
  readonly author: Identity;
  /** Root of the checkout of the registry that the packs lie in. */
  readonly checkout: string | undefined;
  /** Fetches files of the base, all at once. */
  readonly fetchBlobs: FetchBlobs;
  readonly options: PushOptions;
}

/** Puts packs on top of a base, a commit for each, and checks what comes of it. */
export async function preparePush(parts: PreparePushOptions): Promise<PreparedPush> {
  const { workspace, base, sources, options } = parts;
  await fetchListed(parts);
  const cache = await temporaryCache();
  try {
    const packs: PlannedPack[] = [];
    let commit = base;
    for (const source of sources) {
      // Each sees those before it, so that two never go to the same place.
      const made = await putPack(parts, commit, source, cache);
      packs.push(made.pack);
      commit = made.commit;
    }
    const directories = packs.filter(({ change }) => change === 'new').map(({ directory }) => directory);
    if (commit === base) return { packs, commit, findings: [] };
    options.onProgress?.({ step: 'check', label: directories.join(', ') });
    const { repository } = workspace;
    const findings = await checkCommit({ repository, base, commit, directories, cache });
    return { packs, commit, findings };
  } finally {
    await cache.dispose();
  }
}

/** What every check of a registry reads, by the last part of the path, or at the root. */
const LISTED = /(?:^|\/)pack\.json$|^status\/[^/]+\.yaml$|^[^/]+\.(?:ya?ml|json)$/u;

/** One request instead of one for each file. */
async function fetchListed({ workspace, base, sources, fetchBlobs }: PreparePushOptions): Promise<void> {
  const tree = (await workspace.git(['rev-parse', '--verify', `${base}^{tree}`])).trim();
  const listed = treeFiles(await workspace.git(['ls-tree', '-r', '-z', '--full-tree', tree]));
  const isOwn = (path: string): boolean =>
    sources.some(({ name }) => path.includes(`/${name}-`) || path.includes(`/${name}/`));
  const oids = [...listed].filter(([path]) => LISTED.test(path) || (isOwn(path) && /\.(?:ya?ml|json|md)$/u.test(path)));
  await fetchBlobs(tree, new Set(oids.map(([, file]) => file.split(' ')[1] ?? '')));
}

/** For a repository that nobody shares. */
export function fetchHere({ repository }: Workspace): PreparePushOptions['fetchBlobs'] {
  return async (tree, oids) => {
    await fetchMissing(repository, [tree], oids);
  };
}

interface PutPack {
  readonly pack: PlannedPack;
  readonly commit: string;
}

async function putPack(
  { workspace, author, checkout, options }: PreparePushOptions,
  parent: string,
  source: PackSource,
  cache: Cache,
): Promise<PutPack> {
  const opened = await openSource(workspace.repository, parent, workspace.folder, cache);
  let placement: Placement;
  let registry: BaseRegistry;
  try {
    const { tree, trees } = opened.snapshot;
    registry = { ...(await registryRepositoryOf(opened, cache)), tree, trees };
    placement = await placePack(source, registry, checkout);
  } finally {
    await opened.snapshot.close();
  }
  const filesOf = async (pack: KnownPack | undefined): Promise<TreeFiles> =>
    pack === undefined
      ? new Map()
      : treeFiles(await workspace.git(['ls-tree', '-r', '-z', `${parent}:${pack.directory}`]));
  const after = await writeBlobs(workspace, source.files);
  const { directory, same, replaced, previous } = placement;
  const planned = plannedPack(source, placement);
  if (same !== undefined) {
    const differences = differencesOf(await filesOf(same), after);
    if (differences.length > 0) throw taken(source, directory, differences, registry.packs);
    return { pack: { ...planned, change: 'unchanged' }, commit: parent };
  }
  const facts = {
    ...source,
    replaces: replaced !== undefined,
    ...(previous !== undefined && {
      previous: { version: previous.version, differences: differencesOf(await filesOf(previous), after) },
    }),
  };
  const { previous: _previous, ...first } = facts;
  const text = options.message ?? commitMessage(previous === undefined ? first : facts);
  const message = options.signOff === false ? `${text.trimEnd()}\n` : signedOff(text, author);
  const tree = await treeWith(workspace, parent, directory, { before: await filesOf(replaced), after });
  return { pack: { ...planned, message }, commit: await commitOn(workspace, parent, tree, { message, author }) };
}

function plannedPack(
  { name, version, folder, files, leftOut }: PackSource,
  { directory, previous }: Placement,
): PlannedPack {
  return {
    name,
    version,
    from: folder,
    directory,
    change: 'new',
    ...(previous !== undefined && { previous: previous.version }),
    files: files.map(({ path, mode, data }) => ({ path, bytes: data.length, executable: mode === '100755' })),
    leftOut,
  };
}

function taken(
  { name, version }: PackSource,
  directory: string,
  differences: ReturnType<typeof differencesOf>,
  packs: readonly KnownPack[],
): ReleaseTakenError {
  const versions = packs.filter((pack) => pack.name === name).map((pack) => pack.version);
  return new ReleaseTakenError(`${name} ${version}`, directory, differences, nextFreeVersion(version, versions));
}
