import type { LintRegistry } from '../../src/check/lint-registry.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { parseJson } from '../../src/pack/json-document.ts';

/** Packs made in memory, as the rules that compare them see them: any value as `pack.json`, by directory. */
export function lintRegistryOf(
  packs: Readonly<Record<string, unknown>>,
  external: readonly string[] = [],
): LintRegistry {
  const listed = Object.entries(packs).map(([directory, value]) => {
    const parsed = parseJson(JSON.stringify(value, null, 2), LIMITS.depth);
    if (!('document' in parsed)) throw new Error(`the pack.json of ${directory} is not what a test can use`);
    return { directory, manifest: parsed.document };
  });
  return { packs: listed, external };
}
