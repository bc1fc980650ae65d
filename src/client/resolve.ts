import { chooseRelease, type ChooseOptions } from './choose-release.ts';
import type { PackReference } from './reference.ts';
import type { Registry, RegistryRelease } from './registry.ts';

export type ResolveOptions = ChooseOptions;

/**
 * The release that a reference means. Rejects with `unknown-pack`, `no-version` (which says which there are), `yanked`
 * (also for one that is disabled) and `usage`.
 */
export async function resolveRelease(
  registry: Registry,
  reference: PackReference,
  options: ResolveOptions = {},
): Promise<RegistryRelease> {
  const document = await registry.pack(reference.name);
  return { name: reference.name, release: chooseRelease(document, reference, options) };
}
