import { readdirSync, statSync, watch, type Dirent, type FSWatcher } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { systemCode } from '../../errors.ts';

export interface WatchOptions {
  readonly root: string;
  /** Single files elsewhere; those that do not exist are left out. */
  readonly files: readonly string[];
  /** Something below the root, or one of the files, was changed, made or removed. */
  readonly onChange: () => void;
  /** Some changes will not be noticed. */
  readonly onBlind: (error: unknown) => void;
}

export interface FolderWatch {
  /** Looks for folders that are new. */
  refresh(): void;
  close(): void;
}

/** Nothing of a registry is made from these, and there can be a lot in them. */
const SKIPPED = new Set(['.git', 'node_modules']);

/** Systems that tell of everything below a folder by themselves. */
const RECURSIVE = new Set<NodeJS.Platform>(['darwin', 'win32']);

/**
 * Watches a folder with all that is below it. Elsewhere than on macOS and Windows there is one watch for each folder, and
 * none for its files, of which a registry has a hundred times as many and a system allows a limited number.
 */
export function watchFolders(options: WatchOptions, platform: NodeJS.Platform = process.platform): FolderWatch {
  const watches = new Map<string, { readonly watcher: FSWatcher; readonly inode: number }>();
  let blind = false;
  const drop = (path: string): void => {
    watches.get(path)?.watcher.close();
    watches.delete(path);
  };
  const parent = dirname(options.root);
  const isOf = (path: string, recursive: boolean, first: string | undefined): boolean => {
    if (path === parent) return first === basename(options.root);
    return !recursive || first === undefined || !SKIPPED.has(first);
  };
  const add = (path: string, recursive: boolean): void => {
    try {
      const inode = statSync(path).ino;
      if (watches.get(path)?.inode === inode) return;
      drop(path);
      const watcher = watch(path, { recursive, persistent: false }, (_, name) => {
        if (isOf(path, recursive, name?.split(/[\\/]/u, 1)[0])) options.onChange();
      });
      // A folder that goes takes its watch along; that it went is said by the one above.
      watcher.on('error', () => drop(path));
      watches.set(path, { watcher, inode });
    } catch (error) {
      if (systemCode(error) === 'ENOENT' || blind || path === parent) return;
      blind = true;
      options.onBlind(error);
    }
  };
  const refresh = (): void => {
    const recursive = RECURSIVE.has(platform);
    const wanted = recursive ? [options.root] : foldersBelow(options.root);
    for (const path of wanted) add(path, recursive);
    // Of a folder that was removed and made anew, only the one above tells.
    const others = [...options.files, ...(parent === options.root ? [] : [parent])];
    for (const path of others) add(path, false);
    const kept = new Set([...wanted, ...others]);
    for (const path of watches.keys()) if (!kept.has(path)) drop(path);
  };
  refresh();
  return {
    refresh,
    close() {
      for (const path of watches.keys()) drop(path);
    },
  };
}

/** Folders, the first one included; links are not followed. */
function foldersBelow(folder: string): string[] {
  const folders = [folder];
  // The list grows while it is gone through.
  for (const path of folders) {
    for (const entry of entriesOf(path)) {
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push(join(path, entry.name));
    }
  }
  return folders;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // It went meanwhile, or is not for this user to read: a build says so where it matters.
    return [];
  }
}
