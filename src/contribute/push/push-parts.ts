import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';

import { PackyardError } from '../../errors.ts';
import { checkedBranch } from '../../publish/git/branch-name.ts';
import type { Identity } from '../../publish/git/commit-identity.ts';
import { authorOf } from './author.ts';
import { branchFor } from './branch-for.ts';
import type { PushOptions } from './push-options.ts';
import { findPlaces, type PushPlaces } from './push-place.ts';
import { readPackSource, type PackSource } from './read-pack-source.ts';
import { whichRegistry, type Checkout } from './which-registry.ts';

/** What a push is about, as far as nobody else need be asked. */
export interface PushParts {
  readonly options: PushOptions;
  readonly sources: readonly PackSource[];
  readonly author: Identity;
  readonly places: PushPlaces;
  /** The checkout of the registry that the packs lie in. */
  readonly checkout: Checkout | undefined;
  /** Name of the branch that is made. */
  readonly branch: string;
}

/** Reads the packs, and finds out where they go and who says so. Rejects with `usage`, and as those do. */
export async function pushParts(options: PushOptions): Promise<PushParts> {
  if (options.directories.length === 0) throw usage('There is no directory to push.', 'Name the directory of a pack.');
  const sources: PackSource[] = [];
  for (const directory of await distinctFolders(options.directories)) sources.push(await readPackSource(directory));
  const twice = sources.find((each, index) => sources.findIndex((other) => sameRelease(each, other)) !== index);
  if (twice !== undefined)
    throw usage(`${twice.name} ${twice.version} is to be pushed from two directories.`, 'Name one of them.');
  const [first] = sources as [PackSource, ...PackSource[]];
  const author = await authorOf(first, options.signal);
  const { address, pushAddress, checkout, directory } = await whichRegistry(options, sources);
  const { fork = pushAddress, tokenVariable, signal } = options;
  const places = await findPlaces({ directory, registry: address, fork, tokenVariable, signal });
  const branch = checkedBranch(options.branch ?? branchFor(sources));
  return { options, sources, author, places, checkout, branch };
}

/** A folder that is named twice, or by a link as well, is one. */
async function distinctFolders(directories: readonly string[]): Promise<readonly string[]> {
  const folders = await Promise.all(directories.map((each) => realpath(each).catch(() => resolve(each))));
  return directories.filter((_, index) => folders.indexOf(folders[index] ?? '') === index);
}

function sameRelease(a: PackSource, b: PackSource): boolean {
  return a.name === b.name && a.version === b.version;
}

function usage(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
