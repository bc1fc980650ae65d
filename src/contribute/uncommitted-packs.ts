import { posix } from 'node:path';

import { parsedManifest } from '../build/listed-packs.ts';
import type { ListedPack } from '../check/lint-registry.ts';
import { LIMITS } from '../model/limits.ts';
import { MANIFEST_FILE } from '../pack/pack.ts';
import { askGit } from '../repo/ask-git.ts';
import { pathMatcher } from '../repo/path-matcher.ts';
import type { Repository } from '../repo/repository.ts';
import { readWorkTreeFile } from '../repo/snapshot.ts';

/** The packs of a work tree without a commit, where there are no trees to read: ordered by directory. */
export async function uncommittedPacks(repository: Repository, globs: readonly string[]): Promise<ListedPack[]> {
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', `:(glob)**/${MANIFEST_FILE}`];
  const paths = (await askGit(repository.root, listing, repository.environment))
    .split('\0')
    .filter((path) => path !== '');
  const isNamed = pathMatcher(globs);
  const directories = [...new Set(paths.map((path) => posix.dirname(path)))].toSorted();
  const named = await Promise.all(directories.map(isNamed));
  const packs = await Promise.all(
    directories.filter((_, index) => named[index] === true).map((directory) => listedPack(repository, directory)),
  );
  return packs.flat();
}

async function listedPack(repository: Repository, directory: string): Promise<ListedPack[]> {
  const data = await readWorkTreeFile(repository, `${directory}/${MANIFEST_FILE}`, LIMITS.packJsonBytes);
  const manifest = parsedManifest(data);
  return manifest === undefined ? [] : [{ directory, manifest }];
}
