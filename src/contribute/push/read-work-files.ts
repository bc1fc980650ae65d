import { join, relative, sep } from 'node:path';

import { PackyardError } from '../../errors.ts';
import { compareUtf8 } from '../../model/compare-utf8.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { LIMITS } from '../../model/limits.ts';
import { runGit } from '../../publish/git/run-git.ts';
import { askGit } from '../../repo/ask-git.ts';
import { openGitObjects } from '../../repo/git-objects.ts';
import type { Repository } from '../../repo/repository.ts';
import { writeWorkTree, type WorkTree } from '../../repo/work-tree.ts';
import { treeFiles } from './tree-files.ts';
import { spaceError } from './workspace.ts';

/** One file of a pack as it is going to stand in a commit. */
export interface SourceFile {
  /** From the pack's directory, with `/`. */
  readonly path: string;
  /** As Git writes them. */
  readonly mode: '100644' | '100755' | '120000';
  /** Of a link, where it leads to. */
  readonly data: Buffer;
}

/** A file as Git lists it; of a repository of its own, the folder with a slash behind it. */
export interface ListedFile {
  /** From the pack's directory, with `/`. */
  readonly path: string;
  /** Whether the index knows nothing of it. */
  readonly untracked: boolean;
}

export interface ListedFiles {
  /** Ordered by path. */
  readonly files: readonly ListedFile[];
  /** Paths that Git is told to ignore, folders with a slash behind them, in order. */
  readonly ignored: readonly string[];
}

/** Files of a folder as a commit of it would have them, ordered by path. Rejects as `readPackSource` does. */
export async function readWorkFiles(
  folder: string,
  repository: Repository,
  { files }: ListedFiles,
): Promise<readonly SourceFile[]> {
  const directory = relative(repository.root, folder).split(sep).join('/');
  const [workTree, knowsModes] = await Promise.all([
    writeWorkTree(repository, [directory === '' ? '.' : directory]).catch((error: unknown) => {
      throw explained(error, folder);
    }),
    diskHasModes(repository),
  ]);
  try {
    // Where the disk has no modes, Git has those that it was told; of what is new to it nobody has told any.
    const modeless = new Set(knowsModes ? [] : files.flatMap(({ path, untracked }) => (untracked ? [path] : [])));
    return await readTree(folder, repository, workTree, directory, modeless);
  } finally {
    await workTree.dispose();
  }
}

async function readTree(
  folder: string,
  { root }: Repository,
  { tree, environment }: WorkTree,
  directory: string,
  modeless: ReadonlySet<string>,
): Promise<readonly SourceFile[]> {
  const revision = directory === '' ? tree : `${tree}:${directory}`;
  const listed = treeFiles(await askGit(root, ['ls-tree', '-r', '-z', '--full-tree', revision], environment));
  const objects = openGitObjects(root, environment);
  try {
    const files: SourceFile[] = [];
    let room: number = LIMITS.packBytes;
    for (const [path, entry] of listed) {
      const [mode, oid] = entry.split(' ') as [SourceFile['mode'] | '160000', string];
      const absolute = join(folder, ...path.split('/'));
      if (mode === '160000') throw nested(absolute);
      const most = Math.min(room, LIMITS.fileBytes);
      const { data } = await objects.read(oid, most);
      if (data === undefined) throw tooLarge(absolute, most === room ? LIMITS.packBytes : most);
      room -= data.length;
      const isScript = mode === '100644' && modeless.has(path) && data.subarray(0, 2).toString('latin1') === '#!';
      files.push({ path, mode: isScript ? '100755' : mode, data });
    }
    return files.toSorted((a, b) => compareUtf8(a.path, b.path));
  } finally {
    await objects.close();
  }
}

async function diskHasModes({ root, environment }: Repository): Promise<boolean> {
  const args = ['config', '--type=bool', '--get', 'core.fileMode'];
  return (await runGit(args, { directory: root, environment })).stdout.trim() !== 'false';
}

export function refused(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'pack-refused', message, hint });
}

export function nested(path: string): PackyardError {
  return refused(
    `${path} is a Git repository of its own, which a pack cannot hold.`,
    'Copy its files into the pack, without its .git, and push again.',
  );
}

export function tooLarge(path: string, limit: number): PackyardError {
  return new PackyardError({
    code: 'file-too-large',
    message: `${path} makes the pack larger than ${formatBytes(limit)} allow.`,
    hint: 'Look for what got into it by mistake.',
  });
}

/** The same failure, with what there is to do about it for somebody who pushes a pack. */
function explained(error: unknown, folder: string): unknown {
  const space = spaceError(error);
  if (space !== error || !(error instanceof PackyardError)) return space;
  const { code, message } = error;
  if (code === 'repository-changed') {
    return new PackyardError({
      code,
      message: `${folder} was changed while it was read.`,
      hint: 'Nothing was pushed. Push again when nothing else is at work there.',
      cause: error,
    });
  }
  if (code !== 'git-failed') return error;
  const isFilter = / goes through the filter /u.test(message);
  return new PackyardError({
    code,
    message,
    hint: isFilter
      ? 'Nothing was pushed. Packyard runs no program that a repository names. Set the filter up in your own settings, with git config --global, if you trust it.'
      : 'Nothing was pushed. Mend what Git names, and push again.',
    cause: error,
  });
}
