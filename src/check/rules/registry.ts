import type { RegistryRule } from '../rule.ts';

/** Rules that compare packs. */
export const REGISTRY_RULES: readonly RegistryRule[] = [];
