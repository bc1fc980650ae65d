import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What stands for files that are to be made or changed: of folders that are not there yet the outermost. Each once. */
export function newPaths(root: string, files: readonly string[]): readonly string[] {
  const isNew = (folder: string): boolean => !existsSync(join(root, folder));
  return [...new Set(files.map((path) => foldersAbove(path).find(isNew) ?? path))];
}

/** The outermost first. */
function foldersAbove(path: string): string[] {
  const names = path.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}
