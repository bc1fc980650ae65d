import { PackyardError } from '../../errors.ts';
import type { GitObjects } from '../../repo/git-objects.ts';
import { resolveCommit, type Commit, type Repository } from '../../repo/repository.ts';

/** In the order in which they are looked for. */
const MAIN = ['refs/remotes/origin/HEAD', 'refs/remotes/origin/main', 'refs/heads/main', 'refs/heads/master'];

/**
 * The commit that a change begins at: the newest one that the head and the named revision have in common, else that
 * revision itself. Without a name, the main branch's is taken.
 * Rejects with `unknown-revision`.
 */
export async function baseCommit(
  repository: Repository,
  objects: GitObjects,
  head: Commit,
  revision: string | undefined,
): Promise<Commit> {
  const named = await resolveCommit(repository, revision ?? (await mainBranch(repository)), objects);
  if (named.oid === head.oid) return named;
  // Without a common commit, and in a shallow clone, Git finds none.
  const base = (await repository.git(['merge-base', named.oid, head.oid]).catch(() => '')).trim();
  return base === '' || base === named.oid ? named : resolveCommit(repository, base, objects);
}

async function mainBranch(repository: Repository): Promise<string> {
  const found = await repository.git(['for-each-ref', '--format=%(refname)', '--', ...MAIN]);
  const names = new Set(found.split('\n'));
  const main = MAIN.find((name) => names.has(name));
  if (main !== undefined) return main;
  throw new PackyardError({
    code: 'unknown-revision',
    message: `${repository.root} has no main branch to compare with: neither origin/HEAD, origin/main, main nor master is there.`,
    hint: 'Name the revision that the change begins at: `packyard diff BASE`; or fetch the branch: `git fetch origin main`.',
  });
}
