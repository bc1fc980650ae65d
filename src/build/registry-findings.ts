import { duplicateReleases } from '../check/check-registry.ts';
import { REGISTRY_RULES } from '../check/rules/registry.ts';
import type { Finding } from '../model/finding.ts';
import { identityOf, type ListedTree } from './listed-packs.ts';

/** What is wrong with packs together, by their `pack.json` alone. */
export function registryFindings(packs: readonly ListedTree[], external: readonly string[]): Finding[] {
  const releases = packs.flatMap((pack) => {
    const identity = identityOf(pack);
    return identity === undefined
      ? []
      : [{ ...identity, directory: pack.directory, place: () => pack.manifest.place(['version']) }];
  });
  const found = REGISTRY_RULES.flatMap((rule) => [...rule({ packs, external })]);
  return [...duplicateReleases(releases), ...found];
}
