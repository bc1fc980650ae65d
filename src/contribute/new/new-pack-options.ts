import type { FileChange } from '../../check/fix/file-changes.ts';
import type { Finding } from '../../model/finding.ts';
import type { Layer } from '../../model/layer.ts';
import type { BumpPlan } from '../bump/bump-plan.ts';
import type { Decision } from '../draft-part.ts';

/** What a pack says of itself; where something is left out, sources, the repository or a default say it. */
export interface AskedFacts {
  readonly name?: string;
  readonly version?: string;
  readonly layer?: Layer;
  readonly displayName?: string;
  readonly addonType?: string;
  readonly cloudTypes?: readonly string[];
  /** Into which the pack is installed. */
  readonly namespace?: string;
  readonly description?: string;
  /** Who maintains it. Default: `community`. */
  readonly source?: string;
  /** Whom to ask about it. Default: the name that Git knows. */
  readonly contributor?: string;
}

export interface NewPackOptions extends AskedFacts {
  /** Helm charts: `.tgz` files, directories, or URLs. */
  readonly charts?: readonly string[];
  /** What the SHA-256 of the one chart must be, in hexadecimal. */
  readonly chartSha256?: string;
  /** Whether hosts may be asked for the icon of a chart, or who decides that by its address. Default: as `readChartPart` has it. */
  readonly icon?: boolean | ((shown: string) => Promise<boolean>);
  /** Kubernetes manifests, in the order in which they are applied. */
  readonly manifests?: readonly string[];
  /** One manifest for each kind of object, in place of files with several. */
  readonly splitByKind?: boolean;
  /** Directories of Ansible roles. */
  readonly roles?: readonly string[];
  /** `NAME@VERSION`, or its directory, of the pack to make the next version of, as `planBump` takes it. */
  readonly from?: string;
  /** A picture: PNG, SVG, JPEG or WebP. Default: that of a chart, or none, for which builds draw one. */
  readonly logo?: string;
  /** The pack's directory. Default: where the repository's layout puts it, or `./NAME-VERSION`. */
  readonly out?: string;
  /** A folder of the repository. Default: the current one, which need not be in one. */
  readonly repository?: string;
  /** Folder of the cache, or false for none. Default: `defaultCacheDirectory()`. */
  readonly cache?: string | false;
  /** Is asked, once, before anything is made of the facts; what it gives goes before what is proposed. */
  readonly complete?: (proposed: ProposedPack) => Promise<AskedFacts>;
  readonly signal?: AbortSignal;
}

/** Facts as they would be, for somebody to look at. */
export interface ProposedPack extends AskedFacts {
  /** Whether the name was asked for, not proposed. */
  readonly isNamed: boolean;
  /** Why a name, with a version where one is given, cannot be taken; undefined when it can. */
  readonly refuse: (name: string, version?: string) => string | undefined;
}

/** A new pack as data: everything that would be written, and what is to be said about it. */
export interface NewPackPlan {
  readonly name: string;
  readonly version: string;
  readonly layer: Layer;
  readonly displayName: string;
  /** Absolute path that `directory` starts from, as this system writes paths. */
  readonly root: string;
  /** Of the pack, from `root`, with `/`; empty where `root` is the pack. */
  readonly directory: string;
  /** Whether it becomes part of a repository. */
  readonly inRepository: boolean;
  /** With paths from the pack's directory. */
  readonly files: readonly FileChange[];
  /** What `check` would say about it; files as they are shown. */
  readonly findings: readonly Finding[];
  /** What only a human can decide; files from the pack's directory. */
  readonly decisions: readonly Decision[];
  /** Where it is the next version of a pack: what becomes of that. */
  readonly bump?: BumpPlan;
}
