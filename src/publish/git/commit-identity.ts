import { PackyardError } from '../../errors.ts';
import type { Repository } from '../../repo/repository.ts';
import { runGit } from './run-git.ts';

/** Who makes a commit. */
export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** Where nobody is set up, as on a fresh runner; not the name of the machine, so that the commit is the same on all. */
const NOBODY: Identity = { name: 'Packyard', email: 'packyard@localhost' };

/** Who commits in a repository, as its settings or the environment say. */
export async function identityOf(repository: Repository | undefined, signal?: AbortSignal): Promise<Identity> {
  if (repository === undefined) return NOBODY;
  const { root, environment } = repository;
  const args = ['-c', 'user.useConfigOnly=true', 'var', 'GIT_COMMITTER_IDENT'];
  const { status, stdout } = await runGit(args, { directory: root, environment, signal });
  const { name, email } = /^(?<name>[^<>\n]+) <(?<email>[^<>\n]+)> \d+ [+-]\d+$/mu.exec(stdout)?.groups ?? {};
  return status === 0 && name !== undefined && email !== undefined ? { name, email } : NOBODY;
}

/** Throws `usage` where a name or an address cannot stand in a commit. */
export function checkedIdentity(identity: Identity): Identity {
  for (const part of [identity.name, identity.email]) {
    // eslint-disable-next-line no-control-regex
    if (part.trim() !== '' && !/[<>\u0000-\u001f]/u.test(part)) continue;
    throw new PackyardError({
      code: 'usage',
      message: `${JSON.stringify(part)} cannot stand in a commit as name or address of its author.`,
      hint: 'Give both, without line feeds, "<" and ">".',
    });
  }
  return identity;
}
