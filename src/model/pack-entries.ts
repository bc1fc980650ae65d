import type { DocumentLink, IndexPack, PackDocument, PackSources, ReleaseDocument, SearchPack } from './documents.ts';

interface Headline {
  /** The release that stands for the pack. */
  readonly release: ReleaseDocument;
  readonly latest: string;
  /** When the pack last changed. */
  readonly updatedAt: string | undefined;
}

/** What `index.json` says of the pack with this document. Throws when the pack has no release. */
export function indexPackOf(pack: PackDocument, document: DocumentLink): IndexPack {
  const { release, latest, updatedAt } = headline(pack);
  const { layer, displayName } = release;
  return { layer, displayName, latest, ...(updatedAt !== undefined && { updatedAt }), document };
}

/** What `search.json` says of the pack with this document. Throws when the pack has no release. */
export function searchPackOf(pack: PackDocument): SearchPack {
  const { release, latest, updatedAt } = headline(pack);
  const { displayName, annotations, layer, addonType, cloudTypes } = release;
  const { description } = annotations;
  const states = pack.releases.flatMap(({ version, status }) =>
    status === undefined ? [] : [[version, status.state]],
  );
  return {
    name: pack.name,
    displayName,
    ...(description !== undefined && { description }),
    layer,
    ...(addonType !== undefined && { addonType }),
    cloudTypes,
    latest,
    versions: pack.releases.map(({ version }) => version),
    ...(states.length > 0 && { states: Object.fromEntries(states) as NonNullable<SearchPack['states']> }),
    ...(updatedAt !== undefined && { updatedAt }),
    logo: release.logo,
  };
}

/** What a registry's sources say of the pack with this document; `status` is the hash of what its status file says. */
export function packSourcesOf({ releases }: PackDocument, status?: string): PackSources {
  return {
    releases: releases.map(({ version, source, recipe }) => ({ version, ...source, recipe })),
    ...(status !== undefined && { status }),
  };
}

function headline({ name, tags, releases }: PackDocument): Headline {
  const [first] = releases;
  if (first === undefined) throw new TypeError(`${name} has no release`);
  const latest = tags['latest'] ?? first.version;
  const release = releases.find(({ version }) => version === latest) ?? first;
  const times = releases.flatMap(({ publishedAt }) => publishedAt ?? []);
  return { release, latest, updatedAt: times.toSorted().at(-1) };
}
