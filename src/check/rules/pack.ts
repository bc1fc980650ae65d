import type { LintRule } from '../rule.ts';
import { addonType } from './pack/addon-type.ts';
import { blankKey } from './pack/blank-key.ts';
import { leadingV } from './pack/leading-v.ts';
import { notSemver } from './pack/not-semver.ts';
import { provenance } from './pack/provenance.ts';

/** Rules about one pack, in the order in which they are asked. */
export const PACK_RULES: readonly LintRule[] = [leadingV, notSemver, provenance, addonType, blankKey];
