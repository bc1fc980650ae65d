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
  /** Where the registry is published: a directory or a URL. What did not change is taken over from there. */
  readonly previous?: string;
  /** With `previous`: write only what is not published there yet, for a host that takes single files. */
  readonly changesOnly?: boolean;
  /** A commit whose releases count as published. */
  readonly base?: string;
  /** Releases whose published content may be replaced, as `name@version`. */
  readonly supersede?: readonly string[];
  /** Why; recorded in the pack's document. */
  readonly message?: string;
  /** Go back to an older commit than the one that is published. */
  readonly rollback?: boolean;
  /** Compute the plan and apply nothing. */
  readonly dryRun?: boolean;
  readonly onProgress?: OnProgress;
}
