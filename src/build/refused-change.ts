import { PackyardError } from '../errors.ts';
import type { ReleaseDocument } from '../model/documents.ts';
import type { Finding } from '../model/finding.ts';
import { archiveFiles } from '../pack/archive-files.ts';
import { MANIFEST_FILE } from '../pack/pack.ts';
import { readPackFiles } from '../pack/read-files.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import { packLister } from './listed-packs.ts';
import { describeChange } from './published-change.ts';
import { publishedReleaseFinding, type ChangedContent } from './published-release-finding.ts';

/** A published release that a repository has with other content. */
export interface RefusedRelease {
  readonly name: string;
  readonly before: ReleaseDocument;
  readonly now: {
    /** From the root of the repository. */
    readonly directory: string;
    /** Git tree id of the directory. */
    readonly tree: string;
  };
}

export interface RefusedContext {
  readonly snapshot: Snapshot;
  /** Where the registry is published, for people. */
  readonly published: string;
  /** Versions of the pack that exist, published or not. */
  readonly taken: Iterable<string>;
  /** Opens the published archive. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** How many releases are compared: who changes more of them has another question than what is in each. */
const MOST = 20;

/** A finding for each refused release; both contents of one are in memory at a time. */
export async function refusedChanges<Refused extends RefusedRelease>(
  refused: readonly Refused[],
  contextOf: (release: Refused) => RefusedContext,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [index, release] of refused.entries()) {
    findings.push(await refusedChange(release, contextOf(release), index < MOST));
  }
  return findings;
}

async function refusedChange(refused: RefusedRelease, context: RefusedContext, compare: boolean): Promise<Finding> {
  const { name, before, now } = refused;
  const { snapshot, published, taken } = context;
  const [listed] = await packLister(snapshot)([now]);
  const place = listed?.manifest.place(['version']);
  return publishedReleaseFinding({
    name,
    version: before.version,
    file: now.directory === '' ? MANIFEST_FILE : `${now.directory}/${MANIFEST_FILE}`,
    ...(place !== undefined && { place }),
    published,
    taken,
    ...(compare && { change: await changeOf(refused, context) }),
  });
}

async function changeOf(
  { name, before, now }: RefusedRelease,
  { snapshot, open }: RefusedContext,
): Promise<NonNullable<ChangedContent['change']>> {
  try {
    const archive = await archiveFiles(open(), `${name}-${before.version}`);
    if ('reason' in archive) return archive;
    const { files } = await readPackFiles(snapshot.trees, snapshot.objects, now.tree);
    return describeChange(archive.files, files);
  } catch (error) {
    // That it is refused is known without the archive.
    if (error instanceof PackyardError) return { reason: error.message };
    throw error;
  }
}
