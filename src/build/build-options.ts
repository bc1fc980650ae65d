import type { OnProgress } from './progress.ts';

/** What to build, from where and into what. */
export interface BuildOptions {
  /** A folder of the repository. Default: the current one. */
  readonly repository?: string;
  /** A commit, branch or tag to build from Git's objects. Default: the work tree. */
  readonly revision?: string;
  /** Output directory. Default: `public`. */
  readonly out?: string;
  /** Folder of the cache, or false for none. Default: `defaultCacheDirectory()`. */
  readonly cache?: string | false;
  /** Build everything else when a pack has errors. Default: write nothing. */
  readonly keepGoing?: boolean;
  /** Compute the plan and apply nothing. */
  readonly dryRun?: boolean;
  readonly onProgress?: OnProgress;
}
