import type { RegistryConfig } from '../model/registry-config.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import type { BuiltDirectory } from './assemble-registry.ts';
import { codeIdentity } from './code-identity.ts';
import { inParallel } from './in-parallel.ts';
import type { ReleaseMaker } from './make-release.ts';
import type { OnProgress } from './progress.ts';
import { RECIPE, RECORD_VERSION } from './recipe.ts';
import type { ReleaseRecord } from './release-record.ts';

/** How many packs are at work at once: enough that cores, Git and the disk never wait for each other. */
const WIDTH = 16;

export interface MakeReleasesOptions {
  readonly config: RegistryConfig;
  /** Tree ids to build even though the cache has them. */
  readonly fresh?: ReadonlySet<string>;
  readonly onProgress?: OnProgress | undefined;
}

/** Builds every pack directory, or takes what an earlier build recorded under its tree id and recipe. */
export async function makeReleases(
  maker: ReleaseMaker,
  directories: readonly PackDirectory[],
  options: MakeReleasesOptions,
): Promise<BuiltDirectory[]> {
  let done = 0;
  return inParallel(directories, WIDTH, async (directory) => {
    const built = await recordedOrMade(maker, directory, options);
    done += 1;
    options.onProgress?.({ step: 'packs', done, total: directories.length, label: directory.directory });
    return built;
  });
}

async function recordedOrMade(
  maker: ReleaseMaker,
  directory: PackDirectory,
  options: MakeReleasesOptions,
): Promise<BuiltDirectory> {
  const { tree } = directory;
  const key = recordKey(tree, options.config);
  const fresh = options.fresh?.has(tree) === true;
  const known = fresh ? undefined : await maker.cache.record('releases', key);
  if (known !== undefined) return { ...directory, record: known as ReleaseRecord, recorded: true };
  // Parsers, validator and archiver are loaded only when there is something to read.
  const { makeRelease } = await import('./make-release.ts');
  const record = await makeRelease(maker, tree, fresh);
  if (!dependsOnClock(record)) await maker.cache.putRecord('releases', key, record);
  return { ...directory, record, recorded: false };
}

/** Two directories with one tree id are one pack; the name of a directory plays no part. */
function recordKey(tree: string, { logoSizes }: RegistryConfig): string {
  return JSON.stringify(['release', codeIdentity(), RECIPE, RECORD_VERSION, logoSizes, tree]);
}

/** What a busy machine could not finish in time is tried again by the next build. */
function dependsOnClock({ findings }: ReleaseRecord): boolean {
  return findings.some(({ rule }) => rule === 'logo/too-slow');
}
