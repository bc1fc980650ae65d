import type { Finding } from '../model/finding.ts';
import type { Pack } from '../pack/pack.ts';
import type { LintPack } from './lint-pack.ts';
import type { LintRegistry } from './lint-registry.ts';

/** Looks at one pack and says what makes it unusable; files of its findings are relative to the pack. */
export type PackRule = (pack: Pack) => Iterable<Finding> | Promise<Iterable<Finding>>;

/** Looks at one pack and says what is wrong with it; files of its findings are relative to the pack. */
export type LintRule = (pack: LintPack) => Iterable<Finding> | Promise<Iterable<Finding>>;

/** Compares all packs of a repository; files of its findings are from the root of the repository. */
export type RegistryRule = (registry: LintRegistry) => Iterable<Finding>;
