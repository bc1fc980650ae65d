import { existsSync, lstatSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';

import { parseConfig } from '../../build/parse-config.ts';
import { shellWord } from '../../client/settings/shell-word.ts';
import { PackyardError } from '../../errors.ts';
import { LIMITS } from '../../model/limits.ts';
import { CONFIG_FILE, type RegistryConfig } from '../../model/registry-config.ts';
import { linkStats } from '../../remote/link-stats.ts';
import { askGit } from '../../repo/ask-git.ts';
import { openRepository, type Repository } from '../../repo/repository.ts';
import { existingFile } from './existing-files.ts';
import { readFolderFile } from './folder-file.ts';
import { PUBLISH_TARGETS, type PublishTarget } from './init-options.ts';
import { packFolders } from './pack-folders.ts';
import { remoteAddress, type RemoteAddress } from './remote-address.ts';

/** What a folder holds before it becomes a registry. */
export interface InitFacts {
  /** Absolute path, links resolved as far as it exists. */
  readonly root: string;
  /** Undefined where there is no Git repository yet. */
  readonly repository: Repository | undefined;
  /** The branch to publish: that of the remote, `main`, `master`, or the one that is checked out. */
  readonly branch: string;
  /** Whether anything was committed yet. */
  readonly hasCommit: boolean;
  /** Whether Git knows a remote to push to. */
  readonly hasRemote: boolean;
  /** Its page; undefined where it has none. */
  readonly remote: RemoteAddress | undefined;
  /** Folders that hold a `pack.json`, ordered by path. */
  readonly packs: readonly string[];
  /** What `registry.yaml` says already; undefined where there is none. */
  readonly config: RegistryConfig | undefined;
  /** Where its workflow publishes to; undefined where it has no workflows of a registry. */
  readonly host: PublishTarget | undefined;
  /** Whether something says who reviews. */
  readonly owned: boolean;
}

/**
 * Looks at a folder, which need not be there, and changes nothing. Rejects with `usage` where it lies inside a repository
 * or is none, with `no-work-tree`, `config-invalid`, and as Git does.
 */
export async function initFacts(directory: string): Promise<InitFacts> {
  // Else it would be the current folder; in scripts it is a variable that is not set.
  if (directory === '') throw emptyFolder();
  const asked = resolve(directory);
  const there = nearest(asked);
  if (!lstatSync(await realpath(there)).isDirectory()) throw notAFolder(there);
  const root = join(await realpath(there), relative(there, asked));
  const repository = await repositoryOf(there);
  if (repository?.bare === true) throw bare(repository);
  if (repository !== undefined && repository.root !== root) throw inside(asked, repository);
  const origin = repository && (await originOf(repository));
  return {
    root,
    repository,
    branch: await branchOf(there, repository),
    hasCommit: repository !== undefined && (await hasCommit(repository)),
    hasRemote: origin !== undefined,
    remote: origin === undefined ? undefined : remoteAddress(origin),
    packs: there === asked ? await packFolders(root, repository) : [],
    config: await configOf(root),
    host: hostOf(root),
    owned: existingFile(root, '.github/CODEOWNERS') !== undefined,
  };
}

function hostOf(root: string): PublishTarget | undefined {
  const workflow = existingFile(root, '.github/workflows/publish-pages.yml');
  const host = PUBLISH_TARGETS.find((target) => workflow?.includes(`/publish-${target}.`) === true);
  return host ?? (existingFile(root, '.github/workflows/pull-request-comment.yml') === undefined ? undefined : 'none');
}

async function configOf(root: string): Promise<RegistryConfig | undefined> {
  const data = await readFolderFile(root, CONFIG_FILE, LIMITS.configBytes);
  return data === undefined ? undefined : (await parseConfig(data)).config;
}

/** The folder itself, or the first one above it that is there. */
function nearest(folder: string): string {
  let each = folder;
  while (linkStats(each) === undefined && dirname(each) !== each) each = dirname(each);
  return each;
}

async function repositoryOf(folder: string): Promise<Repository | undefined> {
  try {
    return await openRepository(folder);
  } catch (error) {
    const none = error instanceof PackyardError && error.code === 'no-repository';
    // One that Git refuses, such as another user's, is one all the same.
    if (!none || hasRepositoryAbove(folder)) throw error;
    return undefined;
  }
}

function hasRepositoryAbove(folder: string): boolean {
  return existsSync(join(folder, '.git')) || (dirname(folder) !== folder && hasRepositoryAbove(dirname(folder)));
}

async function branchOf(folder: string, repository: Repository | undefined): Promise<string> {
  if (repository === undefined) return (await answer(folder, ['config', 'init.defaultBranch'])) ?? 'main';
  const { root, environment } = repository;
  const ask = (args: readonly string[]): Promise<string | undefined> => answer(root, args, environment);
  const remote = await ask(['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  if (remote !== undefined) return remote.replace(/^origin\//u, '');
  const branches = (await ask(['for-each-ref', '--format=%(refname:short)', 'refs/heads']))?.split('\n') ?? [];
  const usual = ['main', 'master'].find((name) => branches.includes(name));
  return usual ?? (await ask(['symbolic-ref', '--quiet', '--short', 'HEAD'])) ?? 'main';
}

async function hasCommit({ root, environment }: Repository): Promise<boolean> {
  return (await answer(root, ['rev-parse', '--verify', '--quiet', 'HEAD'], environment)) !== undefined;
}

async function originOf({ root, environment }: Repository): Promise<string | undefined> {
  return answer(root, ['config', '--get', 'remote.origin.url'], environment);
}

/** What Git says, or undefined where it has nothing to say. */
async function answer(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  try {
    return (await askGit(folder, args, environment)).trim() || undefined;
  } catch (error) {
    if (error instanceof PackyardError && error.code === 'git-failed') return undefined;
    throw error;
  }
}

function emptyFolder(): PackyardError {
  return new PackyardError({
    code: 'usage',
    message: 'The folder to make a registry of is empty.',
    hint: 'Name one; `.` is the current one.',
  });
}

function notAFolder(path: string): PackyardError {
  return new PackyardError({
    code: 'usage',
    message: `${path} is not a folder.`,
    hint: 'Name a folder, or one that is to be made.',
  });
}

function bare({ root }: Repository): PackyardError {
  return new PackyardError({
    code: 'no-work-tree',
    message: `${root} is a bare repository, which has no files to add.`,
    hint: 'Clone it, and run the command in the clone.',
  });
}

function inside(folder: string, { root }: Repository): PackyardError {
  return new PackyardError({
    code: 'usage',
    message: `${folder} lies inside the Git repository ${root}, and a registry is a whole repository.`,
    hint: `Make that one a registry with: packyard init ${shellWord(root)}; or run git init in the folder first.`,
  });
}
