import type { Registry } from '../registry.ts';

/**
 * Gives the registry that `packyard.json` calls by a name, or the default one where a pack names none. Asked for the
 * same name again, it gives the same one.
 */
export type RegistryOf = (name: string | undefined) => Promise<Registry>;

/** One registry for every pack, or one for each name. */
export function registryOf(registry: Registry | RegistryOf): RegistryOf {
  return typeof registry === 'function' ? registry : async () => registry;
}
