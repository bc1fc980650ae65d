import type { Snapshot } from '../repo/snapshot.ts';
import type { Cache } from './cache.ts';
import { identitiesOf, type Identities } from './candidates.ts';
import { codeIdentity } from './code-identity.ts';
import { RECIPE, RECORD_VERSION } from './recipe.ts';
import type { PackPart } from './pack-part.ts';

/** What the last build of a repository said of each pack, by name. */
export type RegistryParts = ReadonlyMap<string, PackPart>;

/** `location` is where the registry is published that the build was told of: what it says is not believed without it. */
export async function loadParts(
  cache: Cache,
  snapshot: Snapshot,
  location: string | undefined,
): Promise<RegistryParts> {
  const record = await cache.record('registries', partsKey(snapshot, location));
  return new Map((record as [string, PackPart][] | undefined) ?? []);
}

/** Records parts, unless they are as `known` says. */
export async function recordParts(
  cache: Cache,
  snapshot: Snapshot,
  location: string | undefined,
  parts: RegistryParts,
  known: RegistryParts,
): Promise<void> {
  const same = parts.size === known.size && [...parts].every(([name, { key }]) => known.get(name)?.key === key);
  if (!same) await cache.putRecord('registries', partsKey(snapshot, location), [...parts]);
}

export function identitiesIn(parts: RegistryParts): Identities {
  return identitiesOf([...parts].map(([name, { sources }]) => [name, sources.releases]));
}

/** What other code found to be in order need not be so for this. */
function partsKey({ repository }: Snapshot, location = ''): string {
  return JSON.stringify(['registry', 1, codeIdentity(), RECIPE, RECORD_VERSION, repository.gitDirectory, location]);
}
