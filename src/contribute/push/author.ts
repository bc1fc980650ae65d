import { PackyardError } from '../../errors.ts';
import type { Identity } from '../../publish/git/commit-identity.ts';
import { runGit } from '../../publish/git/run-git.ts';
import type { PackSource } from './read-pack-source.ts';

/**
 * Who pushes, as Git knows them where the pack lies. Rejects with `usage` where Git knows nobody: a name that it guesses
 * is none that should stand in a registry for ever.
 */
export async function authorOf({ folder, repository }: PackSource, signal?: AbortSignal): Promise<Identity> {
  const environment = repository?.environment ?? {};
  const args = ['-c', 'user.useConfigOnly=true', 'var', 'GIT_AUTHOR_IDENT'];
  const { status, stdout } = await runGit(args, { directory: folder, environment, signal });
  const { name, email } = /^(?<name>[^<>\n]+) <(?<email>[^<>\n]+)> \d+ [+-]\d+$/mu.exec(stdout)?.groups ?? {};
  if (status === 0 && name !== undefined && email !== undefined) return { name, email };
  throw new PackyardError({
    code: 'usage',
    message: 'Git does not know who you are, and a commit names its author.',
    hint: 'Tell it: git config --global user.name "Your Name", and git config --global user.email you@example.org.',
  });
}
