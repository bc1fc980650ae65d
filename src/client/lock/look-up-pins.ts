import { PackyardError } from '../../errors.ts';
import type { ReleaseDocument } from '../../model/documents.ts';
import type { Registry } from '../registry.ts';
import type { LockProblem } from './lock-problem.ts';
import type { LockedPack } from './packyard-lock.ts';
import { pinProblem } from './pin-problem.ts';
import { pinState, type PinState } from './pin-state.ts';
import type { RegistryOf } from './registry-of.ts';
import type { WantedPack } from './wanted-packs.ts';

/** A pin, and what the registry has under its version. */
export interface LookedUpPin {
  readonly name: string;
  readonly pin: LockedPack;
  readonly registry: Registry;
  readonly state: PinState;
  /** Where the registry has something else, or nothing. */
  readonly problem?: LockProblem;
}

/** Asks the registries for pinned releases. Rejects as `Registry.pack` does, but for packs that are not there any more. */
export async function lookUpPins(
  pins: readonly { readonly wanted: WantedPack; readonly pin: LockedPack }[],
  registries: RegistryOf,
  signal?: AbortSignal,
): Promise<readonly LookedUpPin[]> {
  return Promise.all(
    pins.map(async ({ wanted: { name, registry: alias }, pin }) => {
      signal?.throwIfAborted();
      const registry = await registries(alias);
      const state = await stateOf(registry, name, pin);
      if ('release' in state && (state.kind === 'same' || state.kind === 'recompressed')) {
        return { name, pin, registry, state };
      }
      const own = await registryName(registry);
      const place = { location: registry.location, ...(own !== undefined && { registry: own }) };
      const problem = pinProblem(name, pin, state, place);
      return { name, pin, registry, state, ...(problem !== undefined && { problem }) };
    }),
  );
}

async function stateOf(registry: Registry, name: string, pin: LockedPack): Promise<PinState> {
  try {
    return pinState(pin, await registry.pack(name));
  } catch (error) {
    if (error instanceof PackyardError && error.code === 'unknown-pack') return { kind: 'gone' };
    throw error;
  }
}

/** What a registry calls itself; undefined where its index cannot be had, such as offline. */
async function registryName(registry: Registry): Promise<string | undefined> {
  try {
    return (await registry.index()).registry.name;
  } catch (error) {
    if (error instanceof PackyardError) return undefined;
    throw error;
  }
}

/** The release of a pin that has no problem. */
export function releaseOf(state: PinState): ReleaseDocument {
  if (state.kind === 'gone') throw new TypeError('a release that is gone was asked for');
  return state.release;
}
