import { PackyardError, type ErrorCode } from '../../errors.ts';
import type { PackDocument } from '../../model/documents.ts';
import { chooseRelease } from '../choose-release.ts';
import type { ClientWarning, Registry } from '../registry.ts';
import { OF_ONE_PACK } from './lock-problem.ts';
import type { LockedPack, PackyardLock } from './packyard-lock.ts';
import { planLock, type LockOptions } from './plan-lock.ts';
import { plannedVersion, type PlannedVersion } from './plan-pack.ts';
import { registryOf, type RegistryOf } from './registry-of.ts';
import { wantedPacks, type LockableProject, type WantedPack } from './wanted-packs.ts';

/** How far a pack's pin is behind. */
export interface OutdatedPack {
  readonly name: string;
  readonly selector: string;
  /** What is pinned; absent where nothing is. */
  readonly locked?: PlannedVersion;
  /** What `update` would pin. */
  readonly fits?: PlannedVersion;
  /** What the name alone stands for, whatever `packyard.json` asks for. */
  readonly newest?: PlannedVersion;
  /** Whether `update` would change something, or what is pinned is yanked or disabled. */
  readonly outdated: boolean;
  /** Why it cannot be told what fits. */
  readonly problem?: { readonly code: ErrorCode; readonly message: string; readonly hint?: string };
}

export type OutdatedOptions = Omit<LockOptions, 'move'>;

/** How far the pins of a project are behind, by name. Rejects as `Registry.pack` does where a registry cannot be read. */
export async function outdatedPacks(
  project: LockableProject,
  lock: PackyardLock | undefined,
  registry: Registry | RegistryOf,
  options: OutdatedOptions = {},
): Promise<readonly OutdatedPack[]> {
  const registries = registryOf(registry);
  const { onWarning, ...others } = options;
  // What is said of a pinned release stands in its row.
  const quieter = {
    ...others,
    onWarning: (warning: ClientWarning) => (warning.code === 'min-age' ? onWarning?.(warning) : undefined),
  };
  return Promise.all(
    wantedPacks(project).map((wanted) => outdatedPack(wanted, lock?.packs.get(wanted.name), registries, quieter)),
  );
}

async function outdatedPack(
  wanted: WantedPack,
  pin: LockedPack | undefined,
  registries: RegistryOf,
  options: OutdatedOptions,
): Promise<OutdatedPack> {
  const { name, selector } = wanted;
  const row = { name, selector };
  const unread = pin === undefined ? row : { ...row, locked: { version: pin.version, registry: pin.registry } };
  try {
    const registry = await registries(wanted.registry);
    const [document, index] = await Promise.all([registry.pack(name), registry.index()]);
    const newest = newestOf(document, index.registry.name);
    const known = {
      ...row,
      ...(pin !== undefined && { locked: lockedVersion(pin, document) }),
      ...(newest !== undefined && { newest }),
    };
    return { ...known, ...(await planned(wanted, pin, registries, options)) };
  } catch (error) {
    return { ...unread, outdated: true, problem: problemOf(error) };
  }
}

async function planned(
  wanted: WantedPack,
  pin: LockedPack | undefined,
  registries: RegistryOf,
  options: OutdatedOptions,
): Promise<Pick<OutdatedPack, 'fits' | 'outdated' | 'problem'>> {
  const project = { packs: { [wanted.name]: wishOf(wanted) } };
  const lock = pin === undefined ? undefined : { packs: new Map([[wanted.name, pin]]) };
  try {
    const { changes } = await planLock(project, lock, registries, { ...options, move: 'all' });
    const [change] = changes;
    if (change?.to === undefined) return { outdated: false };
    const { state = 'active' } = change.to.status ?? {};
    const withdrawn = state === 'yanked' || state === 'disabled';
    return { fits: change.to, outdated: withdrawn || !['unchanged', 'reworded'].includes(change.kind) };
  } catch (error) {
    return { outdated: true, problem: problemOf(error) };
  }
}

function wishOf({ selector, registry, minAge }: WantedPack): LockableProject['packs'][string] {
  return { version: selector, ...(registry !== undefined && { registry }), ...(minAge !== undefined && { minAge }) };
}

function problemOf(error: unknown): NonNullable<OutdatedPack['problem']> {
  if (!(error instanceof PackyardError) || !OF_ONE_PACK.has(error.code)) throw error;
  const { code, message, hint } = error;
  return { code, message, ...(hint !== undefined && { hint }) };
}

function lockedVersion(pin: LockedPack, { releases }: PackDocument): PlannedVersion {
  return plannedVersion(
    pin,
    releases.find(({ version }) => version === pin.version),
  );
}

/** What a pack's name alone stands for; undefined where all of it was withdrawn. */
function newestOf(document: PackDocument, registry: string): PlannedVersion | undefined {
  try {
    const release = chooseRelease(document, { name: document.name });
    return plannedVersion({ version: release.version, registry }, release);
  } catch (error) {
    if (error instanceof PackyardError) return undefined;
    throw error;
  }
}
