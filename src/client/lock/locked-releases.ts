import type { ClientWarning, Registry, RegistryRelease } from '../registry.ts';
import { replacementHint, statusSentence } from '../status-words.ts';
import { disagreement, disagreements } from './disagreements.ts';
import { lockError, type LockProblem } from './lock-problem.ts';
import { lookUpPins, releaseOf, type LookedUpPin } from './look-up-pins.ts';
import { onlyNamed } from './only-named.ts';
import type { LockedPack, PackyardLock } from './packyard-lock.ts';
import { recompression, withdrawal } from './pin-problem.ts';
import { registryOf, type RegistryOf } from './registry-of.ts';
import { wantedPacks, type LockableProject } from './wanted-packs.ts';

/** A release that a lock pins, and where it is fetched from. */
export interface LockedRelease extends RegistryRelease {
  readonly registry: Registry;
  readonly pin: LockedPack;
}

export interface LockedReleasesOptions {
  /** Only these packs; all of `packyard.json` unless told. */
  readonly names?: readonly string[];
  /** Also releases that were yanked or disabled after they were pinned. */
  readonly allowYanked?: boolean;
  /**
   * The archive itself is wanted (`--archive`), so its bytes must be those that were pinned. Without it, a release whose
   * archive was compressed anew is the same one, because its content is, which `unpack` verifies with `contentSha256`.
   */
  readonly archives?: boolean;
  readonly signal?: AbortSignal;
  readonly onWarning?: (warning: ClientWarning) => void;
}

/**
 * The releases that `packyard.lock` pins for `packyard.json`, by name, from any address or mirror of the registry, also
 * offline where the cache has the documents. One registry for all packs, or a function that gives the one of each name.
 *
 * What a release is fetched and unpacked with stands in `release.artifact`; its `contentSha256` is the pin's. Rejects
 * - with `lock-outdated` when the lock and `packyard.json` disagree, or the registry does not have the version any more,
 * - with `registry-damaged` (exit status 3) when the registry has another content under a pinned version,
 * - with `yanked` when a release was yanked or disabled and `allowYanked` is not set,
 * - with `unknown-pack` when `names` has one that `packyard.json` has not,
 * - and as `Registry.pack` does. Warns of releases that are deprecated or, where allowed, yanked or disabled.
 */
export async function lockedReleases(
  project: LockableProject,
  lock: PackyardLock,
  registry: Registry | RegistryOf,
  options: LockedReleasesOptions = {},
): Promise<readonly LockedRelease[]> {
  const { names, signal, onWarning } = options;
  const all = wantedPacks(project);
  const wanted = names === undefined ? all : onlyNamed(all, names);
  refuse(
    names === undefined
      ? disagreements(all, lock)
      : wanted.flatMap((pack) => disagreement(pack, lock.packs.get(pack.name)) ?? []),
  );
  const pins = wanted.flatMap((pack) => {
    const pin = lock.packs.get(pack.name);
    return pin === undefined ? [] : [{ wanted: pack, pin }];
  });
  const lookedUp = await lookUpPins(pins, registryOf(registry), signal);
  refuse(lookedUp.flatMap((pin) => problemOf(pin, options) ?? []));
  return lookedUp.map(({ name, pin, registry: own, state }) => {
    const release = releaseOf(state);
    if (release.status !== undefined) {
      const hint = replacementHint(name, release.status);
      const message = statusSentence(name, release.version, release.status);
      onWarning?.({ code: release.status.state, message, ...(hint !== undefined && { hint }) });
    }
    return { name, release, registry: own, pin };
  });
}

function problemOf(
  { name, pin, state, problem }: LookedUpPin,
  { allowYanked = false, archives = false }: LockedReleasesOptions,
): LockProblem | undefined {
  if (problem !== undefined) return problem;
  const withdrawn = allowYanked ? undefined : withdrawal(name, state);
  if (withdrawn !== undefined) {
    return { ...withdrawn, hint: `${withdrawn.hint}. To take it all the same, add --allow-yanked.` };
  }
  return archives ? recompression(name, pin, state) : undefined;
}

function refuse(problems: readonly LockProblem[]): void {
  if (problems.length > 0) throw lockError(problems);
}
