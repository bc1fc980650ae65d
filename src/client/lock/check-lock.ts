import { PackyardError } from '../../errors.ts';
import { compareUtf8 } from '../../model/compare-utf8.ts';
import type { Registry } from '../registry.ts';
import { disagreements } from './disagreements.ts';
import type { LockProblem } from './lock-problem.ts';
import { lookUpPins } from './look-up-pins.ts';
import type { PackyardLock } from './packyard-lock.ts';
import { withdrawal } from './pin-problem.ts';
import { registryOf, type RegistryOf } from './registry-of.ts';
import { wantedPacks, type LockableProject } from './wanted-packs.ts';

/**
 * What is wrong with a lock, by name of the pack: where it and `packyard.json` disagree, and which pinned releases the
 * registry has no more, has withdrawn, or has another content for. Rejects as `Registry.pack` does, and with
 * `lock-outdated` when there is no lock for the packs that there are.
 */
export async function checkLock(
  project: LockableProject,
  lock: PackyardLock | undefined,
  registry: Registry | RegistryOf,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<readonly LockProblem[]> {
  const wanted = wantedPacks(project);
  if (lock === undefined) {
    if (wanted.length === 0) return [];
    throw new PackyardError({
      code: 'lock-outdated',
      message: 'There is no packyard.lock beside packyard.json.',
      hint: 'Make it with "packyard lock", and commit it.',
    });
  }
  const pins = wanted.flatMap((pack) => {
    const pin = lock.packs.get(pack.name);
    return pin === undefined ? [] : [{ wanted: pack, pin }];
  });
  const lookedUp = await lookUpPins(pins, registryOf(registry), signal);
  const problems = [
    ...disagreements(wanted, lock),
    ...lookedUp.flatMap(({ name, state, problem }) => problem ?? withdrawal(name, state) ?? []),
  ];
  return problems.toSorted((a, b) => compareUtf8(a.name, b.name));
}
