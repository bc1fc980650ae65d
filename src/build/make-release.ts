import { checkPack } from '../check/check-pack.ts';
import { isError, relocate, type Finding } from '../model/finding.ts';
import type { PackManifest } from '../model/pack-manifest.ts';
import { loadPack } from '../pack/load-pack.ts';
import { MANIFEST_FILE, VALUES_FILE, type Pack, type PackFiles } from '../pack/pack.ts';
import { readPackFiles } from '../pack/read-files.ts';
import type { SourceDocument } from '../pack/source-document.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import type { Cache } from './cache.ts';
import { makeArtifact } from './make-artifact.ts';
import type { LogoMaker, MadeLogo } from './make-logo.ts';
import { releaseFacts } from './release-facts.ts';
import { stored, type ReleaseRecord, type StoredFile } from './release-record.ts';
import type { Timings } from './timings.ts';

export interface ReleaseMaker {
  readonly snapshot: Snapshot;
  readonly cache: Cache;
  readonly logos: LogoMaker;
  readonly timings: Timings;
}

/** Reads, checks, packs and stores one pack directory, by its tree id. */
export async function makeRelease(maker: ReleaseMaker, tree: string, fresh: boolean): Promise<ReleaseRecord> {
  const { snapshot, timings } = maker;
  const read = await timings.measure('read', () => readPackFiles(snapshot.trees, snapshot.objects, tree));
  const pack = await timings.measure('load', () => loadPack(read.files, read.findings));
  const findings = await timings.measure('check', () => checkPack(pack));
  const { manifest } = pack;
  if (manifest === undefined || findings.some(isError)) return { findings };
  return storeRelease(maker, pack, manifest, findings, fresh);
}

async function storeRelease(
  { cache, logos, timings }: ReleaseMaker,
  pack: Pack,
  document: SourceDocument,
  findings: readonly Finding[],
  fresh: boolean,
): Promise<ReleaseRecord> {
  // The schema rule found nothing wrong, so the value is what the type says.
  const manifest = document.value as PackManifest;
  const root = `${manifest.name}-${manifest.version}`;
  const [logo, artifact, files] = await Promise.all([
    timings.measure<MadeLogo>('logo', () => logos.logoOf(pack.files, manifest.name, fresh)),
    timings.measure('archive', () => makeArtifact(cache, root, pack.files)),
    storeCopies(cache, pack.files),
  ]);
  if ('finding' in logo) return { findings: [...findings, logo.finding] };
  const facts = releaseFacts(pack, manifest);
  return {
    findings,
    release: { facts, artifact, files, logos: logo.logos, versionPlace: document.place(['version']) },
  };
}

async function storeCopies(cache: Cache, files: PackFiles): Promise<Record<string, StoredFile>> {
  const copies: Record<string, StoredFile> = {};
  for (const [name, pattern] of COPIES) {
    const file = [...files.values()].find(({ path }) => pattern.test(path));
    if (file !== undefined) copies[name] = stored(await cache.store([file.data]));
  }
  return copies;
}

/** What is published beside an archive for reading, by its name there. */
const COPIES: readonly (readonly [name: string, pattern: RegExp])[] = [
  [MANIFEST_FILE, /^pack\.json$/u],
  ['README.md', /^readme\.md$/iu],
  [VALUES_FILE, /^values\.yaml$/u],
];

/** A record's findings with paths from the root of the repository. */
export function findingsIn(directory: string, record: ReleaseRecord): Finding[] {
  return record.findings.map((finding) => relocate(finding, directory));
}
