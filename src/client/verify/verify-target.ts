import { existsSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { PackyardError } from '../../errors.ts';

/** What there is to verify. */
export type VerifyTarget =
  /** `location` is a directory or a URL. */
  | { readonly kind: 'registry'; readonly location: string }
  /** By the name that settings have for it. */
  | { readonly kind: 'named-registry'; readonly name: string }
  | { readonly kind: 'pack'; readonly path: string }
  | { readonly kind: 'archive'; readonly path: string };

const URL_SCHEME = /^https?:/iu;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/u;

/**
 * What an argument means: an HTTP(S) URL or the folder of an `index.json` is a registry, a folder with a `pack.json` an
 * unpacked pack, any other file an archive, and a word that is no path the name of a registry. Throws `usage`.
 */
export function verifyTarget(argument: string, cwd: string): VerifyTarget {
  if (URL_SCHEME.test(argument)) return { kind: 'registry', location: argument };
  const path = /^file:/iu.test(argument) ? pathOf(argument) : resolve(cwd, argument);
  const stats = statsOf(path);
  if (stats === undefined) {
    if (NAME.test(argument)) return { kind: 'named-registry', name: argument };
    throw unusable(`There is nothing at ${path}.`);
  }
  if (!stats.isDirectory()) {
    if (basename(path) === 'index.json') return { kind: 'registry', location: dirname(path) };
    return { kind: 'archive', path };
  }
  if (existsSync(join(path, 'pack.json'))) return { kind: 'pack', path };
  if (isRegistry(path)) return { kind: 'registry', location: path };
  throw unusable(`${path} holds neither the index.json of a registry nor the pack.json of a pack.`);
}

/** A pack may have an `index.json` as well; a registry never has a `pack.json`. */
function isRegistry(path: string): boolean {
  return statsOf(join(path, 'index.json')) !== undefined;
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function pathOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    throw unusable('The address names no folder of this machine.');
  }
}

function unusable(message: string): PackyardError {
  return new PackyardError({
    code: 'usage',
    message,
    hint: 'Name the folder of an unpacked pack, an archive of one, or a registry: its folder, its address or its name.',
  });
}
