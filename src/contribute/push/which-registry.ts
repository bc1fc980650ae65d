import { PackyardError } from '../../errors.ts';
import { LIMITS } from '../../model/limits.ts';
import { CONFIG_FILE } from '../../model/registry-config.ts';
import { reachableAddress } from '../../publish/git/remote-address.ts';
import { runGit } from '../../publish/git/run-git.ts';
import type { Repository } from '../../repo/repository.ts';
import { readWorkTreeFile } from '../../repo/snapshot.ts';
import type { PushOptions } from './push-options.ts';
import type { PackSource } from './read-pack-source.ts';

/** A checkout of the registry on this machine. */
export interface Checkout {
  readonly root: string;
  /** Absolute path of the folder with its objects, where they can be built on. */
  readonly objects?: string;
}

export interface WhichRegistry {
  /** Name of a remote, or an address. */
  readonly address: string;
  /** Where its remote is pushed to, where that is elsewhere: mostly a fork. */
  readonly pushAddress?: string;
  /** Folder of the repository whose remotes and settings count. */
  readonly directory: string | undefined;
  readonly checkout: Checkout | undefined;
}

/** Variable that names the registry where nothing else does. */
const REGISTRY_VARIABLE = 'PACKYARD_REPOSITORY';

/**
 * Which registry is meant: the one that is named; or else the remote of the checkout that all directories lie in; or
 * else the one that its `registry.yaml` names, or a variable. Rejects with `usage` where nothing says it.
 */
export async function whichRegistry(options: PushOptions, sources: readonly PackSource[]): Promise<WhichRegistry> {
  const { registry, remote } = options;
  if (registry !== undefined && remote !== undefined)
    throw usage('--registry and --remote do not go together.', 'Leave out one of the two.');
  const repository = commonRepository(sources);
  const directory = repository?.root;
  if (registry !== undefined) return { address: registry, directory, checkout: undefined };
  const found = repository === undefined ? undefined : await remoteOf(repository, remote, options.signal);
  if (repository !== undefined && found !== undefined)
    return { ...(await addressesOf(repository, found, options)), directory, checkout: checkoutOf(repository) };
  if (remote !== undefined)
    throw usage(
      '--remote names a remote of the checkout that a pack lies in, and this one lies in none.',
      'Name the registry with --registry.',
    );
  const configured = repository === undefined ? undefined : await configuredAddress(repository);
  const address = configured ?? process.env[REGISTRY_VARIABLE];
  if (address !== undefined && address !== '') return { address, directory, checkout: undefined };
  throw usage(
    'Nothing says which registry the pack is for: it does not lie in a checkout with a remote.',
    `Name the Git repository with --registry, or in the variable ${REGISTRY_VARIABLE}.`,
  );
}

/** The repository that all packs lie in. */
function commonRepository(sources: readonly PackSource[]): Repository | undefined {
  const [first, ...others] = sources.map(({ repository }) => repository);
  return others.every((each) => each?.root === first?.root) ? first : undefined;
}

/** With a history that is not whole, nothing can be built on. */
function checkoutOf({ root, shallow, objectDirectory }: Repository): Checkout {
  return shallow ? { root } : { root, objects: objectDirectory };
}

/** The remote that is named, the one that the current branch comes from, `origin`, or the only one. */
async function remoteOf(
  { root, environment }: Repository,
  named: string | undefined,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (named !== undefined) return named;
  const git = async (...args: readonly string[]): Promise<string> => {
    const { status, stdout } = await runGit(args, { directory: root, environment, signal });
    return status === 0 ? stdout.trim() : '';
  };
  const remotes = (await git('remote')).split('\n').filter((name) => name !== '');
  const branch = await git('symbolic-ref', '--quiet', '--short', 'HEAD');
  const upstream = branch === '' ? '' : await git('config', '--get', `branch.${branch}.remote`);
  if (remotes.includes(upstream)) return upstream;
  if (remotes.includes('origin')) return 'origin';
  return remotes.length === 1 ? remotes[0] : undefined;
}

/** What a remote is fetched from is the registry; a name that is none is told where it is looked for. */
async function addressesOf(
  { root, environment }: Repository,
  name: string,
  { fork, signal }: PushOptions,
): Promise<Pick<WhichRegistry, 'address' | 'pushAddress'>> {
  const urls = async (...which: readonly string[]): Promise<readonly string[]> => {
    const args = ['remote', 'get-url', ...which, '--', name];
    const { status, stdout } = await runGit(args, { directory: root, environment, signal });
    return status === 0 ? stdout.split('\n').filter((line) => line !== '') : [];
  };
  const [[fetched], [pushed, second]] = await Promise.all([urls(), urls('--push', '--all')]);
  if (fetched === undefined || (fetched === pushed && second === undefined)) return { address: name };
  const address = reachableAddress(fetched, root);
  if (fork !== undefined || pushed === undefined) return { address };
  if (second !== undefined)
    throw usage(
      `The remote ${JSON.stringify(name)} has several addresses to push to.`,
      'Name the one that is meant with --fork; or the registry itself, with --registry.',
    );
  return { address, pushAddress: reachableAddress(pushed, root) };
}

async function configuredAddress(repository: Repository): Promise<string | undefined> {
  const data = await readWorkTreeFile(repository, CONFIG_FILE, LIMITS.configBytes);
  if (data === undefined) return undefined;
  const { parseConfig } = await import('../../build/parse-config.ts');
  return (await parseConfig(data)).config.repository;
}

function usage(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
