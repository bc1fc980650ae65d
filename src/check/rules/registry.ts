import type { RegistryRule } from '../rule.ts';
import { unknownDependency } from './constraint/unknown-dependency.ts';
import { wrongLayer } from './constraint/wrong-layer.ts';
import { directoryName } from './pack/directory-name.ts';
import { displayNameDrift } from './registry/display-name-drift.ts';
import { displayNameShared } from './registry/display-name-shared.ts';
import { nameTooSimilar } from './registry/name-too-similar.ts';

/** Rules that compare packs, in the order in which they are asked. */
export const REGISTRY_RULES: readonly RegistryRule[] = [
  displayNameDrift,
  displayNameShared,
  nameTooSimilar,
  directoryName,
  unknownDependency,
  wrongLayer,
];
