import type { FileChange } from '../../check/fix/file-changes.ts';
import { PackyardError } from '../../errors.ts';
import { askGit } from '../../repo/ask-git.ts';
import type { Repository } from '../../repo/repository.ts';

const STATUS = ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--no-renames', '--ignored=no', '--'];

/**
 * Looks whether the version before is in a commit, as far as the next one takes its place: what is in none would be
 * gone. Rejects with `output-unwritable`, and as `askGit` does.
 */
export async function requireCommitted(
  { root, environment }: Repository,
  directory: string,
  changes: readonly FileChange[],
): Promise<void> {
  const status = await askGit(root, [...STATUS, `:(top,literal)${directory}`], environment);
  const open = new Set(status.split('\0').map((line) => line.slice(3)));
  const lost = changes
    .filter(({ before, kind }) => before !== undefined || kind === 'remove')
    .map(({ path }) => `${directory}/${path}`)
    .filter((path) => open.has(path));
  if (lost.length === 0) return;
  const more = lost.length > 3 ? `, and ${lost.length - 3} more` : '';
  throw new PackyardError({
    code: 'output-unwritable',
    message: `The new version takes the place of the one before, of which some is in no commit and would be lost: ${lost.slice(0, 3).join(', ')}${more}. Nothing was written.`,
    hint: 'Commit it first, or make the new version beside it with --out.',
  });
}
