import { posix, relative, resolve, sep } from 'node:path';

import { identityOf, packLister, type ListedTree } from '../../build/listed-packs.ts';
import { PackyardError } from '../../errors.ts';
import { suggest } from '../../model/suggest.ts';
import { nextFreeVersion } from '../../model/next-version.ts';
import { compareRanks, compareVersions, parseVersion } from '../../model/version.ts';
import type { PackDirectory } from '../../repo/pack-directories.ts';
import type { Snapshot } from '../../repo/snapshot.ts';
import { directoryIn, layoutFor, layoutOf } from '../pack-layout.ts';
import type { KnownPack, RegistryRepository } from '../registry-repository.ts';

/** A pack that is there already. */
export interface SourcePack extends KnownPack {
  readonly tree: string;
}

/** All packs of a snapshot that say name and version, in the order of directories. */
export async function sourcePacks(snapshot: Snapshot, directories: readonly PackDirectory[]): Promise<SourcePack[]> {
  const listed = await packLister(snapshot)(directories);
  return listed.flatMap((pack: ListedTree): SourcePack[] => {
    const identity = identityOf(pack);
    return identity === undefined ? [] : [{ ...identity, directory: pack.directory, tree: pack.tree }];
  });
}

/** The pack that is meant by `NAME`, `NAME@VERSION` or a directory. Throws `unknown-pack` and `no-version`. */
export function findSource(packs: readonly SourcePack[], wanted: string, root: string): SourcePack {
  const directory = relative(root, resolve(wanted)).split(sep).join('/');
  const [name = '', version] = splitAt(wanted);
  const named = packs.filter((pack) => pack.name === name);
  const looksLikePath = /[/\\]|^\.+$/u.test(wanted);
  const placed = packs.find((pack) => pack.directory === directory);
  if (placed !== undefined && (looksLikePath || named.length === 0)) return placed;
  if (looksLikePath && named.length === 0) throw noPackAt(wanted);
  if (named.length === 0) throw unknownPack(name, packs);
  const newest = named.toSorted((a, b) => compareVersions(b.version, a.version));
  const found = version === undefined ? newest[0] : newest.find((pack) => isSameVersion(pack.version, version));
  if (found !== undefined) return found;
  throw new PackyardError({
    code: 'no-version',
    message: `There is no ${name} ${version ?? ''} here.`,
    hint: `There are: ${newest
      .slice(0, 10)
      .map((pack) => pack.version)
      .join(', ')}.`,
  });
}

function splitAt(wanted: string): [name: string, version?: string] {
  const at = wanted.lastIndexOf('@');
  return at > 0 && at < wanted.length - 1 ? [wanted.slice(0, at), wanted.slice(at + 1)] : [wanted];
}

function noPackAt(wanted: string): PackyardError {
  return new PackyardError({
    code: 'unknown-pack',
    message: `${wanted} is no directory of a pack of this repository.`,
    hint: 'Name the pack, as in nginx or nginx@1.2.3, or the directory that holds its pack.json.',
  });
}

function unknownPack(name: string, packs: readonly SourcePack[]): PackyardError {
  const near = suggest(name, new Set(packs.map((pack) => pack.name)));
  return new PackyardError({
    code: 'unknown-pack',
    message: `There is no pack ${JSON.stringify(name)} in this repository.`,
    hint:
      near === undefined
        ? 'A pack that is new is made with packyard new.'
        : `Did you mean ${near}? A pack that is new is made with packyard new.`,
  });
}

/** `v1.5` and `1.5.0` are one version to everybody but a computer. */
function isSameVersion(a: string, b: string): boolean {
  return a === b || (!`${a}${b}`.includes('+') && compareRanks(parseVersion(a), parseVersion(b)) === 0);
}

/** The version to make, where it may be made. Throws `usage` and `version-exists`. */
export function freeVersion(
  name: string,
  wanted: string | undefined,
  from: string,
  packs: readonly KnownPack[],
): string {
  const taken = packs.filter((pack) => pack.name === name).map(({ version }) => version);
  if (wanted === undefined) return nextFreeVersion(from, taken);
  if (!/^v?\d[\w.+-]{0,99}$/iu.test(wanted))
    throw new PackyardError({
      code: 'usage',
      message: `${JSON.stringify(wanted)} is no version that a pack can have.`,
      hint: `It begins with a digit and holds letters, digits, dots, dashes and plus signs, as in ${nextFreeVersion(from, taken)}.`,
    });
  const same = taken.find((version) => isSameVersion(version, wanted));
  if (same === undefined) return wanted;
  throw new PackyardError({
    code: 'version-exists',
    message: `${name} ${same} exists already.`,
    hint: `What is published never changes. The next free version is ${nextFreeVersion(wanted, taken)}.`,
  });
}

/** Where the new version goes, from the root: as the pack's directories are called, else as those of others are. */
export function directoryFor(
  source: SourcePack,
  version: string,
  repository: Pick<RegistryRepository, 'packs' | 'config'>,
): string {
  const { name, directory } = source;
  const own = layoutOf(source);
  const others = repository.packs.filter((pack) => pack.name === name && layoutOf(pack) !== undefined);
  if (own !== undefined && own.style !== 'name') return directoryIn(own, name, version);
  if (own === undefined && others.length === 0) {
    // Called after something else than the pack, but with its version.
    const last = posix.basename(directory);
    const plain = source.version.replace(/^v/iu, '');
    const at = last.lastIndexOf(plain);
    const next = version.replace(/^v/iu, '');
    if (at !== -1)
      return posix.join(posix.dirname(directory), last.slice(0, at) + next + last.slice(at + plain.length));
  }
  return directoryIn(layoutFor(name, repository), name, version);
}
