import { PackyardError } from '../../errors.ts';
import { pushOutcome } from '../../publish/git/push-outcome.ts';
import type { PlannedPack } from './push-options.ts';
import type { PushPlace } from './push-place.ts';
import { FETCH, type Workspace } from './workspace.ts';
import { remoteHeads } from './remote-heads.ts';

export type BranchPushed =
  | { readonly outcome: 'pushed' | 'updated'; readonly stderr: string }
  | { readonly outcome: 'unchanged'; readonly commit: string }
  /** Somebody else moved it in this moment. */
  | { readonly outcome: 'moved' };

export interface NewBranch {
  readonly branch: string;
  readonly commit: string;
  readonly packs: readonly PlannedPack[];
  /** Id of the commit that the branch was at when it was looked at; undefined where there was none. */
  readonly before: string | undefined;
  readonly update: boolean;
}

/**
 * What pushing a branch would come to, as far as it can be known before. Rejects with `branch-taken`, or with what the
 * remote says.
 */
export async function plannedOutcome(
  workspace: Workspace,
  place: PushPlace,
  made: NewBranch,
): Promise<'pushed' | 'updated' | 'unchanged'> {
  if (made.before === undefined) return 'pushed';
  if (await holdsSame(workspace, place, made)) return 'unchanged';
  if (!made.update) throw taken(made.branch, place);
  return 'updated';
}

/**
 * Pushes one branch and nothing else, and only if it is where it was when it was looked at. Rejects with `branch-taken`,
 * or with what the remote says.
 */
export async function pushBranch(workspace: Workspace, place: PushPlace, made: NewBranch): Promise<BranchPushed> {
  const { branch, commit, before } = made;
  const reference = `refs/heads/${branch}`;
  const planned = await plannedOutcome(workspace, place, made);
  if (planned === 'unchanged') return { outcome: planned, commit: before ?? commit };
  const lease = `--force-with-lease=${reference}:${before ?? ''}`;
  const options = [
    '--porcelain',
    '--no-verify',
    '--no-signed',
    '--no-follow-tags',
    '--no-thin',
    '--recurse-submodules=no',
  ];
  const pushed = await workspace.run(['push', ...options, lease, '--', place.name, `${commit}:${reference}`], {
    environment: place.environment,
  });
  const outcome = pushOutcome(pushed);
  if (outcome === 'done') return { outcome: planned, stderr: pushed.stderr };
  const run = (args: readonly string[]): ReturnType<Workspace['run']> =>
    workspace.run(args, { environment: place.environment });
  // The connection may have been cut behind it.
  const now = await remoteHeads(run, place, [branch]).catch(() => undefined);
  if (now?.branches.get(branch) === commit) return { outcome: planned, stderr: pushed.stderr };
  if (outcome === 'conflict' && now !== undefined && now.branches.get(branch) !== before) return { outcome: 'moved' };
  if (outcome === 'conflict' && /cannot lock ref|failed to (?:lock|update) ref/u.test(pushed.stdout)) {
    const inTheWay = /'refs\/heads\/(?<other>[^']+)' exists/u.exec(`${pushed.stdout}${pushed.stderr}`)?.groups?.[
      'other'
    ];
    if (inTheWay === undefined) return { outcome: 'moved' };
  }
  throw await place.failure(pushed, 'pushed to');
}

/** Whether a branch has the packs with just the content that is to be pushed. */
async function holdsSame(
  workspace: Workspace,
  place: PushPlace,
  { branch, commit, packs }: NewBranch,
): Promise<boolean> {
  const there = 'refs/packyard/branch';
  const fetched = await workspace.run([...FETCH, '--', place.name, `+refs/heads/${branch}:${there}`], {
    environment: place.environment,
  });
  if (fetched.status !== 0) throw await place.failure(fetched, 'read');
  for (const { directory } of packs.filter(({ change }) => change === 'new')) {
    const [own, theirs] = await Promise.all(
      [commit, there].map((revision) =>
        workspace.run(['rev-parse', '--verify', '--quiet', `${revision}:${directory}`]),
      ),
    );
    if (own === undefined || theirs?.status !== 0 || own.stdout !== theirs.stdout) return false;
  }
  return true;
}

function taken(branch: string, { shown }: PushPlace): PackyardError {
  return new PackyardError({
    code: 'branch-taken',
    message: `${shown} has a branch ${branch} already, with other content.`,
    hint: 'Nothing was pushed. With --update it is replaced, if it is yours; or name another one with --branch.',
  });
}
