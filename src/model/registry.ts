import type { IndexPack, PackDocument, PackSources, SearchPack } from './documents.ts';
import type { Entry } from './entry.ts';
import type { Layer } from './layer.ts';
import type { Dependency, ResourceConstraint } from './pack-manifest.ts';
import type { RegistryConfig } from './registry-config.ts';

/** Everything that the static tree says, before it is laid out as files. */
export interface Registry {
  readonly config: RegistryConfig;
  readonly source: RegistrySource;
  /** Grows with every commit of the branch: the number of its first-parent commits. */
  readonly serial: number;
  /** Ordered by name. */
  readonly packs: readonly RegistryPack[];
}

export interface RegistrySource {
  readonly commit: string;
  /** RFC 3339, in UTC, to the second. */
  readonly committedAt: string;
  /** True when the work tree held something that the commit does not. */
  readonly dirty: boolean;
}

/** One pack as the registry's own documents name it, and, once they are asked for, its files. */
export interface RegistryPack {
  readonly name: string;
  readonly index: IndexPack;
  readonly search: SearchPack;
  readonly sources: PackSources;
  files(): Promise<PackEntries>;
}

/** The files of one pack. Logos may be other packs' as well. */
export interface PackEntries {
  readonly document: PackDocument;
  /** Documents, archives, copies and logos that were made for this registry. */
  readonly made: readonly MadeEntry[];
  /** What is taken over as it was published before. */
  readonly published: readonly PublishedFile[];
}

export interface MadeEntry extends Entry {
  /** The Git tree id that an earlier build made it from; its bytes should still be in the cache. */
  readonly tree?: string;
}

/** A file of a registry that was published before. */
export interface PublishedFile {
  readonly path: string;
  readonly sha256: string;
  /** Bytes; absent where no document says it. */
  readonly size?: number;
}

/** What a pack's content alone decides; the same wherever and whenever the pack is built. */
export interface ReleaseFacts {
  readonly name: string;
  readonly version: string;
  readonly layer: Layer;
  readonly displayName: string;
  readonly addonType?: string;
  readonly group?: string;
  readonly cloudTypes: readonly string[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly images: readonly string[];
  readonly charts: readonly ReleaseChart[];
  readonly manifests: readonly string[];
  readonly ansibleRoles: readonly string[];
  readonly dependencies: readonly Dependency[];
  readonly resources: readonly ResourceConstraint[];
}

export interface ReleaseChart {
  /** Path in the pack. */
  readonly path: string;
  readonly name?: string;
  readonly version?: string;
  readonly appVersion?: string;
}

export const LOGO_FORMATS = ['png', 'webp'] as const;

export type LogoFormat = (typeof LOGO_FORMATS)[number];
