import type { ReleaseDocument } from '../model/documents.ts';
import type { Finding } from '../model/finding.ts';
import type { Registry, RegistryPack, RegistrySource } from '../model/registry.ts';
import type { RegistryConfig } from '../model/registry-config.ts';
import type { ReleaseStatus } from '../model/status.ts';
import {
  assemblePack,
  type AssembledFiles,
  type Assembly,
  type RefusedChange,
  type WantedPack,
  type WantedRelease,
} from './assemble-pack.ts';
import { inParallel } from '../model/in-parallel.ts';
import type { RecordedBytes } from './made-release.ts';
import { packKey } from './pack-key.ts';
import { packPart, type PackPart } from './pack-part.ts';
import { publishedPack, sameAsPublished, type PublishedRegistry } from './published-registry.ts';
import type { RegistryParts } from './registry-parts.ts';
import type { KnownRelease } from './release-records.ts';
import type { Supersedes } from './supersede.ts';
import { tagChanges, type TagChange } from './tag-changes.ts';

export interface AssembleOptions extends RecordedBytes {
  readonly config: RegistryConfig;
  readonly source: RegistrySource;
  readonly serial: number;
  readonly wanted: readonly WantedPack[];
  readonly recordOf: (release: WantedRelease) => Promise<KnownRelease>;
  /** What the last build said. */
  readonly parts: RegistryParts;
  readonly statuses: Statuses;
  readonly published: PublishedRegistry | undefined;
  readonly supersede: Supersedes;
  /** What counts as published and is replaced, where no document tells it: hashes of tars by `name@version`. */
  readonly replaced: ReadonlyMap<string, string>;
}

/** What status files say. */
export interface Statuses {
  /** Hash of what is said of a pack; undefined where nothing is. */
  hashOf(name: string): string | undefined;
  statusOf(name: string, release: ReleaseDocument): ReleaseStatus | undefined;
}

export interface Assembled {
  readonly registry: Registry;
  /** Everything that may be taken over by the next build. */
  readonly parts: RegistryParts;
  /** Of the directories. */
  readonly findings: readonly Finding[];
  readonly refused: readonly RefusedChange[];
  /** Releases that the recipe of now made anew, as `name@version`. */
  readonly renewed: readonly string[];
  /** As `name@version`. */
  readonly superseded: readonly string[];
  /** Tags that go back. */
  readonly tags: readonly TagChange[];
}

/** How many packs are put together at once. */
const WIDTH = 16;

/** Puts the registry together. Packs of which nothing changed are taken over as the last build or the host has them. */
export async function assembleRegistry(options: AssembleOptions): Promise<Assembled> {
  const { config, source, serial, wanted } = options;
  const results = await inParallel(wanted, WIDTH, (pack) => partOf(pack, options));
  const present = results.flatMap(({ part }) => part ?? []);
  return {
    registry: { config, source, serial, packs: present.map(({ pack }) => pack) },
    parts: new Map(
      results.flatMap(({ part, tags }) =>
        part !== undefined && lasts(part, tags) ? [[part.pack.name, part.part]] : [],
      ),
    ),
    findings: results.flatMap(({ findings }) => findings),
    refused: present.flatMap(({ outcome }) => outcome?.refused ?? []),
    renewed: named(present, ({ renewed }) => renewed),
    superseded: named(present, ({ superseded }) => superseded),
    tags: results.flatMap(({ tags }) => tags),
  };
}

function named(parts: readonly Part[], versionsOf: (outcome: Outcome) => readonly string[]): string[] {
  return parts.flatMap(({ pack, outcome }) =>
    outcome === undefined ? [] : versionsOf(outcome).map((version) => `${pack.name}@${version}`),
  );
}

/** What was refused or replaced is to be said again, until it is published. */
function lasts({ outcome }: Part, tags: readonly TagChange[]): boolean {
  return (
    outcome === undefined ||
    outcome.refused.length + outcome.renewed.length + outcome.superseded.length + tags.length === 0
  );
}

interface Part {
  readonly pack: RegistryPack;
  readonly part: PackPart;
  /** Absent where the pack was taken over. */
  readonly outcome?: Outcome;
}

/** What there is to say of putting a pack together. */
type Outcome = Pick<Assembly, 'refused' | 'renewed' | 'superseded'>;

async function partOf(wanted: WantedPack, options: AssembleOptions): Promise<PartResult> {
  const { config, statuses, published, supersede, parts } = options;
  const { name } = wanted;
  const status = statuses.hashOf(name);
  const words = supersede.get(name);
  const before = published?.documents.get(name)?.sha256;
  const replaced = [...(words ?? [])].map(([version]) => options.replaced.get(`${name}@${version}`));
  const key = packKey(wanted, { status, before, supersede: [...(words ?? []), replaced] }, config);
  const assemble = (): Promise<Assembly> => assembleNow(wanted, options);
  const known = parts.get(name);
  // What is asked for is looked at, even where it was done before.
  const asked = words !== undefined;
  if (!asked && known?.key === key) return unchanged(taken(name, known, () => required(assemble())));
  if (!asked && published?.alike === true && sameAsPublished(wanted, status, published.sources.get(name))) {
    const part = publishedPack(name, key, published);
    if (part !== undefined) return unchanged(taken(name, part, () => published.files(name)));
  }
  const { files, findings, ...outcome } = await assemble();
  const old = await published?.document(name);
  const tags = old === undefined ? [] : tagChanges(old, files?.document);
  if (files === undefined) return { tags, findings };
  const link = { path: `packs/${name}/${files.sha256}.json`, sha256: files.sha256 };
  const part = packPart(key, files.document, link, status, findings);
  return {
    part: {
      ...taken(
        name,
        part,
        onceThen(files, () => required(assemble())),
      ),
      outcome,
    },
    tags,
    findings,
  };
}

interface PartResult {
  /** Absent where nothing is left of the pack. */
  readonly part?: Part;
  readonly tags: readonly TagChange[];
  readonly findings: readonly Finding[];
}

function unchanged(part: Part): PartResult {
  return { part, tags: [], findings: part.part.findings };
}

function taken(name: string, part: PackPart, files: RegistryPack['files']): Part {
  const { index, search, sources } = part;
  return { pack: { name, index, search, sources, files }, part };
}

/** Gives what was put together to whoever asks first, and then puts it together again: memory is for one pack at a time. */
function onceThen(files: AssembledFiles, again: () => Promise<AssembledFiles>): RegistryPack['files'] {
  let first: AssembledFiles | undefined = files;
  return async () => {
    const held = first;
    first = undefined;
    return held ?? again();
  };
}

/** A pack that an earlier build put together has releases. */
async function required(assembly: Promise<Assembly>): Promise<AssembledFiles> {
  const { files } = await assembly;
  if (files === undefined) throw new TypeError('a pack has lost its releases');
  return files;
}

function contentOf(contentSha256: string | undefined): { readonly contentSha256?: string } {
  return contentSha256 === undefined ? {} : { contentSha256 };
}

async function assembleNow(wanted: WantedPack, options: AssembleOptions): Promise<Assembly> {
  const { config, statuses, published, supersede, replaced, recordOf, cache, snapshot } = options;
  const words = new Map(
    [...(supersede.get(wanted.name) ?? [])].map(([version, message]) => [
      version,
      { message, commit: snapshot.commit.oid, ...contentOf(replaced.get(`${wanted.name}@${version}`)) },
    ]),
  );
  return assemblePack(wanted, {
    cache,
    snapshot,
    recordOf,
    before: await published?.document(wanted.name),
    statusOf: (release) => statuses.statusOf(wanted.name, release),
    supersede: words,
    logoSizes: config.logoSizes,
  });
}
