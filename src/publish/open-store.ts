import { PackyardError } from '../errors.ts';
import { openDirectoryStore } from './directory-store.ts';
import type { Store } from './store.ts';

/** Where to publish, as it is said on a command line. */
export interface StoreTarget {
  /** A folder, or `s3://bucket/prefix`; absent for a branch. */
  readonly target?: string;
  /** Name of a branch of `remote`. */
  readonly branch?: string;
  /** Name of a remote of `repository`, or an address; `origin` unless told. */
  readonly remote?: string;
  /** Whether the branch has one commit only. */
  readonly squash?: boolean;
  /** A folder in the repository whose remotes and identity count; the current one unless told. */
  readonly repository?: string;
  readonly endpoint?: string;
  readonly region?: string;
  readonly pathStyle?: boolean;
  /** Folder for what is known of a place from one run to the next. */
  readonly state?: string;
  readonly signal?: AbortSignal;
}

/** Opens a place; what speaks to it is loaded only then. Rejects with `usage`, or as opening that place does. */
export async function openStore(options: StoreTarget): Promise<Store> {
  const { target, branch, state, signal } = options;
  if (branch !== undefined) return openBranch(options, branch);
  if (target === undefined) throw usage('It is not said where to publish to.', HINT);
  if (/^s3:/iu.test(target)) return openBucket(options, target);
  requireFolder(target);
  return openDirectoryStore(target, { ...(state !== undefined && { state }), ...(signal !== undefined && { signal }) });
}

const HINT = 'Name a folder or s3://BUCKET/PREFIX, or a branch with --branch gh-pages.';

async function openBranch(options: StoreTarget, branch: string): Promise<Store> {
  const { target, remote = 'origin', squash = false, repository = '.', signal } = options;
  if (target !== undefined) {
    throw usage(
      'A target and --branch do not go together.',
      'Name the repository of the branch with --remote, or leave out --branch.',
    );
  }
  const { openGitStore } = await import('./git/git-store.ts');
  return openGitStore({
    repository,
    remote,
    branch,
    history: squash ? 'squash' : 'keep',
    ...(signal !== undefined && { signal }),
  });
}

async function openBucket({ endpoint, region, pathStyle, signal }: StoreTarget, target: string): Promise<Store> {
  const [{ s3Location }, { openS3Store }] = await Promise.all([
    import('./s3/s3-location.ts'),
    import('./s3/s3-store.ts'),
  ]);
  return openS3Store({
    ...s3Location(target),
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined && { region }),
    ...(pathStyle !== undefined && { pathStyle }),
    ...(signal !== undefined && { signal }),
  });
}

/** An address that is mistaken for a folder would make one that is called `https:`. */
function requireFolder(target: string): void {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//iu.exec(target)?.[1]?.toLowerCase();
  if (scheme === undefined) return;
  const readers = scheme === 'http' || scheme === 'https';
  throw usage(
    `Nothing can be published to an address that begins with ${scheme}://.`,
    readers ? `${HINT} Where readers find it is said with --url.` : HINT,
  );
}

function usage(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
