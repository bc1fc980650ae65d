import type { Layer } from './layer.ts';
import type { Dependency, ResourceConstraint } from './pack-manifest.ts';
import type { ReleaseChart } from './registry.ts';
import type { ReleaseStatus } from './status.ts';

/** A reader refuses a format that it does not know, and ignores fields that it does not know. */
export const INDEX_FORMAT = 'packyard-index/1';
export const PACK_FORMAT = 'packyard-pack/1';
export const SEARCH_FORMAT = 'packyard-search/1';
export const SOURCES_FORMAT = 'packyard-sources/1';

/** Path from the registry's base, and what its bytes hash to. */
export interface DocumentLink {
  readonly path: string;
  readonly sha256: string;
}

/** `index.json`, the one mutable pointer. */
export interface IndexDocument {
  readonly format: typeof INDEX_FORMAT;
  readonly registry: {
    readonly name: string;
    readonly title: string;
    readonly description?: string;
    readonly homepage?: string;
  };
  readonly source: {
    readonly repository?: string;
    readonly commit: string;
    readonly committedAt: string;
    readonly dirty?: true;
  };
  readonly serial: number;
  readonly search: DocumentLink;
  readonly sources: DocumentLink;
  /** Where this registry is a mirror of some packs and releases of another one: SHA-256 of that one's index. */
  readonly subset?: { readonly of: string };
  readonly packs: Readonly<Record<string, IndexPack>>;
}

export interface IndexPack {
  readonly layer: Layer;
  readonly displayName: string;
  readonly latest: string;
  readonly updatedAt?: string;
  readonly document: DocumentLink;
}

/** `packs/<name>/<sha256>.json` */
export interface PackDocument {
  readonly format: typeof PACK_FORMAT;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly releases: readonly ReleaseDocument[];
}

export interface ReleaseDocument {
  readonly version: string;
  readonly layer: Layer;
  readonly displayName: string;
  readonly addonType?: string;
  readonly group?: string;
  readonly cloudTypes: readonly string[];
  readonly publishedAt?: string;
  readonly artifact: FileLink & { readonly contentSha256: string };
  readonly source: ReleaseSource;
  /** Absent for an active release. */
  readonly status?: ReleaseStatus;
  /** Contents that were published under this version before, oldest first. */
  readonly supersedes?: readonly SupersededContent[];
  readonly recipe: number;
  /** Paths of PNG logos by side length in pixels. */
  readonly logo: Readonly<Record<string, string>>;
  /** The same pictures as WebP. */
  readonly logoWebp: Readonly<Record<string, string>>;
  /** `pack.json`, `values.yaml` and `README.md`, for reading without unpacking. */
  readonly files: Readonly<Record<string, FileLink>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly images: readonly string[];
  readonly charts: readonly ReleaseChart[];
  readonly manifests: readonly string[];
  readonly ansibleRoles: readonly string[];
  readonly dependencies: readonly Dependency[];
  readonly resources: readonly ResourceConstraint[];
}

/** Where a release comes from. */
export interface ReleaseSource {
  /** From the root of the repository. */
  readonly directory: string;
  /** Git tree id of that directory. */
  readonly tree: string;
  /** The commit in which this content first landed; absent while it is uncommitted. */
  readonly commit?: string;
  /** The commit since which the release is no longer in the repository. */
  readonly removedIn?: string;
}

/** A content that another one took the place of, under the same version. */
export interface SupersededContent {
  /** Of the uncompressed tar. */
  readonly contentSha256: string;
  readonly message: string;
  /** The commit that brought the new content. */
  readonly commit: string;
}

/** `sources/<sha256>.json`: what every release was made from, so that a build knows without opening pack documents. */
export interface SourcesDocument {
  readonly format: typeof SOURCES_FORMAT;
  /** How documents were put together: what another way put together is not taken over as it is. */
  readonly assembly?: string;
  readonly packs: Readonly<Record<string, PackSources>>;
}

export interface PackSources {
  /** Highest version first. */
  readonly releases: readonly (ReleaseSource & { readonly version: string; readonly recipe: number })[];
  /** Hash of what `status/<name>.yaml` said; absent where it said nothing. */
  readonly status?: string;
}

export interface FileLink extends DocumentLink {
  readonly size: number;
}

/** `search.json`: what a catalogue needs to search and list, without opening a pack document. */
export interface SearchDocument {
  readonly format: typeof SEARCH_FORMAT;
  readonly packs: readonly SearchPack[];
}

export interface SearchPack {
  readonly name: string;
  readonly displayName: string;
  readonly description?: string;
  readonly layer: Layer;
  readonly addonType?: string;
  readonly cloudTypes: readonly string[];
  readonly latest: string;
  /** Highest first. */
  readonly versions: readonly string[];
  /** State of each version that is not active. */
  readonly states?: Readonly<Record<string, ReleaseStatus['state']>>;
  readonly updatedAt?: string;
  readonly logo: Readonly<Record<string, string>>;
}
