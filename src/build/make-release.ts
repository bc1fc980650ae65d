import { isError, type Finding } from '../model/finding.ts';
import type { PackManifest } from '../model/pack-manifest.ts';
import { MANIFEST_FILE, VALUES_FILE, type Pack, type PackFiles } from '../pack/pack.ts';
import { readPackFiles, type ReadFiles } from '../pack/read-files.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import type { Cache } from './cache.ts';
import { claimedIdentity, type ClaimedIdentity } from './claimed-identity.ts';
import { contentOf } from '../model/content.ts';
import { bothOf } from '../model/in-parallel.ts';
import { makeArtifact } from './make-artifact.ts';
import type { LogoMaker, MadeLogo } from './make-logo.ts';
import { releaseFacts } from './release-facts.ts';
import { stored, type PackCopy, type ReleaseRecord, type StoredArtifact } from './release-record.ts';
import type { Timings } from './timings.ts';
import type { Turns } from './turns.ts';

export interface ReleaseMaker {
  readonly snapshot: Snapshot;
  readonly cache: Cache;
  readonly logos: LogoMaker;
  readonly timings: Timings;
  /** For packs of which only one may be in memory. */
  readonly large: Turns;
}

/** Reads, checks, packs and stores one pack directory, by its tree id. */
export async function makeRelease(maker: ReleaseMaker, tree: string, fresh: boolean): Promise<ReleaseRecord> {
  let giveBack: () => void = () => undefined;
  const alone = async (): Promise<void> => {
    giveBack = await maker.large.take();
  };
  try {
    return await makeFrom(maker, tree, fresh, alone);
  } finally {
    giveBack();
  }
}

async function makeFrom(
  maker: ReleaseMaker,
  tree: string,
  fresh: boolean,
  alone: () => Promise<void>,
): Promise<ReleaseRecord> {
  const { snapshot, timings } = maker;
  const read = await timings.measure('read', () => readPackFiles(snapshot.trees, snapshot.objects, tree, alone));
  // Compressing begins at once, beside parsers and rules: most packs are in order. For one that is not it was in vain.
  const identity = read.findings.some(isError) ? undefined : claimedIdentity(read.files);
  const making = identity === undefined ? undefined : makeFiles(maker, read.files, identity, fresh);
  const [checked] = await bothOf<Checked, unknown>(
    check(maker, read),
    making?.catch(() => undefined) ?? Promise.resolve(),
  );
  const { pack, findings } = checked;
  if (pack.manifest === undefined || making === undefined || findings.some(isError)) return { findings };
  const [logo, artifact] = await making;
  if ('finding' in logo) return { findings: [...findings, logo.finding] };
  // The schema rule found nothing wrong, so the value is what the type says.
  const facts = releaseFacts(pack, pack.manifest.value as PackManifest);
  return { findings, release: { facts, artifact, files: copiesOf(read, snapshot), logos: logo.logos } };
}

interface Checked {
  readonly pack: Pack;
  readonly findings: readonly Finding[];
}

async function check({ timings }: ReleaseMaker, { files, findings: readFindings }: ReadFiles): Promise<Checked> {
  // Parsers and rules are loaded while the first packs are already being compressed.
  const [{ loadPack }, { checkPack }] = await Promise.all([
    import('../pack/load-pack.ts'),
    import('../check/check-pack.ts'),
  ]);
  const pack = await timings.measure('load', () => loadPack(files, readFindings));
  return { pack, findings: await timings.measure('check', () => checkPack(pack)) };
}

function makeFiles(
  { cache, logos, timings }: ReleaseMaker,
  files: PackFiles,
  { name, version }: ClaimedIdentity,
  fresh: boolean,
): Promise<[MadeLogo, StoredArtifact]> {
  return bothOf(
    timings.measure('logo', () => logos.logoOf(files, name, fresh)),
    timings.measure('archive', () => makeArtifact(cache, `${name}-${version}`, files)),
  );
}

/** They will be written soon after: Git need not be asked for them again. */
function copiesOf({ files, oids }: ReadFiles, { objects }: Snapshot): Record<string, PackCopy> {
  const copies: Record<string, PackCopy> = {};
  for (const [name, pattern] of COPIES) {
    const file = [...files.values()].find(({ path }) => pattern.test(path));
    const oid = oids.get(file?.path ?? '');
    if (file === undefined || oid === undefined) continue;
    copies[name] = { ...stored(contentOf(file.data)), oid };
    objects.hold(oid, file.data);
  }
  return copies;
}

/** What is published beside an archive for reading, by its name there. */
const COPIES: readonly (readonly [name: string, pattern: RegExp])[] = [
  [MANIFEST_FILE, /^pack\.json$/u],
  ['README.md', /^readme\.md$/iu],
  [VALUES_FILE, /^values\.yaml$/u],
];
