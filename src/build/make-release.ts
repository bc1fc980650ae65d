import { checkPack } from '../check/check-pack.ts';
import { isError, type Finding } from '../model/finding.ts';
import type { PackManifest } from '../model/pack-manifest.ts';
import { loadPack } from '../pack/load-pack.ts';
import { MANIFEST_FILE, VALUES_FILE, type Pack } from '../pack/pack.ts';
import { readPackFiles, type ReadFiles } from '../pack/read-files.ts';
import type { SourceDocument } from '../pack/source-document.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import type { Cache } from './cache.ts';
import { contentOf } from './content.ts';
import { makeArtifact } from './make-artifact.ts';
import type { LogoMaker, MadeLogo } from './make-logo.ts';
import { releaseFacts } from './release-facts.ts';
import { stored, type PackCopy, type ReleaseRecord } from './release-record.ts';
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
  return storeRelease(maker, { pack, document: manifest, findings, copies: copiesOf(read) }, fresh);
}

interface SoundPack {
  readonly pack: Pack;
  readonly document: SourceDocument;
  /** Warnings and hints. */
  readonly findings: readonly Finding[];
  readonly copies: Readonly<Record<string, PackCopy>>;
}

async function storeRelease(
  { cache, logos, timings }: ReleaseMaker,
  sound: SoundPack,
  fresh: boolean,
): Promise<ReleaseRecord> {
  const { pack, document, findings, copies } = sound;
  // The schema rule found nothing wrong, so the value is what the type says.
  const manifest = document.value as PackManifest;
  const root = `${manifest.name}-${manifest.version}`;
  const [logo, artifact] = await Promise.all([
    timings.measure<MadeLogo>('logo', () => logos.logoOf(pack.files, manifest.name, fresh)),
    timings.measure('archive', () => makeArtifact(cache, root, pack.files)),
  ]);
  if ('finding' in logo) return { findings: [...findings, logo.finding] };
  const facts = releaseFacts(pack, manifest);
  const versionPlace = document.place(['version']);
  return { findings, release: { facts, artifact, files: copies, logos: logo.logos, versionPlace } };
}

function copiesOf({ files, oids }: ReadFiles): Record<string, PackCopy> {
  const copies: Record<string, PackCopy> = {};
  for (const [name, pattern] of COPIES) {
    const file = [...files.values()].find(({ path }) => pattern.test(path));
    const oid = oids.get(file?.path ?? '');
    if (file !== undefined && oid !== undefined) copies[name] = { ...stored(contentOf(file.data)), oid };
  }
  return copies;
}

/** What is published beside an archive for reading, by its name there. */
const COPIES: readonly (readonly [name: string, pattern: RegExp])[] = [
  [MANIFEST_FILE, /^pack\.json$/u],
  ['README.md', /^readme\.md$/iu],
  [VALUES_FILE, /^values\.yaml$/u],
];
