import { lockedReleases } from '../client/lock/locked-releases.ts';
import { readProjectLock } from '../client/lock/project-lock.ts';
import type { RegistryOf } from '../client/lock/registry-of.ts';
import { planReleases, type PlanPullOptions } from '../client/pull/plan-pull.ts';
import type { PullPlan } from '../client/pull/pull-plan.ts';
import { referenceText, type PackReference } from '../client/reference.ts';
import { PackyardError } from '../errors.ts';

/**
 * What pulling the packs that `packyard.lock` pins would do: all of them, or those that are named. `open` gives the
 * registry that the project calls by a name, the default one for none. Rejects with `usage`, `project-invalid`,
 * `lock-invalid`, `lock-outdated` and as `lockedReleases` does.
 */
export async function planLocked(
  cwd: string,
  references: readonly PackReference[],
  open: RegistryOf,
  options: PlanPullOptions,
): Promise<PullPlan> {
  const names = references.map(nameOnly);
  const { project, file, lock } = await readProjectLock(cwd);
  if (lock === undefined) {
    throw new PackyardError({
      code: 'lock-outdated',
      message: `There is no ${file}.`,
      hint: 'Make it with "packyard lock", and commit it.',
    });
  }
  const { allowYanked, archive, signal, onWarning } = options;
  const releases = await lockedReleases(project, lock, open, {
    ...(names.length > 0 && { names }),
    ...(allowYanked === true && { allowYanked }),
    ...(archive === true && { archives: true }),
    ...(signal !== undefined && { signal }),
    ...(onWarning !== undefined && { onWarning }),
  });
  return planReleases(releases, options);
}

/** What is locked has its version already. */
function nameOnly(reference: PackReference): string {
  const { name, ...rest } = reference;
  if (Object.keys(rest).length === 0) return name;
  throw new PackyardError({
    code: 'usage',
    message: `${JSON.stringify(referenceText(reference))} names a version, and packyard.lock pins one already.`,
    hint: `Write ${name} with --locked; to change the pin, write "packyard update ${name}".`,
  });
}
