import { isAbsolute, relative, sep } from 'node:path';

import { PackyardError } from '../../errors.ts';
import { nextFreeVersion } from '../../model/next-version.ts';
import { compareVersions } from '../../model/version.ts';
import { pathMatcher } from '../../repo/path-matcher.ts';
import { entryAt, type Trees } from '../../repo/tree.ts';
import { directoryIn, layoutFor } from '../pack-layout.ts';
import type { KnownPack, RegistryRepository } from '../registry-repository.ts';
import type { PackSource } from './read-pack-source.ts';

/** The registry as its base commit has it. */
export interface BaseRegistry extends RegistryRepository {
  /** Tree id of the root. */
  readonly tree: string;
  readonly trees: Trees;
}

/** Where a pack goes in the registry. */
export interface Placement {
  /** From the root of the registry. */
  readonly directory: string;
  /** The same version, which the registry has already. */
  readonly same?: KnownPack;
  /** The version that lies where this one goes, and makes room for it. */
  readonly replaced?: KnownPack;
  /** The highest version below this one. */
  readonly previous?: KnownPack;
}

/**
 * Decides where a pack goes: where the same version lies, or where its directory lies in a checkout of the registry, or
 * else where the layout of the registry puts it. `checkout` is the root of that checkout.
 * Rejects with `version-exists` or `usage` where it cannot be put there.
 */
export async function placePack(
  source: Pick<PackSource, 'name' | 'version' | 'folder'>,
  registry: BaseRegistry,
  checkout: string | undefined,
): Promise<Placement> {
  const { name, version } = source;
  const own = registry.packs.filter((pack) => pack.name === name);
  const previous = own
    .filter((pack) => compareVersions(pack.version, version) < 0)
    .toSorted((a, b) => compareVersions(b.version, a.version))[0];
  const before = previous === undefined ? {} : { previous };
  const same = own.find((pack) => pack.version === version);
  if (same !== undefined) return { directory: same.directory, same, ...before };
  const directory =
    (await ownPlace(source, registry, checkout)) ?? directoryIn(layoutFor(name, registry), name, version);
  // Git would leave it out without a word.
  const isGits = directory.split('/').some((part) => /^\.git$|^git~\d+$/iu.test(part));
  if (isGits || !(await pathMatcher(registry.config.packs)(directory))) throw unnamed(directory, registry);
  const replaced = await whatLiesAt(directory, source, registry);
  return { directory, ...before, ...(replaced !== undefined && { replaced }) };
}

async function ownPlace(
  { folder }: Pick<PackSource, 'folder'>,
  { config }: BaseRegistry,
  checkout: string | undefined,
): Promise<string | undefined> {
  if (checkout === undefined) return undefined;
  const inside = relative(checkout, folder);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return undefined;
  const path = inside.split(sep).join('/');
  return (await pathMatcher(config.packs)(path)) ? path : undefined;
}

async function whatLiesAt(
  directory: string,
  { name, version }: Pick<PackSource, 'name' | 'version'>,
  registry: BaseRegistry,
): Promise<KnownPack | undefined> {
  const names = directory.split('/');
  for (const [index] of names.entries()) {
    const path = names.slice(0, index + 1).join('/');
    const entry = await entryAt(registry.trees, registry.tree, path);
    if (entry === undefined) return undefined;
    const pack = registry.packs.find((each) => each.directory === path);
    if (path !== directory) {
      if (entry.type !== 'directory') throw inTheWay(directory, `${path} is no directory`);
      if (pack !== undefined) throw inTheWay(directory, `${path} is a pack itself: ${pack.name} ${pack.version}`);
    } else if (pack?.name !== name) {
      throw inTheWay(
        directory,
        pack === undefined ? 'it is there and holds no pack' : `it holds ${pack.name} ${pack.version}`,
      );
    } else if (compareVersions(pack.version, version) >= 0) throw lower(pack, version, registry);
    else return pack;
  }
  return undefined;
}

function inTheWay(directory: string, what: string): PackyardError {
  return new PackyardError({
    code: 'version-exists',
    message: `The pack cannot go to ${directory} of the registry: ${what}.`,
    hint: 'Nothing was pushed. Give the pack another name, or put its directory where it is to lie in a checkout of the registry and push it from there.',
  });
}

function lower({ name, version, directory }: KnownPack, asked: string, { packs }: BaseRegistry): PackyardError {
  const taken = packs.filter((pack) => pack.name === name).map((pack) => pack.version);
  return new PackyardError({
    code: 'version-exists',
    message: `${directory} of the registry holds ${name} ${version}, which is not below ${asked}, and has room for one version only.`,
    hint: `Nothing was pushed. The next free version is ${nextFreeVersion(version, taken)}.`,
  });
}

function unnamed(directory: string, { config }: BaseRegistry): PackyardError {
  return new PackyardError({
    code: 'usage',
    message: `The registry looks for packs in ${config.packs.join(', ')}, where no pack can lie in ${directory}.`,
    hint: 'Put the directory where it is to lie in a checkout of the registry, and push it from there.',
  });
}
