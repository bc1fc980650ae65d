import type { Finding } from '../model/finding.ts';
import { relocate } from '../model/finding.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import type { Cache } from './cache.ts';
import { codeIdentity } from './code-identity.ts';
import { inParallel } from '../model/in-parallel.ts';
import type { OnProgress } from './progress.ts';
import { RECORD_VERSION } from './recipe.ts';
import { turns } from './turns.ts';

/** How many packs are at work at once: charts expand on other threads, everything else on one. */
const WIDTH = 8;

/** What the linter found in one pack directory, before any configuration. */
export interface LintedPack {
  /** From the root of the repository. */
  readonly directory: string;
  /** Files are from the root of the repository. */
  readonly findings: readonly Finding[];
  /** How many findings comments in its files allow. */
  readonly suppressed: number;
}

type LintRecord = Omit<LintedPack, 'directory'>;

export interface LintPacksOptions {
  readonly cache: Cache;
  readonly onProgress?: OnProgress | undefined;
  /** Contents that stand for those in Git, by path from the root of the repository. */
  readonly replaced?: ReadonlyMap<string, Buffer>;
}

/** Checks pack directories, or takes what was found in their trees before. */
export async function lintPacks(
  snapshot: Snapshot,
  directories: readonly PackDirectory[],
  { cache, onProgress, replaced = new Map() }: LintPacksOptions,
): Promise<LintedPack[]> {
  const large = turns();
  let done = 0;
  return inParallel(directories, WIDTH, async ({ directory, tree }) => {
    const own = below(replaced, directory);
    const key = JSON.stringify(['lint', codeIdentity(), RECORD_VERSION, tree]);
    const known = own.size > 0 ? undefined : ((await cache.record('checks', key)) as LintRecord | undefined);
    const record = known ?? (await lintOne(snapshot, tree, large, own));
    if (known === undefined && own.size === 0) await cache.putRecord('checks', key, record);
    done += 1;
    onProgress?.({ step: 'packs', done, total: directories.length, label: directory });
    const findings = record.findings.map((finding) => relocate(finding, directory));
    return { directory, findings, suppressed: record.suppressed };
  });
}

async function lintOne(
  snapshot: Snapshot,
  tree: string,
  large: ReturnType<typeof turns>,
  replaced: ReadonlyMap<string, Buffer>,
): Promise<LintRecord> {
  // Parsers and rules are loaded only when there is something to read.
  const { lintTree } = await import('./lint-tree.ts');
  return lintTree(snapshot, tree, large, replaced);
}

function below(replaced: ReadonlyMap<string, Buffer>, directory: string): Map<string, Buffer> {
  const own = [...replaced].filter(([path]) => path.startsWith(`${directory}/`));
  return new Map(own.map(([path, data]) => [path.slice(directory.length + 1), data]));
}
