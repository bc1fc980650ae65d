import type { Content } from './entry.ts';
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
  /** Every logo file by its path, stored once however many packs share it. */
  readonly logos: ReadonlyMap<string, Content>;
}

export interface RegistrySource {
  readonly commit: string;
  /** RFC 3339, in UTC, to the second. */
  readonly committedAt: string;
  /** True when the work tree held something that the commit does not. */
  readonly dirty: boolean;
}

export interface RegistryPack {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Highest version first; never empty. */
  readonly releases: readonly [Release, ...Release[]];
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

/** One published (name, version). */
export interface Release {
  readonly facts: ReleaseFacts;
  readonly artifact: Artifact;
  readonly source: {
    /** From the root of the repository. */
    readonly directory: string;
    /** Git tree id of that directory. */
    readonly tree: string;
    /** The commit in which this content first landed; absent while it is uncommitted. */
    readonly commit?: string;
  };
  readonly recipe: number;
  /** Commit time of `source.commit`. */
  readonly publishedAt?: string;
  /** Copies for reading without unpacking, by file name. */
  readonly files: Readonly<Record<string, Content>>;
  /** Path of each logo, by format and side length. */
  readonly logo: Readonly<Record<LogoFormat, Readonly<Record<string, string>>>>;
}

export interface Artifact extends Content {
  /** Of the uncompressed tar: what makes two builds of one release the same. */
  readonly contentSha256: string;
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
