import type { FileChange } from '../../check/fix/file-changes.ts';
import { askGit } from '../../repo/ask-git.ts';
import { pathMatcher } from '../../repo/path-matcher.ts';
import { CONFIG_FILE } from '../../model/registry-config.ts';
import type { Decision } from '../draft-part.ts';
import type { RegistryRepository } from '../registry-repository.ts';

/** Files that Git is asked about at once. */
const AT_ONCE = 200;
const SHOWN = 5;

/** Why a repository would not take a pack, or not all of it, as it is configured: globs, and what Git ignores. */
export async function placeDecisions(
  { root, config }: Pick<RegistryRepository, 'root' | 'config'>,
  directory: string,
  files: readonly FileChange[],
): Promise<Decision[]> {
  const named = await pathMatcher(config.packs)(directory);
  const ignored = await ignoredPaths(
    root,
    files.map(({ path }) => `${directory}/${path}`),
  );
  const shown = ignored.slice(0, SHOWN).map((path) => path.slice(directory.length + 1));
  const more = ignored.length > SHOWN ? ` and ${ignored.length - SHOWN} more` : '';
  return [
    ...(named
      ? []
      : [{ text: `No glob of ${CONFIG_FILE} names ${directory}: add one to its packs, or nothing builds the pack.` }]),
    ...(shown.length === 0
      ? []
      : [{ text: `Git ignores ${shown.join(', ')}${more}: change .gitignore, or add with git add --force.` }]),
  ];
}

async function ignoredPaths(root: string, paths: readonly string[]): Promise<string[]> {
  const ignored: string[] = [];
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const asked = paths.slice(start, start + AT_ONCE);
    try {
      const found = await askGit(root, ['-c', 'core.quotePath=false', 'check-ignore', '--no-index', '--', ...asked]);
      ignored.push(...found.split('\n').filter((path) => path !== ''));
    } catch {
      // That none is ignored is a failure to Git.
    }
  }
  return ignored;
}
