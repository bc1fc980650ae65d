import { posix } from 'node:path';

import { addingGlobs } from '../repo/pack-directories.ts';
import type { KnownPack, RegistryRepository } from './registry-repository.ts';

/**
 * How directories of packs are called: `nginx-1.2.3`; `nginx/1.2.3`; or `nginx`, where a new version takes the place of
 * the one before.
 */
export type LayoutStyle = 'name-version' | 'name/version' | 'name';

/** Where packs of a repository lie. */
export interface PackLayout {
  readonly style: LayoutStyle;
  /** From the root of the repository; empty for the root itself. */
  readonly base: string;
}

const STYLES: readonly LayoutStyle[] = ['name-version', 'name/version', 'name'];

/**
 * How a repository lays packs out: as the releases of this pack are, or else as most packs are, or else, where there is
 * none that says, as its globs allow.
 */
export function layoutFor(name: string, { packs, config }: Pick<RegistryRepository, 'packs' | 'config'>): PackLayout {
  const own = packs.filter((pack) => pack.name === name);
  return mostCommon(own) ?? mostCommon(packs) ?? layoutOfGlobs(config.packs);
}

/** The directory of a release, from the root of the repository. */
export function directoryIn({ style, base }: PackLayout, name: string, version: string): string {
  const own = { 'name-version': `${name}-${version}`, 'name/version': `${name}/${version}`, name }[style];
  return base === '' ? own : `${base}/${own}`;
}

/** The layout that a pack's directory follows; undefined for one that is called something else. */
export function layoutOf({ name, version, directory }: KnownPack): PackLayout | undefined {
  const plain = version.replace(/^v/iu, '');
  for (const style of STYLES) {
    for (const written of new Set([version, plain, `v${plain}`])) {
      const tail = directoryIn({ style, base: '' }, name, written);
      if (directory === tail) return { style, base: '' };
      if (directory.endsWith(`/${tail}`)) return { style, base: directory.slice(0, -tail.length - 1) };
    }
  }
  return undefined;
}

/** Of equals the first, in the order of directories. */
function mostCommon(packs: readonly KnownPack[]): PackLayout | undefined {
  const counts = new Map<string, { readonly layout: PackLayout; count: number }>();
  for (const pack of packs) {
    const layout = layoutOf(pack);
    if (layout === undefined) continue;
    const key = JSON.stringify(layout);
    const known = counts.get(key) ?? { layout, count: 0 };
    known.count += 1;
    counts.set(key, known);
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count)[0]?.layout;
}

/** `packs/*` takes `packs/nginx-1.2.3`, and of only deeper globs `packs/nginx/1.2.3`. */
function layoutOfGlobs(globs: readonly string[]): PackLayout {
  const plain = addingGlobs(globs).map((glob) => posix.normalize(glob).replace(/\/$/u, ''));
  const flat = plain.find((glob) => /^(?:[^*?[\]{}()!+@|\\]+\/)?\*$/u.test(glob));
  if (flat !== undefined) return { style: 'name-version', base: flat.slice(0, -1).replace(/\/$/u, '') };
  const nested = plain.find((glob) => /^(?:[^*?[\]{}()!+@|\\]+\/)?\*\/\*$/u.test(glob));
  if (nested !== undefined) return { style: 'name/version', base: nested.slice(0, -3).replace(/\/$/u, '') };
  return { style: 'name-version', base: 'packs' };
}
