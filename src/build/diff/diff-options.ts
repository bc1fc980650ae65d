import type { OnProgress } from '../progress.ts';

/** What to compare. */
export interface DiffOptions {
  /** A folder of the repository. Default: the current one. */
  readonly repository?: string;
  /** A commit, branch or tag that the change left. Default: the main branch, `origin`'s where there is one. */
  readonly base?: string;
  /** A commit, branch or tag with the change. Default: the work tree. */
  readonly head?: string;
  /** Releases, as `name@version`, whose content may change although it was there before. */
  readonly supersede?: readonly string[];
  /** Folder of the cache, or false for none. Default: `defaultCacheDirectory()`. */
  readonly cache?: string | false;
  readonly onProgress?: OnProgress;
}
