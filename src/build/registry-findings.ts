import { duplicateReleases } from '../check/check-registry.ts';
import { REGISTRY_RULES } from '../check/rules/registry.ts';
import type { Finding } from '../model/finding.ts';
import { placedReleases, type ListedTree } from './listed-packs.ts';

/** What is wrong with packs together, by their `pack.json` alone. */
export function registryFindings(packs: readonly ListedTree[], external: readonly string[]): Finding[] {
  const found = REGISTRY_RULES.flatMap((rule) => [...rule({ packs, external })]);
  return [...duplicateReleases(placedReleases(packs)), ...found];
}
