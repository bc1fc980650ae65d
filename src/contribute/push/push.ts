import { PackyardError } from '../../errors.ts';
import { pause } from '../../publish/pause.ts';
import { pageSaid } from './host-kind.ts';
import { MOST_MOVES, prepareOnBase, type PreparedOnBase } from './prepare-on-base.ts';
import { pullRequestOf } from './pull-request.ts';
import { plannedOutcome, pushBranch, type BranchPushed } from './push-branch.ts';
import { pushHeads } from './push-heads.ts';
import type { PushOptions, PushPlan, PushResult } from './push-options.ts';
import { pushParts, type PushParts } from './push-parts.ts';

/** What a push would do, without doing it. Rejects as `push` does. */
export async function planPush(options: PushOptions): Promise<PushPlan> {
  const parts = await pushParts(options);
  const { places, branch } = parts;
  return prepareOnBase(parts)(async ({ workspace, plan, commit, before }) => {
    if (plan.outcome === 'unchanged') return plan;
    const made = { branch, commit, packs: plan.packs, before, update: options.update === true };
    return { ...plan, outcome: await plannedOutcome(workspace, places.target, made) };
  });
}

/**
 * Checks packs, puts them on a new branch of a registry's Git repository, and says where the pull request is opened. No
 * file, branch or index of the user is touched. Rejects with `pack-refused`, `version-exists`, `branch-taken`, with what
 * the remote says, or with the reason of the signal: then nothing was pushed.
 */
export async function push(options: PushOptions): Promise<PushResult> {
  const parts = await pushParts(options);
  const onBase = prepareOnBase(parts);
  for (let attempt = 1; ; attempt += 1) {
    const result = await onBase((prepared) => pushPrepared(parts, prepared, attempt >= MOST_MOVES));
    if (result !== undefined) return opened(result, parts);
    options.onProgress?.({ step: 'retry', label: parts.places.registry.shown });
    await pause(attempt, options.signal);
  }
}

/** Undefined where the registry or the branch moved meanwhile, unless it is the last try. */
async function pushPrepared(
  parts: PushParts,
  { workspace, plan, commit }: PreparedOnBase,
  isLast: boolean,
): Promise<PushResult | undefined> {
  const { options, places, branch } = parts;
  if (plan.outcome === 'unchanged') return plan;
  // Somebody may have added to the registry while this was checked.
  const now = await pushHeads(parts);
  if (now.base.commit !== plan.base.commit && !isLast) return undefined;
  const update = options.update === true;
  if (now.branch === undefined || update) options.onProgress?.({ step: 'push', label: places.target.shown });
  const made = { branch, commit, packs: plan.packs, before: now.branch, update };
  const pushed = await pushBranch(workspace, places.target, made);
  if (pushed.outcome !== 'moved') return resultOf(parts, plan, commit, pushed);
  if (isLast) throw moving(branch, places.target.shown);
  return undefined;
}

function resultOf(
  { options, places, branch }: PushParts,
  plan: PushPlan,
  commit: string,
  pushed: Exclude<BranchPushed, { outcome: 'moved' }>,
): PushResult {
  const { registry, target } = places;
  const said = 'stderr' in pushed ? pageSaid(pushed.stderr, target.web) : undefined;
  const pullRequest = pullRequestOf({
    registry: registry.web,
    pushed: target.web,
    base: plan.base.branch,
    branch,
    kind: options.hostKind,
    said,
  });
  return { ...plan, outcome: pushed.outcome, commit: 'commit' in pushed ? pushed.commit : commit, pullRequest };
}

async function opened(result: PushResult, { options, places }: PushParts): Promise<PushResult> {
  const { open, signal, tokenVariable, onProgress } = options;
  if (open === undefined || result.pullRequest === undefined) return result;
  onProgress?.({ step: 'open', label: places.registry.shown });
  const { openPullRequest } = await import('./open-pull-request.ts');
  return { ...result, opened: await openPullRequest({ result, places, api: open.api, tokenVariable, signal }) };
}

function moving(branch: string, shown: string): PackyardError {
  return new PackyardError({
    code: 'registry-changed',
    message: `The branch ${branch} of ${shown} was changed again and again while it was pushed.`,
    hint: 'Nothing was pushed. Push again, or name another branch with --branch.',
  });
}
