import type {
  DocumentLink,
  IndexPack,
  PackDocument,
  PackSources,
  ReleaseDocument,
  SearchPack,
} from '../model/documents.ts';
import type { Finding } from '../model/finding.ts';
import { optional } from './optional.ts';

/** What a registry's own documents say of one pack, with what a later build needs to take it over. */
export interface PackPart {
  /** Hash of everything that the pack was assembled from. */
  readonly key: string;
  readonly index: IndexPack;
  readonly search: SearchPack;
  readonly sources: PackSources;
  /** Of its directories. */
  readonly findings: readonly Finding[];
}

/** `status` is the hash of what the pack's status file says. */
export function packPart(
  key: string,
  document: PackDocument,
  link: DocumentLink,
  status: string | undefined,
  findings: readonly Finding[],
): PackPart {
  const stands = headline(document);
  return {
    key,
    index: indexPack(stands, link),
    search: searchPack(document, stands),
    sources: {
      releases: document.releases.map(({ version, source, recipe }) => ({ version, ...source, recipe })),
      ...optional({ status }),
    },
    findings,
  };
}

interface Headline {
  /** The release that stands for the pack. */
  readonly release: ReleaseDocument;
  readonly latest: string;
  /** When the pack last changed. */
  readonly updatedAt: string | undefined;
}

function headline({ name, tags, releases }: PackDocument): Headline {
  const [first] = releases;
  if (first === undefined) throw new TypeError(`${name} has no release`);
  const latest = tags['latest'] ?? first.version;
  const release = releases.find(({ version }) => version === latest) ?? first;
  const times = releases.flatMap(({ publishedAt }) => publishedAt ?? []);
  return { release, latest, updatedAt: times.toSorted().at(-1) };
}

function indexPack({ release, latest, updatedAt }: Headline, document: DocumentLink): IndexPack {
  const { layer, displayName } = release;
  return { layer, displayName, latest, ...optional({ updatedAt }), document };
}

function searchPack({ name, releases }: PackDocument, { release, latest, updatedAt }: Headline): SearchPack {
  const { displayName, annotations, layer, addonType, cloudTypes } = release;
  const states = releases.flatMap(({ version, status }) => (status === undefined ? [] : [[version, status.state]]));
  return {
    name,
    displayName,
    ...optional({ description: annotations['description'] }),
    layer,
    ...optional({ addonType }),
    cloudTypes,
    latest,
    versions: releases.map(({ version }) => version),
    ...(states.length > 0 && { states: Object.fromEntries(states) as NonNullable<SearchPack['states']> }),
    ...optional({ updatedAt }),
    logo: release.logo,
  };
}
