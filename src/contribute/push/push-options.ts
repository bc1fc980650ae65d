import type { ReportedFinding } from '../../check/check-report.ts';
import type { HostKind } from './host-kind.ts';
import type { OpenedPullRequest, PullRequest } from './pull-request.ts';

/** What is pushed, and where to. */
export interface PushOptions {
  /** Directories of packs. */
  readonly directories: readonly string[];
  /** Address of the registry's Git repository. Default: the remote of the checkout that the directories lie in. */
  readonly registry?: string;
  /** Name of that remote. Default: where the current branch comes from, or else `origin`. */
  readonly remote?: string;
  /** Address, or name of a remote, of the repository that is pushed to instead of the registry's own. Default: where its remote is pushed to. */
  readonly fork?: string;
  /** Branch of the registry that is built on. Default: the one that its HEAD names. */
  readonly base?: string;
  /** The new branch. Default: `packyard/<name>-<version>`. */
  readonly branch?: string;
  /** Replace the branch where it is there with other content. Default: false. */
  readonly update?: boolean;
  /** Message of each commit. */
  readonly message?: string;
  /** Whether commits carry `Signed-off-by`. Default: true. */
  readonly signOff?: boolean;
  /** What the host is, where its name does not say so. */
  readonly hostKind?: HostKind;
  /** Environment variable whose value is the password for the repository that is pushed to. */
  readonly tokenVariable?: string;
  /** Opens the pull request as well. */
  readonly open?: {
    /** Address of the host's API. Default: as the host has it. */
    readonly api?: string;
  };
  /** Folder of the cache, or false for none. Default: `defaultCacheDirectory()`. */
  readonly cache?: string | false;
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: PushProgress) => void;
}

/** What is being done, and to what. */
export interface PushProgress {
  readonly step: 'fetch' | 'check' | 'push' | 'retry' | 'open';
  readonly label: string;
}

export interface PlannedFile {
  /** From the pack's directory, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly executable: boolean;
}

/** A file, or a folder with a slash behind it, that lies in the directory and is not pushed. */
export interface LeftOut {
  readonly path: string;
  readonly reason: 'junk' | 'ignored';
}

/** What becomes of one directory. */
export interface PlannedPack {
  readonly name: string;
  readonly version: string;
  /** Absolute path of the directory that was read. */
  readonly from: string;
  /** Where it lies in the registry, from the root of that. */
  readonly directory: string;
  /** `unchanged` where the registry has this version with the same content. */
  readonly change: 'new' | 'unchanged';
  /** The highest version before this one that the registry has. */
  readonly previous?: string;
  readonly files: readonly PlannedFile[];
  readonly leftOut: readonly LeftOut[];
  /** Message of its commit; absent where there is nothing to commit. */
  readonly message?: string;
}

/** What a push does, or would do. */
export interface PushPlan {
  /** Address of the registry, without credentials. */
  readonly registry: string;
  /** Address of what is pushed to instead, without credentials. */
  readonly fork?: string;
  readonly base: { readonly branch: string; readonly commit: string };
  /** The branch that is pushed. */
  readonly branch: string;
  /**
   * `unchanged` where nothing is pushed, because the registry has it all, or because the branch is there with just that;
   * `updated` where the branch was another one before.
   */
  readonly outcome: 'pushed' | 'updated' | 'unchanged';
  /** In the order of the directories. */
  readonly packs: readonly PlannedPack[];
  /** Warnings and notes of the check about these packs; with errors nothing is planned. */
  readonly findings: readonly ReportedFinding[];
}

export interface PushResult extends PushPlan {
  /** Id of the branch's commit; absent where the registry has it all. */
  readonly commit?: string;
  readonly pullRequest?: PullRequest;
  readonly opened?: OpenedPullRequest;
}
