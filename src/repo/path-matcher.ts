import { posix } from 'node:path';

import { matchDirectories } from './match-directories.ts';
import type { TreeEntry, Trees } from './tree.ts';

/** Whether a directory of this path, if there is one, is named. */
export type PathMatcher = (path: string) => Promise<boolean>;

interface Question {
  readonly path: string;
  readonly resolve: (named: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Tells which paths globs name, by the rules by which they name directories of a tree. Questions of one turn of the event
 * loop are answered together.
 */
export function pathMatcher(globs: readonly string[]): PathMatcher {
  let waiting: Question[] = [];
  const answer = async (): Promise<void> => {
    const questions = waiting;
    waiting = [];
    try {
      const named = new Set(await namedPaths(globs, new Set(questions.map(({ path }) => path))));
      for (const { path, resolve } of questions) resolve(named.has(path));
    } catch (error) {
      for (const { reject } of questions) reject(error);
    }
  };
  return (path) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(() => void answer());
      waiting.push({ path, resolve, reject });
    });
}

/** The globs are let loose on a tree that holds nothing but the paths. */
async function namedPaths(globs: readonly string[], paths: ReadonlySet<string>): Promise<string[]> {
  const folders = new Map<string, Map<string, TreeEntry>>([['', new Map()]]);
  const add = (path: string): Map<string, TreeEntry> => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const slash = path.lastIndexOf('/');
    const name = path.slice(slash + 1);
    add(path.slice(0, Math.max(0, slash))).set(name, { name, type: 'directory', oid: path });
    const entries = new Map<string, TreeEntry>();
    folders.set(path, entries);
    return entries;
  };
  for (const path of paths) add(path);
  const trees: Trees = {
    read: async (oid) => [...(folders.get(oid)?.values() ?? [])],
    find: async (oid, name) => folders.get(oid)?.get(name),
  };
  const matched = await matchDirectories(trees, '', globs, Number.POSITIVE_INFINITY);
  // fast-glob keeps the `./` in front of a glob and the `/` behind it.
  return matched.map((path) => posix.normalize(path).replace(/(?<=.)\/$/u, ''));
}
