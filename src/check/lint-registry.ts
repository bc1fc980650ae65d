import type { SourceDocument } from '../pack/source-document.ts';

/** Every pack of a repository, by its `pack.json` alone, and what the configuration says of other registries. */
export interface LintRegistry {
  /** Ordered by directory; packs whose `pack.json` cannot be read are not among them. */
  readonly packs: readonly ListedPack[];
  /** Globs of pack names that other registries have. */
  readonly external: readonly string[];
}

export interface ListedPack {
  /** From the root of the repository. */
  readonly directory: string;
  /** `pack.json`, parsed but not validated. */
  readonly manifest: SourceDocument;
}
