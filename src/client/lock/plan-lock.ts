import { PackyardError } from '../../errors.ts';
import { compareUtf8 } from '../../model/compare-utf8.ts';
import { minAgeOf } from '../min-age.ts';
import type { ClientWarning, Registry } from '../registry.ts';
import { OF_ONE_PACK, word } from './lock-problem.ts';
import { onlyNamed } from './only-named.ts';
import type { LockedPack, PackyardLock } from './packyard-lock.ts';
import { planPack, type LockChange, type PlannedPack } from './plan-pack.ts';
import { registryOf, type RegistryOf } from './registry-of.ts';
import { wantedPacks, type LockableProject, type WantedPack } from './wanted-packs.ts';

export interface LockOptions {
  /** Packs whose pins move to the best release there is; those of all others stay where they fit. */
  readonly move?: 'all' | readonly string[];
  /** Milliseconds, instead of what `packyard.json` says. */
  readonly minAge?: number;
  /** Also releases that are yanked or disabled, where `packyard.json` names their very version. */
  readonly allowYanked?: boolean;
  readonly now?: () => Date;
  readonly signal?: AbortSignal;
  readonly onWarning?: (warning: ClientWarning) => void;
}

/** What a lock is to become. */
export interface LockPlan {
  readonly lock: PackyardLock;
  /** One for each pack, by name, also for those that stay. */
  readonly changes: readonly LockChange[];
}

/**
 * The lock of a project, from the one that there is. A pin that fits what `packyard.json` asks for stays as it is; what
 * is not named any more goes. Nothing is written. Rejects as `chooseRelease` and `Registry.pack` do, with `lock-outdated`
 * or `registry-damaged` where a registry does not have what is pinned, with `unknown-pack` when `move` names a pack that
 * the project has not, and with `project-invalid`. Where several packs fail, the error is about the worst.
 */
export async function planLock(
  project: LockableProject,
  lock: PackyardLock | undefined,
  registry: Registry | RegistryOf,
  options: LockOptions = {},
): Promise<LockPlan> {
  const wanted = wantedPacks(project);
  const moving = movingNames(wanted, options.move);
  const registries = registryOf(registry);
  const results = await Promise.allSettled(
    wanted.map((pack) =>
      planned(project, pack, lock?.packs.get(pack.name), moving.has(pack.name), registries, options),
    ),
  );
  options.signal?.throwIfAborted();
  const packs = settled(results);
  for (const { warnings } of packs) for (const warning of warnings) options.onWarning?.(warning);
  const pins = new Map(packs.map(({ pin, change }) => [change.name, pin]));
  const removed = [...(lock?.packs ?? [])].filter(([name]) => !pins.has(name)).map(removal);
  const changes = [...packs.map(({ change }) => change), ...removed].toSorted((a, b) => compareUtf8(a.name, b.name));
  return { lock: { packs: pins }, changes };
}

function movingNames(wanted: readonly WantedPack[], move: LockOptions['move'] = []): ReadonlySet<string> {
  return new Set((move === 'all' ? wanted : onlyNamed(wanted, move)).map(({ name }) => name));
}

async function planned(
  project: LockableProject,
  wanted: WantedPack,
  pin: LockedPack | undefined,
  move: boolean,
  registries: RegistryOf,
  options: LockOptions,
): Promise<PlannedPack> {
  const minAge = options.minAge ?? ageOf(wanted, project);
  const registry = await registries(wanted.registry);
  const [document, index] = await Promise.all([registry.pack(wanted.name), registry.index()]);
  options.signal?.throwIfAborted();
  const place = { location: registry.location, registry: index.registry.name };
  return planPack(wanted, pin, document, place, { ...options, minAge, move });
}

/** The least age for a pack, as its wish or the project says it. */
function ageOf({ name, minAge }: WantedPack, project: LockableProject): number {
  if (minAge === undefined) return 0;
  try {
    return minAgeOf(minAge);
  } catch (error) {
    if (!(error instanceof PackyardError)) throw error;
    // Said once, and not of every pack.
    const place = minAge === project.minAge ? 'packyard.json' : `${word(name)} in packyard.json`;
    const message = `The "minAge" of ${place} is wrong: ${error.message}`;
    throw new PackyardError({
      code: 'project-invalid',
      message,
      ...(error.hint !== undefined && { hint: error.hint }),
    });
  }
}

/** All results; or throws the worst of what failed, which tells how many others did. */
function settled(results: readonly PromiseSettledResult<PlannedPack>[]): readonly PlannedPack[] {
  const errors: readonly unknown[] = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (errors.length === 0) return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const own = errors.filter((error) => error instanceof PackyardError);
  if (own.length < errors.length) throw errors.find((error) => !(error instanceof PackyardError));
  const [worst, ...others] = own.toSorted((a, b) => rank(b) - rank(a)) as [PackyardError, ...PackyardError[]];
  const messages = new Set(others.map(({ message }) => message));
  messages.delete(worst.message);
  if (messages.size === 0) throw worst;
  const shown = [...messages].slice(0, SHOWN);
  const more = messages.size > SHOWN ? [`And ${messages.size - SHOWN} more.`] : [];
  const { code, message, hint } = worst;
  throw new PackyardError({
    code,
    message: [message, ...shown, ...more].join('\n'),
    ...(hint !== undefined && { hint }),
    cause: worst,
  });
}

/** Failures that a message names, besides the worst. */
const SHOWN = 9;

/** What is not as it was published is the worst; then comes what stood in the way of finding out. */
function rank({ code }: PackyardError): number {
  if (code === 'registry-damaged' || code === 'registry-untrusted') return 2;
  return OF_ONE_PACK.has(code) ? 0 : 1;
}

function removal([name, { version, registry }]: readonly [string, LockedPack]): LockChange {
  return { name, kind: 'removed', from: { version, registry } };
}
