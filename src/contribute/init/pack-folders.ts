import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { compareText } from '../../model/compare-text.ts';
import { askGit } from '../../repo/ask-git.ts';
import type { Repository } from '../../repo/repository.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../repo/temporary-folder.ts';

/** Where no packs of one's own lie: a registry that was built holds the `pack.json` of each release. */
const OTHERS = [':(exclude,glob)**/node_modules/**', ':(exclude,glob)public/**'];

/**
 * Folders that hold a `pack.json` which Git tracks or does not ignore, from the root, with `/`, ordered by path. What lies
 * inside a pack or is hidden is none; nor is the root itself, which no glob can name.
 */
export async function packFolders(root: string, repository: Repository | undefined): Promise<readonly string[]> {
  const listed = repository === undefined ? await listedWithout(root) : await listedBy(root, repository);
  const folders = listed
    .split('\0')
    .filter((path) => path.endsWith('/pack.json') && existsSync(join(root, path)))
    .map((path) => path.slice(0, -'/pack.json'.length))
    .filter((path) => !path.split('/').some((name) => name.startsWith('.')));
  const all = new Set(folders);
  return [...all].filter((path) => !foldersAbove(path).some((above) => all.has(above))).toSorted(compareText);
}

async function listedBy(root: string, { environment }: Repository): Promise<string> {
  return askGit(root, ['ls-files', '-z', '--cached', ...WANTED], environment);
}

/** As Git would see it if there were a repository. */
async function listedWithout(root: string): Promise<string> {
  const folder = await makeTemporaryFolder('tree');
  try {
    await askGit(folder, ['init', '--quiet', '--bare']);
    return await askGit(root, ['--git-dir', folder, '--work-tree', root, 'ls-files', '-z', ...WANTED]);
  } finally {
    await removeTemporaryFolder(folder);
  }
}

const WANTED = ['--others', '--exclude-standard', '--', ':(glob)**/pack.json', ...OTHERS];

function foldersAbove(path: string): string[] {
  const names = path.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}
