import type { Preset } from '../model/check-config.ts';
import type { OnProgress } from './progress.ts';

/** What to check, and how severely. */
export interface CheckOptions {
  /** A folder of the repository. Default: the current one. */
  readonly repository?: string;
  /** A commit, branch or tag to check from Git's objects. Default: the work tree. */
  readonly revision?: string;
  /** Check only packs at, below or around these paths; relative ones start at the current folder. Default: all. */
  readonly paths?: readonly string[];
  /** Check only packs that differ from this commit, and what depends on all packs. */
  readonly since?: string;
  /** Levels to begin with, instead of those that the configuration extends. */
  readonly preset?: Preset;
  /** File of known findings; false for none. Default: the configured one. */
  readonly baseline?: string | false;
  /** Do not read the baseline, because it will be written anew: everything that is found is reported. */
  readonly replaceBaseline?: boolean;
  /** A file of the repository whose content is given instead of read; only its findings are reported. */
  readonly replacement?: { readonly path: string; readonly data: Buffer };
  /** Folder of the cache, or false for none. Default: `defaultCacheDirectory()`. */
  readonly cache?: string | false;
  readonly onProgress?: OnProgress;
}
