import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { LIVE } from '../../publish/git/git-remote.ts';
import { runGit, type GitResult } from '../../publish/git/run-git.ts';
import { gitIn } from '../../repo/git.ts';
import type { Repository } from '../../repo/repository.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../repo/temporary-folder.ts';
import type { PushPlace } from './push-place.ts';

/**
 * A repository in a folder of its own, in which commits are made: what is the user's, and what is cached, is only read
 * from. It is gone when it is closed.
 */
export interface Workspace {
  readonly folder: string;
  /** As everything that reads a repository takes it. */
  readonly repository: Repository;
  /** Runs Git, whatever its status. */
  run(args: readonly string[], options?: RunOptions): Promise<GitResult>;
  /** Runs Git, and resolves with its output; what fails is a failure of this machine. */
  git(args: readonly string[], options?: RunOptions): Promise<string>;
  /**
   * Whether a commit and all its trees can be read from a folder with objects. Asked before anything is fetched for
   * them: Git fetches what it cannot read, and where that is a branch's own commit, it does so without end.
   */
  isSound(objectDirectory: string, commit: string): Promise<boolean>;
  /** Takes the objects of another repository for its own. */
  borrow(objectDirectory: string): Promise<void>;
  /** From now on, what is missed is fetched from the registry. */
  becomePartial(): Promise<void>;
  close(): Promise<void>;
}

export interface RunOptions {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Settings of a repository that lacks files until they are asked for. */
const PARTIAL = `[core]
\trepositoryformatversion = 1
[extensions]
\tpartialClone = ${LIVE}
[remote "${LIVE}"]
\tpromisor = true
\tpartialclonefilter = blob:none
`;

/** For commands that fetch: quietly, and no more than what is asked for. */
export const FETCH_WHOLE: readonly string[] = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-write-fetch-head',
  '--recurse-submodules=no',
  '--no-auto-maintenance',
];

/** The same without files. */
export const FETCH: readonly string[] = [...FETCH_WHOLE, '--filter=blob:none'];

export async function openWorkspace(
  { environment }: PushPlace,
  format: 'sha1' | 'sha256',
  signal: AbortSignal | undefined,
): Promise<Workspace> {
  const folder = await ownFolder();
  try {
    const root = join(folder, 'work');
    const gitDirectory = join(root, '.git');
    const run = (args: readonly string[], options: RunOptions = {}): Promise<GitResult> =>
      runGit(args, {
        directory: root,
        environment: { ...environment, ...options.environment },
        signal,
        ...(options.input !== undefined && { input: options.input }),
      });
    const git = async (args: readonly string[], options?: RunOptions): Promise<string> => {
      const result = await run(args, options);
      if (result.status !== 0) throw localFailure(args, result);
      return result.stdout;
    };
    await spaceFor(() => mkdir(root));
    await git(['init', '--quiet', '--template=', `--object-format=${format}`, '--initial-branch=none', '--', '.']);
    const repository: Repository = {
      root,
      gitDirectory,
      objectDirectory: join(gitDirectory, 'objects'),
      bare: false,
      shallow: false,
      environment,
      git: gitIn(root, { environment }),
    };
    return {
      folder,
      repository,
      run,
      git,
      isSound: async (objects, commit) => {
        const options = { environment: { GIT_OBJECT_DIRECTORY: objects } };
        return (await run(['ls-tree', '-r', '-z', '--full-tree', commit], options)).status === 0;
      },
      becomePartial: () => spaceFor(() => writeConfig(join(gitDirectory, 'config'), format)),
      borrow: (objects) =>
        spaceFor(async () => {
          await mkdir(join(gitDirectory, 'objects', 'info'), { recursive: true });
          await writeFile(join(gitDirectory, 'objects', 'info', 'alternates'), `${quoted(objects)}\n`);
        }),
      close: () => removeTemporaryFolder(folder),
    };
  } catch (error) {
    await removeTemporaryFolder(folder);
    throw error;
  }
}

async function ownFolder(): Promise<string> {
  let folder = '';
  await spaceFor(async () => {
    folder = await makeTemporaryFolder('tree');
  });
  return folder;
}

/** Behind what Git wrote itself, where the last one counts. */
export async function writeConfig(file: string, format: 'sha1' | 'sha256'): Promise<void> {
  const extension = format === 'sha256' ? '[extensions]\n\tobjectFormat = sha256\n' : '';
  await appendFile(file, `${PARTIAL}${extension}`);
}

/** A path as Git reads it in a file of lines. */
function quoted(path: string): string {
  if (!/[\n"#]/u.test(path)) return path;
  return `"${path.replaceAll(/["\\]/gu, '\\$&').replaceAll('\n', '\\n')}"`;
}

/** A Git command that asked nobody else failed. */
export function localFailure(args: readonly string[], { stderr, status }: GitResult): PackyardError {
  if (FULL.test(stderr)) return noSpace();
  const words = stderr.trim() === '' ? `exit status ${status}` : stderr.trim();
  const command = args.find((argument) => /^[a-z][a-z-]*$/u.test(argument));
  return new PackyardError({
    code: 'git-failed',
    message: `git ${command ?? ''} failed: ${words.slice(0, 2000)}`,
    hint: 'Nothing was pushed, and nothing was changed here.',
  });
}

/** Runs what writes to the folder for temporary files. */
export async function spaceFor(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw spaceError(error);
  }
}

const FULL = /No space left on device|Disk quota exceeded/u;

/** What failed because the disk is full, whether here or in Git, as the `no-space` that it is; all else as it is. */
export function spaceError(error: unknown): unknown {
  const isGits = error instanceof PackyardError && error.code === 'git-failed' && FULL.test(error.message);
  return isGits || ['ENOSPC', 'EDQUOT'].includes(systemCode(error) ?? '') ? noSpace(error) : error;
}

function noSpace(cause?: unknown): PackyardError {
  return new PackyardError({
    code: 'no-space',
    message: 'No space is left for the commit that is made before it is pushed.',
    hint: 'Nothing was pushed, and nothing was changed here. Make room in the folder for temporary files, or name another one with TMPDIR.',
    ...(cause !== undefined && { cause }),
  });
}
