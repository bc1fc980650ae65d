import { loadLintPack, type LintPack } from '../../src/check/lint-pack.ts';
import type { PackFile } from '../../src/pack/pack.ts';
import { packFiles, type PackOptions } from './pack-fixture.ts';

/** A pack made in memory, as the rules of the linter see it. */
export function lintPackOf(options: PackOptions = {}, junk: readonly string[] = []): Promise<LintPack> {
  const files = Object.entries(packFiles('pack', options)).flatMap(([name, content]): PackFile[] => {
    if (content === null) return [];
    const path = name.slice('pack/'.length);
    return [{ path, executable: false, data: Buffer.from(content) }];
  });
  return loadLintPack(
    new Map(files.toSorted((a, b) => (a.path < b.path ? -1 : 1)).map((file) => [file.path, file])),
    [],
    junk,
  );
}
