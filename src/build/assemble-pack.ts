import { PackyardError } from '../errors.ts';
import { PACK_FORMAT, type PackDocument, type ReleaseDocument } from '../model/documents.ts';
import { relocate, type Finding } from '../model/finding.ts';
import type { ReleaseStatus } from '../model/status.ts';
import type { PackEntries, ReleaseFacts } from '../model/registry.ts';
import { tagsOf } from '../model/tags.ts';
import { compareVersions } from '../model/version.ts';
import { foldedPath } from '../model/portable-path.ts';
import { documentContent, entryOf } from '../model/entry-of.ts';
import { madeRelease, type DescribedRelease, type RecordedBytes } from './made-release.ts';
import { publishedRelease, superseding, withPublishedArtifact } from './published-release.ts';
import { RECIPE } from './recipe.ts';
import type { KnownRelease } from './release-records.ts';

/** A release that a registry is to have. */
export interface WantedRelease {
  readonly version: string;
  readonly directory: string;
  /** Git tree id of the directory. */
  readonly tree: string;
  /** The commit in which this content first landed. */
  readonly commit?: string;
  /** Commit time of `commit`. */
  readonly publishedAt?: string;
  /** The commit since which it is no longer in the repository. */
  readonly removedIn?: string;
}

/** A pack that a registry is to have. */
export interface WantedPack {
  readonly name: string;
  /** From the repository. */
  readonly releases: readonly WantedRelease[];
  /** What is published and no longer in the repository. */
  readonly kept: readonly WantedRelease[];
}

export interface AssembleContext extends RecordedBytes {
  /** What building a directory gives. */
  readonly recordOf: (release: WantedRelease) => Promise<KnownRelease>;
  /** What is published of the pack. */
  readonly before: PackDocument | undefined;
  readonly statusOf: (release: ReleaseDocument) => ReleaseStatus | undefined;
  /** Why published content may be replaced, by version. */
  readonly supersede: ReadonlyMap<string, SupersedeWord>;
  /** Side lengths of the logos, ascending. */
  readonly logoSizes: readonly number[];
}

export interface SupersedeWord {
  readonly message: string;
  readonly commit: string;
  /** Of what counts as published, where no document tells it. */
  readonly contentSha256?: string;
}

/** A published release that the repository has with other content. */
export interface RefusedChange {
  readonly name: string;
  readonly before: ReleaseDocument;
  readonly now: WantedRelease;
}

export interface AssembledFiles extends PackEntries {
  readonly sha256: string;
}

/** What putting a pack together gave. */
export interface Assembly {
  /** Absent where nothing is left of it. */
  readonly files?: AssembledFiles;
  readonly refused: readonly RefusedChange[];
  /** Of the directories that were read, from the root of the repository. */
  readonly findings: readonly Finding[];
  /** Versions that are published by another recipe and were made anew; their archives stay as they are published. */
  readonly renewed: readonly string[];
  /** Versions that took the place of published ones. */
  readonly superseded: readonly string[];
}

/** Puts one pack together. Rejects with `registry-damaged` where what is published says of a tree what is not so. */
export async function assemblePack(wanted: WantedPack, context: AssembleContext): Promise<Assembly> {
  const before = new Map(context.before?.releases.map((release) => [foldedPath(release.version), release]));
  const refused: RefusedChange[] = [];
  const superseded: string[] = [];
  const renewed: string[] = [];
  const described: DescribedRelease[] = [];
  const findings: Finding[] = [];
  const recordOf = async (release: WantedRelease): Promise<KnownRelease> => {
    const known = await context.recordOf(release);
    findings.push(...known.record.findings.map((finding) => relocate(finding, release.directory)));
    return known;
  };
  for (const release of wanted.releases) {
    const published = before.get(foldedPath(release.version));
    const result = await describe(wanted.name, release, published, { ...context, recordOf });
    if (result === 'gone') {
      // Its errors are among the findings; what is published stays.
      if (published !== undefined) described.push(publishedRelease(published));
      continue;
    }
    if (result !== 'changed') described.push(result);
    else if (published !== undefined) {
      refused.push({ name: wanted.name, before: published, now: release });
      described.push(publishedRelease(published));
    }
    if (published === undefined || result === 'changed') continue;
    if (replaces(result, published) || isDone(published, context.supersede.get(release.version))) {
      superseded.push(release.version);
    }
    if (result.document.recipe !== published.recipe) renewed.push(release.version);
  }
  for (const release of wanted.kept) {
    const published = before.get(foldedPath(release.version));
    if (published !== undefined)
      described.push(publishedRelease({ ...published, source: sourceOf(published, release) }));
  }
  const files = described.length === 0 ? {} : { files: packEntries(wanted.name, described, context) };
  return { ...files, findings, refused, renewed, superseded };
}

async function describe(
  name: string,
  release: WantedRelease,
  published: ReleaseDocument | undefined,
  context: AssembleContext,
): Promise<DescribedRelease | 'changed' | 'gone'> {
  if (published !== undefined && published.version !== release.version) return 'changed';
  if (
    published?.source.tree === release.tree &&
    published.recipe === RECIPE &&
    sameSizes(published, context.logoSizes)
  ) {
    return publishedRelease({ ...published, source: sourceOf(published, release) });
  }
  const { record, recorded } = await context.recordOf(release);
  if (record.release === undefined) return 'gone';
  refuseOther(name, release, record.release.facts);
  const { directory, tree, commit, removedIn } = release;
  const source = {
    directory,
    tree,
    ...(commit !== undefined && { commit }),
    ...(removedIn !== undefined && { removedIn }),
  };
  const made = madeRelease(record.release, recorded, source, release.publishedAt, context);
  const word = context.supersede.get(release.version);
  if (published === undefined)
    return word?.contentSha256 === undefined ? made : superseding(made, word.contentSha256, [], word);
  // Of one tree the content is the same whatever recipe packed it, and clients know the hash that is published.
  const same =
    published.source.tree === tree || published.artifact.contentSha256 === made.document.artifact.contentSha256;
  if (same) return withPublishedArtifact(made, published);
  if (word === undefined) return 'changed';
  return superseding(made, published.artifact.contentSha256, published.supersedes ?? [], word);
}

function sameSizes({ logo }: ReleaseDocument, sizes: readonly number[]): boolean {
  return Object.keys(logo).join(' ') === sizes.join(' ');
}

/** What is published is believed when it says what a tree holds; where the tree is read, it shows. */
function refuseOther(name: string, { version, directory }: WantedRelease, facts: ReleaseFacts): void {
  if (facts.name === name && facts.version === version) return;
  throw new PackyardError({
    code: 'registry-damaged',
    message: `What is published says that ${directory} is ${name} ${version}, but it is ${facts.name} ${facts.version}.`,
    hint: 'Do not trust that registry: find out who wrote it, or build without --previous.',
  });
}

/** A job that runs again finds that its word was kept. */
function isDone({ supersedes = [] }: ReleaseDocument, word: SupersedeWord | undefined): boolean {
  return word !== undefined && supersedes.some(({ message }) => message === word.message);
}

function replaces({ document }: DescribedRelease, published: ReleaseDocument): boolean {
  return document.artifact.contentSha256 !== published.artifact.contentSha256;
}

/** What is published says in which commit a content landed, even where the repository at hand cannot. */
function sourceOf(
  { source }: ReleaseDocument,
  { directory, tree, removedIn }: WantedRelease,
): ReleaseDocument['source'] {
  const { commit } = source;
  return { directory, tree, ...(commit !== undefined && { commit }), ...(removedIn !== undefined && { removedIn }) };
}

function packEntries(
  name: string,
  described: readonly DescribedRelease[],
  { statusOf }: AssembleContext,
): AssembledFiles {
  const releases = described
    .map(({ document }) => withStatus(document, statusOf(document)))
    .toSorted((a, b) => compareVersions(b.version, a.version));
  const document: PackDocument = { format: PACK_FORMAT, name, tags: tagsFor(releases), releases };
  const content = documentContent(document);
  const made = described.flatMap((release) => release.made);
  return {
    document,
    sha256: content.sha256,
    made: [
      ...made,
      entryOf(`packs/${name}/${content.sha256}.json`, content, 'immutable'),
      entryOf(`packs/${name}/index.json`, content, 'revalidate'),
    ],
    published: described.flatMap((release) => release.published),
  };
}

function withStatus(release: ReleaseDocument, status: ReleaseStatus | undefined): ReleaseDocument {
  const document: { -readonly [Key in keyof ReleaseDocument]: ReleaseDocument[Key] } = { ...release };
  delete document.status;
  return status === undefined ? document : { ...document, status };
}

function tagsFor(releases: readonly ReleaseDocument[]): Record<string, string> {
  return tagsOf(
    releases.map(({ version, group, status }) => ({
      version,
      active: status === undefined,
      ...(group !== undefined && { group }),
    })),
  );
}
